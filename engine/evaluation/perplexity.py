"""Perplexity on a text file."""

from pathlib import Path

import torch
from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.errors import BadInput
from engine.api.settings import EvaluationSettings
from engine.evaluation.heldout import batches, next_token_nll
from engine.fitness.objective import perplexity
from engine.models.progress import Report

_WINDOW = 1024
"""Tokens of a window, or the model's context when that is shorter."""


def check_text(settings: EvaluationSettings) -> None:
    """See that the text is there, before hours are spent on anything else.

    Raises:
        BadInput: it is not.
    """
    if settings.text and not Path(settings.text).expanduser().is_file():
        raise BadInput(f"There is no text file {settings.text} to measure on (evaluation.text).")


def settings_perplexity(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, settings: EvaluationSettings, report: Report
) -> float | None:
    """Perplexity on the text that the settings name; None when they name none.

    Raises:
        BadInput: the text cannot be used.
    """
    if not settings.text:
        return None
    return text_perplexity(model, tokenizer, Path(settings.text).expanduser(), report)


def text_perplexity(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, path: Path, report: Report) -> float:
    """Perplexity of a whole text in windows that do not overlap, each after the mark of a beginning if there is one.

    The same protocol for every model. The end that does not fill a window is left out, unless it is all there is.

    Raises:
        BadInput: the file cannot be read, or holds fewer than two tokens.
    """
    windows = _windows(model, tokenizer, path)
    nll, done = 0.0, 0
    for batch in batches(windows):
        report(f"Measuring on {path.name}", done, len(windows))
        nll += _nll(model, batch)
        done += len(batch)
    return perplexity(nll / windows[:, 1:].numel())


def _windows(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, path: Path) -> Tensor:
    """[windows, length], the first column the mark of a beginning where the tokenizer has one."""
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The text {path} cannot be read as UTF-8 text ({error}).") from None
    tokens = torch.tensor(tokenizer(content, add_special_tokens=False, verbose=False)["input_ids"], dtype=torch.int64)
    if len(tokens) < 2:
        raise BadInput(f"The text {path} is too short to measure on: it has {len(tokens)} tokens.")
    begin = tokenizer.bos_token_id
    context = getattr(model.config.get_text_config(decoder=True), "max_position_embeddings", None) or _WINDOW
    length = min(_WINDOW, context) - (begin is not None)
    count = len(tokens) // length
    windows = tokens[: count * length].view(count, length) if count else tokens[None]
    if begin is None:
        return windows
    return torch.cat([torch.full((len(windows), 1), begin), windows], dim=1)


@torch.no_grad()
def _nll(model: PreTrainedModel, windows: Tensor) -> float:
    logits = model(input_ids=windows.to(model.device), use_cache=False).logits.float()
    return next_token_nll(logits, logits.logsumexp(-1, keepdim=True), windows)
