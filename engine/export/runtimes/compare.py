"""Compare a runtime with the pruned model on the same texts: their tokens and their probabilities."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec
import torch
from transformers import PreTrainedModel

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.interpreter import python_module
from engine.api.message import worded
from engine.export.child_process import run_process
from engine.export.generation_check import greedy
from engine.export.runtimes.answers import Answers, Likely, Question, Text
from engine.export.verification_way import more_memory
from engine.fitness.last_states import last_states
from engine.models.decoder_stack import DecoderStack
from engine.models.devices import free_memory
from engine.models.loading import load_model, load_tokenizer
from engine.models.placement import RESIDENT, Placement, bytes_in_memory
from engine.models.progress import Report
from engine.models.sizes import ModelSizes, measure_sizes

NEW_TOKENS = 24
TOP = 64
"""Most likely tokens that a runtime reports at each position; the mass of all others is one more outcome."""
PROMPTS = (
    "The capital of France is",
    "Water boils at a hundred degrees. In the mountains",
    "Once upon a time there was a fisherman who lived",
    "To add two numbers in Python, define a function",
)
"""Plain beginnings of a text. How a model continues them does not matter, only that both continue alike."""
_LONGEST_PROMPT = 2048
_LEAST_PROBABILITY = 1e-12
_FLOAT_BYTES = 4
_STREAMED_TOKENS = 6
"""Tokens of a continuation where each of them reads all weights from disk."""


@dataclass(frozen=True)
class Comparison:
    """A runtime compared with the pruned model in 32 bits, before every token of the latter's continuations."""

    positions: int
    kl: float
    """Mean KL(pruned || runtime) in nats, over the runtime's ``TOP`` most likely tokens and one outcome for the rest:
    a lower bound of the one over the whole vocabulary."""
    top1: float
    """Share of positions with the same most likely token; 1 where both write the same text."""
    undecided: float
    """Largest difference of log-probabilities by which the pruned model prefers its own token to the runtime's; 0
    where all tokens are the same."""
    tokens_per_second: float


@dataclass(frozen=True)
class RuntimeModel:
    """An export in the runtime that it is for."""

    runtime: str
    """A key of ``engine.export.runtimes.child``."""
    path: Path
    """The file or folder that the runtime loads."""
    name: str
    """Name of the runtime, for people."""


class Reference:
    """The continuations of the pruned model in 32 bits; the model is run on first use and then released.

    Where it does not fit into memory, it is run with one layer at a time, and the continuations are shorter.

    Args:
        folder: Its exported safetensors.
        report: Called before the model is run.
        memory: Bytes of main memory that may be used, of those that are free.
    """

    def __init__(self, folder: Path, report: Report, memory: float = math.inf) -> None:
        self._folder, self._report, self.memory = folder, report, memory

    def texts(self, longest: int | None = None) -> list[Text]:
        """Return the texts of at most ``longest`` tokens; the beginning of the shortest where all are longer."""
        texts = [text for text, _ in self._continuations]
        fitting = [text for text in texts if longest is None or len(text.prompt) + len(text.tokens) <= longest]
        return fitting or [_beginning(min(texts, key=lambda text: len(text.prompt)), longest or 0)]

    @property
    def plain(self) -> int:
        """A token of whole letters: the last one of the first prompt, which is plain English."""
        return self._continuations[0][0].prompt[-1]

    def compare(self, answers: Answers, texts: Sequence[Text]) -> Comparison:
        """Compare a runtime's predictions in ``texts`` with the pruned model's."""
        expected = {tuple(text.prompt): rows for text, rows in self._continuations}
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
    def _continuations(self) -> list[tuple[Text, torch.Tensor]]:
        """Each text with the log-probabilities before its tokens [tokens, vocabulary]."""
        sizes = measure_sizes(self._folder)
        check_comparing(comparing_bytes(sizes), memory=self.memory)
        fits = _FLOAT_BYTES * sizes.parameters <= min(free_memory("cpu"), self.memory)
        whole = worded("Running the pruned model")
        self._report(whole if fits else worded("Running the pruned model layer by layer"), 0, 0)
        model = load_model(self._folder, placement=RESIDENT if fits else Placement(tuple(range(sizes.layers))))
        prompts = _prompts(model, self._folder)
        if fits:
            return [_continued(model, prompt) for prompt in prompts]
        return _continued_together(DecoderStack(model), prompts)


def comparing_bytes(sizes: ModelSizes) -> int:
    """Return the bytes of the weights that are in memory at least while a model is run in 32 bits."""
    return bytes_in_memory(sizes, torch.float32, range(sizes.layers))


def check_comparing(needed: int, running: int = 0, memory: float = math.inf) -> None:
    """Check that main memory has room for a model in 32 bits, and for what is compared with it.

    Args:
        needed: See ``comparing_bytes``.
        running: Bytes that the format's own tools need to write and to run it.
        memory: Bytes that our side of it may use, of those that are free.

    Raises:
        LayerSwarmError: It has not.
    """
    free = free_memory("cpu")
    if needed > min(free, memory):
        raise LayerSwarmError(
            worded(
                "The export is compared with the model in 32 bits, which needs {0:.1f} GB of memory even with one "
                "layer at a time, but {1:.1f} GB may be used; {2}, or export safetensors alone.",
                needed / 1e9,
                min(free, memory) / 1e9,
                more_memory(memory),
            )
        )
    if running > free:
        raise LayerSwarmError(
            worded(
                "Writing and running the export needs {0:.1f} GB of memory, but {1:.1f} GB are free; close other "
                "programs, choose another format or fewer bits, or export safetensors alone.",
                running / 1e9,
                free / 1e9,
            )
        )


def ask(model: RuntimeModel, texts: list[Text], plain: int, report: Report) -> Answers:
    """Return what a runtime predicts in each text; it runs in a process of its own.

    Args:
        model: The runtime and the files that it loads.
        texts: Prompts with the pruned model's continuations.
        plain: A token of whole letters.
        report: Called while the process runs.

    Raises:
        LayerSwarmError: The runtime cannot load the model, or crashes.
    """
    command = python_module("engine.export.runtimes.child")
    printed = run_process(command, worded("Running it in {0}", model.name), report, given=question(model, texts, plain))
    return msgspec.json.decode(printed, type=Answers)


def question(model: RuntimeModel, texts: list[Text], plain: int) -> bytes:
    """Return the standard input of ``engine.export.runtimes.child``."""
    return msgspec.json.encode(Question(model.runtime, str(model.path), texts, TOP, plain))


def _beginning(text: Text, length: int) -> Text:
    return Text(text.prompt, text.tokens[: max(1, length - len(text.prompt))])


def _prompts(model: PreTrainedModel, folder: Path) -> list[list[int]]:
    """Return the prompts as tokens, and one longer than the sliding window where the model has one."""
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
    """Return the greedy continuation, and the log-probabilities before its tokens [NEW_TOKENS, vocabulary]."""
    given = torch.tensor([prompt])
    tokens = greedy(model, given, NEW_TOKENS)[0, len(prompt) :]
    logits = model(input_ids=torch.cat([given[0], tokens[:-1]])[None], use_cache=False).logits[0, len(prompt) - 1 :]
    return Text(prompt, tokens.tolist()), torch.log_softmax(logits.double(), dim=-1).float()


@torch.no_grad()
def _continued_together(stack: DecoderStack, prompts: Sequence[list[int]]) -> list[tuple[Text, torch.Tensor]]:
    """Return what ``_continued`` returns, with fewer tokens; each reads a streamed model once for all prompts."""
    tokens: list[list[int]] = [[] for _ in prompts]
    rows: list[list[torch.Tensor]] = [[] for _ in prompts]
    for _ in range(_STREAMED_TOKENS):
        batches = [torch.tensor([[*prompt, *done]]) for prompt, done in zip(prompts, tokens, strict=True)]
        for done, found, hidden in zip(tokens, rows, last_states(stack, batches), strict=True):
            logits = stack.logits(hidden[:, -1:])[0, -1]
            done.append(int(logits.argmax()))
            found.append(torch.log_softmax(logits.double(), dim=-1).float())
    return [(Text(prompt, done), torch.stack(found)) for prompt, done, found in zip(prompts, tokens, rows, strict=True)]


def _kl(expected: torch.Tensor, likely: Likely) -> float:
    """Return the KL over the tokens that the runtime reports and one outcome for the rest.

    Merging outcomes never raises a KL divergence (data processing inequality), so this is a lower bound.

    Args:
        expected: Log-probabilities of the pruned model [vocabulary].
        likely: The runtime's most likely tokens.
    """
    reported = [(token, logprob) for token, logprob in likely if token < len(expected)]
    ids = torch.tensor([token for token, _ in reported])
    theirs = torch.tensor([logprob for _, logprob in reported], dtype=torch.float64)
    ours = expected[ids]
    rest_ours = (1.0 - ours.exp().sum()).clamp(min=_LEAST_PROBABILITY)
    rest_theirs = (1.0 - theirs.exp().sum()).clamp(min=_LEAST_PROBABILITY)
    within = (ours.exp() * (ours - theirs)).sum()
    return max(0.0, float(within + rest_ours * (rest_ours / rest_theirs).log()))
