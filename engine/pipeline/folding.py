"""Fold removed layers with as many windows at once as fit into memory, and report what became of each fit."""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor
from transformers import PreTrainedModel

from engine.api.clock import seconds_awake
from engine.api.compensation_events import reason_words
from engine.api.errors import LayerSwarmError
from engine.api.event import message_logged
from engine.api.events import CompensationFinished, Emit, GapFolded, MapRefitted, RemovalSet
from engine.api.message import worded
from engine.api.settings import Settings
from engine.calibration.windows import TokenWindows
from engine.compensation.compensate import Compensation, batch_rows
from engine.compensation.fold import FitOutcome, Fold, FoldedGap
from engine.models.decoder_stack import DecoderStack
from engine.models.out_of_memory import halve_until_it_fits


def final_compensation(
    dense: PreTrainedModel,
    windows: TokenWindows,
    settings: Settings,
    removed: RemovalSet,
    rows: int,
    check: Callable[[], None],
) -> Compensation:
    """Return the compensation of the chosen removal set, judged on the validation windows and on those elsewhere.

    Args:
        dense: The dense model.
        windows: The run's windows; the first of recovery's are fitted on.
        settings: The run's settings.
        removed: The removal set.
        rows: Windows in a batch.
        check: Called between layers; may raise to stop.

    Raises:
        torch.OutOfMemoryError: A batch does not fit.
    """
    return Compensation(
        DecoderStack(dense),
        windows.recovery[: settings.compensation.windows],
        torch.cat([windows.validation, windows.elsewhere]),
        settings.compensation,
        [removed],
        settings.calibration.scored_every,
        rows,
        check,
    )


def folded_in_memory(
    make: Callable[[int], Compensation],
    fold: Callable[[Compensation], Fold],
    windows: Tensor,
    remedy: str = worded("set a smaller compensation.windows or compensation.widest, or choose another device"),
) -> Fold:
    """Return a fold; the number of windows at once is halved until they fit.

    Args:
        make: Returns a compensation that runs so many windows at once.
        fold: Folds with it.
        windows: The windows to fit on [windows, length].
        remedy: What to do where a single window does not fit.

    Raises:
        LayerSwarmError: The device runs out of memory on a single window.
    """
    try:
        return halve_until_it_fits(batch_rows(windows.shape[1]), lambda rows: fold(make(rows)))
    except torch.OutOfMemoryError:
        raise LayerSwarmError(
            worded(
                "The device ran out of memory while folding the removed layers, with a single window at once; {0}.",
                remedy,
            )
        ) from None


def finished_event(fold: Fold, started: float) -> CompensationFinished:
    """Return the event that ends a compensation which started at ``started``, by ``seconds_awake``."""
    return CompensationFinished(
        helped=fold.helped,
        validation_kl_before=fold.kl_before,
        validation_kl_after=fold.kl_after,
        seconds=seconds_awake() - started,
    )


def outcome_words(gaps: Iterable[FoldedGap | GapFolded], refitted: bool = False) -> str:
    """Return in a few words what became of the gaps; empty where there are none.

    Args:
        gaps: The outcome of each gap.
        refitted: Whether any other map was changed.
    """
    every = list(gaps)
    unchanged, refused = ([gap for gap in every if gap.ridge is None], [gap for gap in every if gap.reason])
    if not unchanged or refitted:
        return worded("compensation helped") if every else ""
    if len(unchanged) < len(every):
        return worded("compensation helped in {0} of {1} gaps", len(every) - len(unchanged), len(every))
    if refused == every:
        return worded("nothing could be compensated ({0})", reason_words(refused[0].reason))
    return worded("compensation did not help")


def emit_fit(outcome: FitOutcome, emit: Emit) -> None:
    """Emit the outcome of a gap, with a sentence where its layer stays as it is, or that of another map."""
    if isinstance(outcome, FoldedGap):
        _emit_gap(outcome, emit)
    else:
        emit(
            MapRefitted(
                layer=outcome.layer,
                weight=outcome.map_name,
                ridge=outcome.ridge,
                changed=tuple(outcome.weights),
                kl_before=outcome.kl_before,
                kl_after=outcome.kl_after,
            )
        )


def _emit_gap(folded: FoldedGap, emit: Emit) -> None:
    emit(
        GapFolded(
            first=folded.gap.first,
            last=folded.gap.behind - 1,
            layer=folded.layer,
            weight=folded.map_name,
            ridge=folded.ridge,
            kl_before=folded.kl_before,
            kl_after=folded.kl_after,
            changed=tuple(folded.weights),
            reason=folded.reason,
        )
    )
    if folded.reason:
        message = worded("What {0} did is not compensated: {1}.", folded.gap.words, reason_words(folded.reason))
    elif not folded.weights:
        message = worded(
            "What {0} did is not compensated: no fold into layer {1} lowers the KL on the validation windows.",
            folded.gap.words,
            folded.layer,
        )
    else:
        return
    emit(message_logged("info", message))
