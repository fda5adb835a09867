"""One row of the comparison of dense, pruned and recovered: raw values, and how each cell of the row is worded."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.api.evaluation_events import VARIANT_TITLES, DifferenceMeasured, Variant
from engine.results.figures import (
    NOTHING,
    Translate,
    format_change,
    format_error,
    format_whole,
    typeset,
    untranslated,
)
from engine.results.intervals import Interval, difference_interval, is_beyond_chance
from engine.results.rows import Figure, Kind, Sentence, figure_words
from engine.results.speed_notes import BUSY_MARK

NOTABLE = 0.0005
"""Relative change below which a figure counts as unchanged: it is shown as 0.0 %, or a difference as 0.000."""
_LARGEST_LOGARITHM = 700.0

PAIRED = "Difference ± standard error over {0} samples that both answered; 95 % within {1} to {2}."
UNPAIRED = "Difference ± standard error over {0} samples; 95 % within {1} to {2}."
RANGE = "{0} to {1}"
OF = "{0} of {1}"


@dataclass(frozen=True)
class Column:
    """A column of the comparison: the figures of a variant, or their differences to the dense model."""

    variant: Variant
    is_difference: bool = False

    @property
    def heading(self) -> Sentence:
        """The name of the column."""
        return Sentence("difference" if self.is_difference else VARIANT_TITLES[self.variant])


@dataclass(frozen=True)
class ComparisonRow:
    """One figure of all variants. ``lower_is_better`` is None where neither direction is."""

    name: Sentence
    kind: Kind
    values: Mapping[Variant, float]
    lower_is_better: bool | None = None
    to_dense: bool = False
    """Whether the figure is itself a difference to the dense model, so that a share of the dense one is meaningless."""
    total: int = 0
    """The number of which the values are counts or a mean, too small for relative differences; 0 for other figures."""
    errors: Mapping[Variant, float] = field(default_factory=dict)
    """Standard errors of the values."""
    ranges: Mapping[Variant, Interval] = field(default_factory=dict)
    """Least and greatest of the repeats whose median a value is."""
    intervals: Mapping[Variant, Interval] = field(default_factory=dict)
    """Bounds to show in place of a value."""
    differences: Mapping[Variant, DifferenceMeasured] = field(default_factory=dict)
    """Differences to the dense model on the same questions or windows; they replace the relative change."""
    busy: frozenset[Variant] = frozenset()
    """Variants whose value was measured while other programs kept the computer busy."""
    is_logarithmic: bool = False
    """Whether the differences are of the figure's logarithm, so that they are shown as a relative change."""

    def words(self, column: Column, translate: Translate = untranslated) -> str:
        """Return the text of a cell; a dash where nothing was measured."""
        if column.is_difference:
            return self._difference_words(column.variant, translate)
        return self._value_words(column.variant, translate)

    def is_good(self, column: Column) -> bool | None:
        """Return whether a difference is an improvement; None where it is neither, or may be chance."""
        if not column.is_difference or self.lower_is_better is None or self.to_dense or self.total:
            return None
        measured = self.differences.get(column.variant)
        if measured is not None:
            notable = is_beyond_chance(measured) and not self._is_shown_as_zero(measured.value)
            return (measured.value < 0) == self.lower_is_better if notable else None
        dense, other = self.values.get("dense"), self.values.get(column.variant)
        if not dense or other is None or abs(other / dense - 1) < NOTABLE or self._is_within_spread(column.variant):
            return None
        return (other < dense) == self.lower_is_better

    def _is_shown_as_zero(self, difference: float) -> bool:
        """Return whether a difference is too small for its decimals."""
        return abs(ratio(difference) - 1 if self.is_logarithmic else difference) < NOTABLE

    def _is_within_spread(self, variant: Variant) -> bool:
        """Return whether a difference of medians may be that of the repeats or of other programs."""
        if self.busy & {"dense", variant}:
            return True
        dense, other = self.ranges.get("dense"), self.ranges.get(variant)
        return dense is not None and other is not None and dense[0] <= other[1] and other[0] <= dense[1]

    def explanation(self, column: Column) -> Sentence | None:
        """Return a sentence about the uncertainty of a measured difference."""
        found = self.differences.get(column.variant) if column.is_difference else None
        interval = None if found is None else difference_interval(found)
        if found is None or interval is None:
            return None
        bounds = tuple(map(self._difference_figure, interval))
        return Sentence(PAIRED if found.paired else UNPAIRED, (format_whole(found.samples), *bounds))

    def _value_words(self, variant: Variant, translate: Translate) -> str:
        if variant in self.intervals:
            bounds = (figure_words(self.kind, bound, translate) for bound in self.intervals[variant])
            return Sentence(RANGE, tuple(bounds)).words(translate)
        value = self.values.get(variant)
        if value is None:
            return NOTHING
        text = figure_words(self.kind, value, translate)
        if self.kind == "whole" and self.total:
            return Sentence(OF, (text, self.total)).words(translate)
        if variant in self.ranges:
            least, most = (figure_words(self.kind, each, translate) for each in self.ranges[variant])
            mark = f" {BUSY_MARK}" if variant in self.busy else ""
            return f"{text} ({least}{NOTHING}{most}){mark}"
        return text + self._error_words(value, self.errors.get(variant), translate)

    def _error_words(self, value: float, error: float | None, translate: Translate) -> str:
        if error is None or not math.isfinite(error):
            return ""
        if self.kind == "difference":
            return f" ± {typeset(f'{error:.3f}', translate)}"
        if self.kind == "change":
            return f" ± {typeset(f'{100 * error:.1f}', translate)}"
        return f" ± {format_error(error, value, translate=translate)}"

    def _difference_words(self, variant: Variant, translate: Translate) -> str:
        found = self.differences.get(variant)
        if found is not None:
            return self._difference_figure(found.value).words(translate) + self._difference_error(found, translate)
        if self.to_dense or self.total or variant not in self.values or "dense" not in self.values:
            return ""
        return format_change(self.values["dense"], self.values[variant], translate)

    def _difference_error(self, event: DifferenceMeasured, translate: Translate) -> str:
        if event.stderr is None:
            return ""
        if self.is_logarithmic:
            return f" ± {typeset(f'{100 * ratio(event.value) * event.stderr:.1f}', translate)}"
        return f" ± {typeset(f'{event.stderr:.3f}', translate)}"

    def _difference_figure(self, difference: float) -> Figure:
        if self.is_logarithmic:
            return Figure("change", ratio(difference) - 1)
        return Figure("difference", difference)


def ratio(difference: float) -> float:
    """Return the ratio of two figures from the difference of their logarithms."""
    return math.exp(min(difference, _LARGEST_LOGARITHM))
