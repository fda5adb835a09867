"""The same text in the runtime and in the pruned model: the same tokens, and how far the probabilities are apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec
import torch
from transformers import PreTrainedModel

from engine.api.errors import BadInput
from engine.export.child_process import Tell, python_module, run_process
from engine.export.runtimes.answers import Answers, Likely, Question, Text
from engine.export.verify import greedy
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
    """A runtime against the pruned model in 32 bits, before every token that the pruned model goes on with."""

    positions: int
    kl: float
    """Mean KL of the runtime's probabilities from the pruned model's, over the runtime's most likely tokens and the
    mass of the rest."""
    top1: float
    """Share of positions with the same most likely token: 1 means that both write the same text."""
    undecided: float
    """Where they differ: by how much the pruned model prefers its own token, as a difference of log-probabilities, at
    worst; 0 when all are the same."""
    tokens_per_second: float


class Reference:
    """What the pruned model in 32 bits goes on with after each prompt; it is run when first asked, and let go.

    Args:
        folder: Its exported safetensors.
        tell: Called before the model is run.
    """

    def __init__(self, folder: Path, tell: Tell) -> None:
        self._folder, self._tell = folder, tell

    def texts(self, longest: int | None = None) -> list[Text]:
        """The texts of no more than ``longest`` tokens; the beginning of the shortest where all are longer."""
        texts = [text for text, _ in self._told]
        fitting = [text for text in texts if longest is None or len(text.prompt) + len(text.tokens) <= longest]
        return fitting or [_beginning(min(texts, key=lambda text: len(text.prompt)), longest or 0)]

    @property
    def plain(self) -> int:
        """A token that stands for whole letters: of the shortest prompt, which is plain English."""
        return self._told[0][0].prompt[-1]

    def compare(self, answers: Answers, texts: Sequence[Text]) -> Comparison:
        """Weigh a runtime's answers to ``texts``."""
        expected = {tuple(text.prompt): rows for text, rows in self._told}
        pairs = [
            (row, likely)
            for text, found in zip(texts, answers.likely, strict=True)
            for row, likely in zip(expected[tuple(text.prompt)], found, strict=False)
        ]
        gaps = [float(row.max() - row[likely[0][0]]) for row, likely in pairs]
        return Comparison(
            positions=len(pairs),
            kl=sum(_kl(row.double(), likely) for row, likely in pairs) / len(pairs),
            top1=sum(gap == 0.0 for gap in gaps) / len(gaps),
            undecided=max(gaps),
            tokens_per_second=answers.tokens_per_second,
        )

    @cached_property
    def _told(self) -> list[tuple[Text, torch.Tensor]]:
        """Each text with the log-probabilities before its tokens, [NEW_TOKENS, vocabulary]."""
        self._tell("Running the pruned model")
        model = load_model(self._folder)
        return [_continued(model, prompt) for prompt in _prompts(model, self._folder)]


def ask(runtime: str, path: Path, texts: list[Text], plain: int, name: str, tell: Tell) -> Answers:
    """Let a runtime, in a process of its own, say what it expects in each text.

    Raises:
        LayerSwarmError: it cannot load the model, or breaks down.
    """
    command = python_module("engine.export.runtimes.child")
    said = run_process(command, f"Running it in {name}", tell, given=question(runtime, path, texts, plain))
    return msgspec.json.decode(said, type=Answers)


def question(runtime: str, path: Path, texts: list[Text], plain: int) -> bytes:
    """Return what a process is asked (``engine.export.runtimes.child``)."""
    return msgspec.json.encode(Question(runtime, str(path), texts, TOP, plain))


def _beginning(text: Text, length: int) -> Text:
    return Text(text.prompt, text.tokens[: max(1, length - len(text.prompt))])


def _prompts(model: PreTrainedModel, folder: Path) -> list[list[int]]:
    """The prompts as tokens, with one that is longer than a sliding window where the model has such."""
    config = model.config.get_text_config(decoder=True)
    try:
        tokenizer = load_tokenizer(folder)
        found = [[int(token) for token in tokenizer(text)["input_ids"]] for text in PROMPTS]
    except BadInput:
        found = [list(range(config.vocab_size // 4, config.vocab_size // 4 + 8))]
    longest = min(getattr(config, "max_position_embeddings", None) or _LONGEST_PROMPT, _LONGEST_PROMPT)
    room = longest - NEW_TOKENS - 1
    window = getattr(config, "sliding_window", None) or 0
    if window and window < room:
        joined = [token for prompt in found for token in prompt]
        length = min(window + NEW_TOKENS, room)
        found.append((joined * (length // len(joined) + 1))[:length])
    return [prompt[:room] for prompt in found]


@torch.no_grad()
def _continued(model: PreTrainedModel, prompt: list[int]) -> tuple[Text, torch.Tensor]:
    """The greedy continuation, and the log-probabilities before its tokens from one pass over everything."""
    given = torch.tensor([prompt])
    tokens = greedy(model, given, NEW_TOKENS, use_cache=True)[0, len(prompt) :]
    logits = model(input_ids=torch.cat([given[0], tokens[:-1]])[None], use_cache=False).logits[0, len(prompt) - 1 :]
    return Text(prompt, tokens.tolist()), torch.log_softmax(logits.double(), dim=-1).float()


def _kl(expected: torch.Tensor, likely: Likely) -> float:
    """KL over the tokens that the runtime told and one outcome for the rest: never above that over all tokens."""
    told = [(token, logprob) for token, logprob in likely if token < len(expected)]
    ids = torch.tensor([token for token, _ in told])
    theirs = torch.tensor([logprob for _, logprob in told], dtype=torch.float64)
    ours = expected[ids]
    rest_ours = (1.0 - ours.exp().sum()).clamp(min=_LEAST_PROBABILITY)
    rest_theirs = (1.0 - theirs.exp().sum()).clamp(min=_LEAST_PROBABILITY)
    within = (ours.exp() * (ours - theirs)).sum()
    return max(0.0, float(within + rest_ours * (rest_ours / rest_theirs).log()))
