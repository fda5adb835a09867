"""Measure perplexity on text files by lm-eval's rolling log-likelihood."""

import math
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice
from pathlib import Path

import torch
from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.errors import BadInput
from engine.api.evaluation_events import TextEvaluated, Variant
from engine.api.evaluation_settings import EvaluationSettings
from engine.api.locations import given_path
from engine.api.message import worded, worded_count
from engine.calibration.text_files import ensure_text_file
from engine.evaluation.lm_eval_reading import TextReader
from engine.evaluation.text_tokens import TextCounts, text_parts, text_tokens
from engine.fitness.batches import positions_of_a_chunk
from engine.fitness.last_states import last_states
from engine.fitness.objective import perplexity
from engine.models.decoder_stack import DecoderStack
from engine.models.exact_sums import exact_total
from engine.models.progress import Report

_BATCH_TOKENS = 1024


@dataclass(frozen=True)
class TextLoss:
    """Summed negative log-likelihood of a text's tokens, window by window."""

    losses: tuple[float, ...]
    """Nats, summed over the tokens that each window predicts."""
    predicted: tuple[int, ...]
    """Number of these tokens; every token of the text is predicted exactly once."""
    words: int
    bytes: int

    @property
    def bits_per_byte(self) -> float:
        """Mean loss per byte, in bits."""
        return sum(self.losses) / self.bytes / math.log(2)

    def event(self, variant: Variant, text: str) -> TextEvaluated:
        """Return the figures by lm-eval's definitions."""
        total = sum(self.losses)
        return TextEvaluated(
            variant=variant,
            text=text,
            tokens=sum(self.predicted),
            words=self.words,
            bytes=self.bytes,
            token_perplexity=perplexity(total / sum(self.predicted)),
            word_perplexity=perplexity(total / self.words),
            byte_perplexity=perplexity(total / self.bytes),
            bits_per_byte=self.bits_per_byte,
        )


def check_texts(settings: EvaluationSettings, context: int) -> None:
    """Check that perplexity can be measured on the texts, before hours of work.

    Args:
        settings: The texts, and the windows that they are cut into.
        context: Context length of the model; 0 where it is not known.

    Raises:
        BadInput: A file is missing, empty, truncated or without text, or the overlap leaves no token to predict.
    """
    for text in settings.texts:
        path = given_path(text)
        ensure_text_file(path, worded(" to measure on (evaluation.texts)"))
        if not sum(map(len, text_parts(path))):
            raise BadInput(worded("The text {0} is empty (evaluation.texts); name another file.", text))
    known = [tokens for tokens in (settings.context_tokens, context) if tokens]
    if settings.texts and known:
        _check_overlap(settings, min(known))


def _check_overlap(settings: EvaluationSettings, longest: int) -> None:
    """Check that windows of ``longest`` tokens predict at least one token."""
    if settings.overlap_tokens >= longest:
        raise BadInput(
            worded(
                "An overlap of {0} tokens leaves no token to predict in windows of {1}; lower "
                "evaluation.overlap_tokens.",
                settings.overlap_tokens,
                longest,
            )
        )


def text_loss(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    path: Path,
    settings: EvaluationSettings,
    report: Report,
) -> TextLoss:
    """Run a model over a whole text in windows of its context and predict each token once.

    Windows, first token and the counts of words and bytes are lm-eval's (``loglikelihood_rolling``); log-probabilities
    are computed in float32, a bounded number of positions at a time.

    Args:
        model: In evaluation mode.
        tokenizer: The model's.
        path: The text file.
        settings: Context and overlap.
        report: Called before each batch. It may raise to stop.

    Raises:
        BadInput: The file cannot be read or has fewer than two tokens, or the overlap leaves no token to predict.
    """
    total = sum(map(len, text_parts(path)))
    counts = TextCounts(text_parts(path))
    windows = _windows(model, tokenizer, counts, path, settings)
    stack = DecoderStack(model)
    losses: list[float] = []
    predicted: list[int] = []

    def check() -> None:
        report(worded("Measuring on {0}", path.name), counts.characters, total)

    waiting: deque[Sequence[_Window]] = deque()
    states = last_states(stack, _noted(_batches(windows), waiting), check)
    for hidden in states:
        check()
        batch = waiting.popleft()
        losses += _losses(stack, batch, hidden)
        predicted += [len(continuation) for _, continuation in batch]
    return TextLoss(tuple(losses), tuple(predicted), counts.words, counts.bytes)


_Window = tuple[list[int], list[int]]
"""Context tokens (at least one), and tokens to predict."""


def _windows(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    parts: Iterable[str],
    path: Path,
    settings: EvaluationSettings,
) -> Iterator[_Window]:
    """Yield the windows of a text while it is read, and check before the first one that there is something to measure.

    Raises:
        BadInput: There are too few tokens, or the overlap leaves no token to predict.
    """
    reader = TextReader(model, tokenizer)
    tokens = chain.from_iterable(text_tokens(reader, parts))
    first = list(islice(tokens, 2))
    if len(first) < 2:
        raise BadInput(
            worded_count(
                len(first),
                "The text {1} has {0} token, too few for a measurement; name a longer one.",
                "The text {1} has {0} tokens, too few for a measurement; name a longer one.",
                path,
            )
        )
    longest = min(settings.context_tokens or reader.context_tokens, reader.context_tokens)
    _check_overlap(settings, longest)
    return rolling_windows(chain(first, tokens), reader.first_token, longest, settings.overlap_tokens)


def rolling_windows(tokens: Iterator[int], prefix: int, longest: int, overlap: int) -> Iterator[_Window]:
    """Yield lm-eval's rolling windows (``get_rolling_token_windows``) without holding all tokens.

    Args:
        tokens: The tokens of the text, each of which is predicted once.
        prefix: The token before the first one.
        longest: Tokens of a window, without the last one, which is only predicted.
        overlap: Tokens of a window that were predicted before.
    """
    known = list(islice(tokens, longest))
    if known:
        yield [prefix], known
    while new := list(islice(tokens, longest - overlap)):
        known = [*known, *new][-longest - 1 :]
        yield known[: -len(new)], new


def _batches(windows: Iterable[_Window]) -> Iterator[Sequence[_Window]]:
    """Yield batches of consecutive windows of one length."""
    for length, alike in groupby(windows, lambda window: sum(map(len, window))):
        while batch := list(islice(alike, max(1, _BATCH_TOKENS // length))):
            yield batch


def _noted(batches: Iterable[Sequence[_Window]], waiting: deque[Sequence[_Window]]) -> Iterator[Tensor]:
    """Yield the inputs of batches, and append each batch to ``waiting``."""
    for batch in batches:
        waiting.append(batch)
        yield _inputs(batch)


def _inputs(batch: Sequence[_Window]) -> Tensor:
    """Return the tokens of windows of one length, without the last one, which is only predicted [windows, length]."""
    return torch.tensor([(context + predicted)[:-1] for context, predicted in batch])


@torch.no_grad()
def _losses(stack: DecoderStack, batch: Sequence[_Window], hidden: Tensor) -> list[float]:
    """Return the summed loss of each window's predicted tokens, given the last layer's output."""
    return [
        _row_loss(stack, row[-len(predicted) :], torch.tensor(predicted).to(hidden.device))
        for row, (_, predicted) in zip(hidden, batch, strict=True)
    ]


@torch.no_grad()
def _row_loss(stack: DecoderStack, states: Tensor, targets: Tensor) -> float:
    """Return the summed loss of ``targets`` [positions] at the last layer's ``states`` [positions, hidden]."""
    likelihoods, step = [], positions_of_a_chunk(stack)
    for start in range(0, len(targets), step):
        logits = stack.logits(states[None, start : start + step])[0].float()
        likelihoods.append(logits.gather(-1, targets[start : start + step, None])[:, 0] - logits.logsumexp(-1))
    return -exact_total(likelihoods)
