"""The same text in the runtime and in the pruned model: the same tokens, and how far the probabilities are apart."""

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec
import torch
from transformers import PreTrainedModel

from engine.api.errors import BadInput
from engine.export.child_process import Tell, python_module, run_process
from engine.export.runtimes.answers import Answers, Question
from engine.models.loading import load_model, load_tokenizer

NEW_TOKENS = 24
TOP = 64
PROMPTS = (
    "The capital of France is",
    "Water boils at a hundred degrees. In the mountains",
    "Once upon a time there was a fisherman who lived",
    "To add two numbers in Python, define a function",
)
"""Plain beginnings that any model goes on with; what it goes on with does not matter, only that both do the same."""
_LONGEST_PROMPT = 2048
_LEAST_PROBABILITY = 1e-12


@dataclass(frozen=True)
class Comparison:
    """A runtime against the pruned model in 32 bits, at every token that the runtime wrote."""

    positions: int
    kl: float
    """Mean KL of the runtime's probabilities from the pruned model's, over the runtime's most likely tokens and the
    mass of the rest."""
    top1: float
    """Share of positions with the same most likely token."""
    undecided: float
    """Where the tokens differ: by how much the pruned model prefers its own, as a difference of log-probabilities, at
    worst; 0 when all are the same."""
    tokens_per_second: float


class Reference:
    """The pruned model in memory, in 32 bits, loaded from its exported safetensors when it is first asked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def prompts(self) -> list[list[int]]:
        """The prompts as tokens, with one that is longer than a sliding window where the model has such."""
        config = self._model.config.get_text_config(decoder=True)
        try:
            tokenizer = load_tokenizer(self._folder)
            found = [[int(token) for token in tokenizer(text)["input_ids"]] for text in PROMPTS]
        except BadInput:
            found = [list(range(config.vocab_size // 4, config.vocab_size // 4 + 8))]
        longest = min(getattr(config, "max_position_embeddings", None) or _LONGEST_PROMPT, _LONGEST_PROMPT)
        window = getattr(config, "sliding_window", None) or 0
        room = longest - NEW_TOKENS - 1
        if window and window < room:
            joined = [token for prompt in found for token in prompt]
            length = min(window + NEW_TOKENS, room)
            found.append((joined * (length // len(joined) + 1))[:length])
        return [prompt[:room] for prompt in found]

    @torch.no_grad()
    def log_probabilities(self, prompt: Sequence[int], tokens: Sequence[int]) -> torch.Tensor:
        """Before each of ``tokens``, which follow ``prompt``: [tokens, vocabulary]."""
        ids = torch.tensor([[*prompt, *tokens[:-1]]])
        logits = self._model(input_ids=ids, use_cache=False).logits[0, len(prompt) - 1 :]
        return torch.log_softmax(logits.double(), dim=-1)

    def release(self) -> None:
        """Give the memory back; the model is loaded again when it is needed."""
        self.__dict__.pop("_model", None)
        gc.collect()

    @cached_property
    def _model(self) -> PreTrainedModel:
        return load_model(self._folder)


def ask(runtime: str, path: Path, prompts: list[list[int]], count: int, name: str, tell: Tell) -> Answers:
    """Let a runtime go on with each prompt, in a process of its own.

    Raises:
        LayerSwarmError: it cannot load the model, or breaks down.
    """
    question = msgspec.json.encode(Question(runtime, str(path), prompts, count, TOP))
    said = run_process(python_module("engine.export.runtimes.child"), f"Running it in {name}", tell, given=question)
    return msgspec.json.decode(said, type=Answers)


def compare(reference: Reference, prompts: Sequence[Sequence[int]], answers: Answers) -> Comparison:
    """Weigh a runtime's answers."""
    kls: list[float] = []
    gaps: list[float] = []
    for prompt, answer in zip(prompts, answers.answers, strict=True):
        expected = reference.log_probabilities(prompt, answer.tokens)
        for row, likely in zip(expected, answer.top, strict=True):
            kls.append(_kl(row, likely))
            gaps.append(float(row.max() - row[likely[0][0]]))
    return Comparison(
        positions=len(kls),
        kl=sum(kls) / len(kls),
        top1=sum(gap == 0.0 for gap in gaps) / len(gaps),
        undecided=max(gaps),
        tokens_per_second=answers.tokens_per_second,
    )


def _kl(expected: torch.Tensor, likely: Sequence[tuple[int, float]]) -> float:
    """KL over the tokens that the runtime told and one outcome for the rest: never above that over all tokens."""
    told = [(token, logprob) for token, logprob in likely if token < len(expected)]
    ids = torch.tensor([token for token, _ in told])
    theirs = torch.tensor([logprob for _, logprob in told], dtype=torch.float64)
    ours = expected[ids]
    rest_ours = (1.0 - ours.exp().sum()).clamp(min=_LEAST_PROBABILITY)
    rest_theirs = (1.0 - theirs.exp().sum()).clamp(min=_LEAST_PROBABILITY)
    within = (ours.exp() * (ours - theirs)).sum()
    return max(0.0, float(within + rest_ours * (rest_ours / rest_theirs).log()))
