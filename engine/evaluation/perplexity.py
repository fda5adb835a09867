"""Measure perplexity on text files by lm-eval's rolling log-likelihood."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.errors import BadInput
from engine.api.evaluation_events import TextEvaluated, Variant
from engine.api.evaluation_settings import EvaluationSettings
from engine.api.locations import given_path
from engine.calibration.text_files import is_parquet, whole_text
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
        BadInput: A file is missing, empty, truncated or no text, or the overlap leaves no token to predict.
    """
    for text in settings.texts:
        path = given_path(text)
        if not path.is_file():
            raise BadInput(f"There is no text file {text} to measure on (evaluation.texts); check the path.")
        if not _content(path):
            raise BadInput(f"The text {text} is empty (evaluation.texts); name another file.")
    known = [tokens for tokens in (settings.context_tokens, context) if tokens]
    if settings.texts and known:
        _check_overlap(settings, min(known))


def _check_overlap(settings: EvaluationSettings, longest: int) -> None:
    """Check that windows of ``longest`` tokens predict at least one token."""
    if settings.overlap_tokens >= longest:
        raise BadInput(
            f"An overlap of {settings.overlap_tokens} tokens leaves no token to predict in windows of {longest}; lower "
            "evaluation.overlap_tokens."
        )


def _content(path: Path) -> str:
    if is_parquet(path):
        raise BadInput(f"The text {path} is a parquet table; perplexity is measured on plain text (evaluation.texts).")
    return whole_text(path)


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
    content = _content(path)
    windows = _windows(model, tokenizer, content, path, settings)
    stack = DecoderStack(model)
    losses: list[float] = []

    def check() -> None:
        report(f"Measuring on {path.name}", len(losses), len(windows))

    batches = list(_batches(windows))
    states = last_states(stack, [_inputs(batch) for batch in batches], check)
    for batch, hidden in zip(batches, states, strict=True):
        check()
        losses += _losses(stack, batch, hidden)
    counts = tuple(len(continuation) for _, continuation in windows)
    return TextLoss(tuple(losses), counts, len(re.split(r"\s+", content)), len(content.encode("utf-8")))


_Window = tuple[list[int], list[int]]
"""Context tokens (at least one), and tokens to predict."""


def _windows(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    content: str,
    path: Path,
    settings: EvaluationSettings,
) -> list[_Window]:
    from lm_eval.models.huggingface import HFLM
    from lm_eval.utils import get_rolling_token_windows, make_disjoint_window

    lm = HFLM(pretrained=model, tokenizer=tokenizer)
    tokens = lm.tok_encode(content)
    if len(tokens) < 2:
        raise BadInput(f"The text {path} has {len(tokens)} tokens, too few for a measurement; name a longer one.")
    longest = min(settings.context_tokens or lm.max_length, lm.max_length)
    _check_overlap(settings, longest)
    rolling = get_rolling_token_windows(tokens, lm.prefix_token_id, longest, settings.overlap_tokens + 1)
    return [make_disjoint_window(window) for window in rolling]


def _batches(windows: Sequence[_Window]) -> Iterator[Sequence[_Window]]:
    """Yield batches of consecutive windows of one length."""
    start = 0
    while start < len(windows):
        length = sum(map(len, windows[start]))
        rows = max(1, _BATCH_TOKENS // length)
        stop = start + 1
        while stop < min(start + rows, len(windows)) and sum(map(len, windows[stop])) == length:
            stop += 1
        yield windows[start:stop]
        start = stop


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
