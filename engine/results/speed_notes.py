"""Whether a speed can be trusted: the spread of its repeats, and what else the computer did meanwhile."""

from collections.abc import Iterable

from engine.api.evaluation_events import SpeedMeasured, Spread
from engine.api.run_state import RunState
from engine.results.rows import Figure, Sentence

BUSY_LOAD = 0.1
"""Share of the cores' time taken by other programs from which a speed counts as measured on a busy computer."""
BUSY_MARK = "*"
"""Follows a speed in a table, where there is little room."""
BUSY = "{0}, measured on a busy computer"
BUSY_NOTE = (
    "* Other programs took up to {0} of the processor while this was measured, so that the speeds cannot be "
    "compared. Measure them again when the computer is quiet."
)


def is_busy(speed: SpeedMeasured) -> bool:
    """Return whether other programs kept the computer busy while a speed was measured; False where that is unknown."""
    return speed.others_load is not None and speed.others_load >= BUSY_LOAD


def differ(one: SpeedMeasured, other: SpeedMeasured, field: str = "decode") -> bool:
    """Return whether two speeds differ by more than their repeats, on a computer that was quiet for both."""
    spreads: tuple[Spread, Spread] = (getattr(one, field), getattr(other, field))
    first, second = sorted(spreads, key=lambda spread: spread.median)
    return first.most < second.least and not is_busy(one) and not is_busy(other)


def busy_note(state: RunState) -> Sentence | None:
    """Return what the mark at speeds means; None where no speed is marked."""
    return _note(speed for speed in state.speeds.values() if is_busy(speed))


def _note(speeds: Iterable[SpeedMeasured]) -> Sentence | None:
    loads = [speed.others_load for speed in speeds if speed.others_load is not None]
    return Sentence(BUSY_NOTE, (Figure("share", max(loads)),)) if loads else None
