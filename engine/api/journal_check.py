"""Check that the events of a journal are possible, since a file can claim anything."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, get_type_hints

from engine.api import events as ev

DTYPES = ("float32", "bfloat16", "float16")
"""Number formats that a run computes in."""
_LATEST = 253_402_300_799.0
"""The last second of the year 9999, beyond which no calendar goes."""
LARGEST_COUNT = 2**53 - 1
"""Larger whole numbers are not exact in every reader of JSON."""
_MOST_LAYERS = 1 << 16
"""Layers of a model before the journal has named it."""
_NEVER_NEGATIVE = re.compile(r"^(loss|nll|ridge|learning_rate|elapsed)$|(^|_)(kl|perplexity|seconds)(_|$)|_per_second$")
"""Names of figures that are zero or more."""
_CLAMPED = (ev.StageFinished, ev.SearchFinished)
"""Events whose ``seconds`` earlier versions took from a clock that may jump; ``RunState`` takes negative ones as 0."""
_ROUNDING = 0.01
"""A KL divergence of nothing comes out a little above or below zero."""
_BELOW_ZERO = ("GapFolded", "layer")
"""The one number that may be -1."""


class JournalCheck:
    """Checks the events of one journal in order; each ``ModelPrepared`` states the layers of the events after it."""

    def __init__(self) -> None:
        self._layers = _MOST_LAYERS

    def passes(self, event: ev.Event) -> bool:
        """Return whether an event is possible: its counts, its layers, and lists that belong together."""
        is_dated = 0 <= event.seq <= LARGEST_COUNT and 0.0 <= event.time <= _LATEST
        if not (is_dated and _are_counts(event) and _are_measured(event)):
            return False
        check = _CHECKS.get(type(event))
        if check is not None and not check(event, self._layers):
            return False
        if isinstance(event, ev.ModelPrepared):
            self._layers = event.layers
        return True


def _are_counts(event: ev.Event) -> bool:
    """Return whether all whole numbers of an event are counts."""
    single, several = _whole_numbers(type(event))
    is_exception = type(event).__name__ == _BELOW_ZERO[0]
    for name in single:
        value, least = getattr(event, name), -1 if is_exception and name == _BELOW_ZERO[1] else 0
        if value is not None and not least <= value <= LARGEST_COUNT:
            return False
    lists = (getattr(event, name) for name in several)
    return all(min(values) >= 0 and max(values) <= LARGEST_COUNT for values in lists if values)


def _are_measured(event: ev.Event) -> bool:
    """Return whether no figure of an event is below zero that cannot be."""
    for name in _never_negative(type(event)):
        value = getattr(event, name)
        values = value if isinstance(value, tuple) else (value,)
        if any(each is not None and each < -_ROUNDING for each in values):
            return False
    return True


@cache
def _never_negative(kind: type[ev.Event]) -> tuple[str, ...]:
    """Return the names of the fields with KL divergences, losses, perplexities, times and speeds."""
    kinds = (float, float | None, tuple[float, ...])
    names = [name for name, hint in get_type_hints(kind).items() if hint in kinds and _NEVER_NEGATIVE.search(name)]
    return tuple(name for name in names if kind not in _CLAMPED or name != "seconds")


@cache
def _whole_numbers(kind: type[ev.Event]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the fields that hold a whole number or None, and of those that hold several."""
    hints = {name: hint for name, hint in get_type_hints(kind).items() if name not in ("seq", "time")}
    single = tuple(name for name, hint in hints.items() if hint in (int, int | None))
    return single, tuple(name for name, hint in hints.items() if hint == tuple[int, ...])


def _is_set(removed: ev.RemovalSet, layers: int) -> bool:
    ascending = all(one < other for one, other in pairwise(removed))
    return ascending and (not removed or (removed[0] >= 0 and removed[-1] < layers and len(removed) < layers))


def _same_length(*parts: tuple[Any, ...]) -> bool:
    return len(set(map(len, parts))) == 1


def _model(event: ev.ModelPrepared, _layers: int) -> bool:
    per_layer = _same_length(event.layer_parameters, event.layer_bytes)
    return (
        0 < event.layers <= _MOST_LAYERS
        and per_layer
        and len(event.layer_bytes) == event.layers
        and all(layer < event.layers for layer in event.needed_layers)
    )


def _device(event: ev.DeviceChosen, _layers: int) -> bool:
    return event.dtype in DTYPES


def _layer(event: ev.LayerAnalysed | ev.MapRefitted, layers: int) -> bool:
    return event.layer < layers


def _budget(event: ev.BudgetResolved, layers: int) -> bool:
    return event.layers < layers and all(layer < layers for layer in (*event.protected, *event.prunable))


def _scores(event: ev.CandidatesScored, layers: int) -> bool:
    return (
        _same_length(event.removed, event.kl, event.nll)
        and len(event.accuracy) in (0, len(event.removed))
        and all(_is_set(removed, layers) for removed in event.removed)
    )


def _iteration(event: ev.IterationFinished, layers: int) -> bool:
    return (
        _same_length(event.candidates, event.fitness)
        and len(event.removal_frequency) <= layers
        and all(_is_set(removed, layers) for removed in (event.best_removed, *event.candidates))
    )


def _search(event: ev.SearchFinished, layers: int) -> bool:
    return all(_is_set(removed, layers) for removed in (event.removed, *(point.removed for point in event.front)))


def _comparison(event: ev.SearchCompared, layers: int) -> bool:
    return (
        _same_length(event.course_tokens, event.course_fitness)
        and len(event.importance) <= layers
        and _is_set(event.removed, layers)
    )


def _removed(event: Any, layers: int) -> bool:
    return _is_set(event.removed, layers)


def _gap(event: ev.GapFolded, layers: int) -> bool:
    return -1 <= event.layer < event.first <= event.last < layers


_CHECKS: Mapping[type[ev.Event], Callable[[Any, int], bool]] = {
    ev.ModelPrepared: _model,
    ev.DeviceChosen: _device,
    ev.LayerAnalysed: _layer,
    ev.MapRefitted: _layer,
    ev.BudgetResolved: _budget,
    ev.CandidatesScored: _scores,
    ev.IterationFinished: _iteration,
    ev.SearchFinished: _search,
    ev.SearchCompared: _comparison,
    ev.CandidateCompensated: _removed,
    ev.BaselineScored: _removed,
    ev.ExportWritten: _removed,
    ev.GapFolded: _gap,
}
