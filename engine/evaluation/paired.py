"""Compute differences between models with standard errors, paired where both answered the same questions."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput
from engine.api.evaluation_events import DifferenceMeasured, Variant
from engine.api.files import write_atomically
from engine.api.regular_files import read_regular

_LARGEST = 1 << 30
"""Bytes of a file with the figures of all questions."""


@dataclass(frozen=True)
class Sampled:
    """A figure and its samples: it is the sum of ``values`` divided by the sum of ``weights``."""

    value: float
    stderr: float | None
    values: tuple[float, ...] = ()
    """One for each question or window; empty where the figure is no such mean."""
    weights: tuple[float, ...] = ()
    """One for each value; empty where all are 1."""

    @classmethod
    def mean(cls, values: tuple[float, ...], weights: tuple[float, ...]) -> "Sampled":
        """Return the weighted mean of samples, with its standard error."""
        return cls(*paired_difference(values, [0.0] * len(values), weights), values, weights)


@dataclass
class SampledFigures:
    """The figures of a run's models, saved in ``folder`` where one is given, so that a resumed run can pair them."""

    folder: Path | None = None
    _found: dict[Variant, dict[str, Sampled]] = field(default_factory=dict)

    def keep(self, variant: Variant, figure: str, sampled: Sampled) -> None:
        """Store a figure."""
        figures = self._of(variant)
        figures[figure] = sampled
        if self.folder is not None:
            rows = {name: vars(each) for name, each in figures.items()}
            write_atomically(self.folder / f"{variant}.json", json.dumps(rows).encode())

    def difference(self, variant: Variant, against: Variant, figure: str) -> DifferenceMeasured | None:
        """Return by how much ``variant`` is above ``against``; None where one of them has no such figure."""
        ours, theirs = self._of(variant).get(figure), self._of(against).get(figure)
        if ours is None or theirs is None:
            return None
        paired = len(ours.values) == len(theirs.values) > 0 and ours.weights == theirs.weights
        if paired:
            value, stderr = paired_difference(ours.values, theirs.values, ours.weights)
        else:
            value, stderr = ours.value - theirs.value, _joint_error(ours.stderr, theirs.stderr)
        return DifferenceMeasured(
            variant=variant,
            against=against,
            figure=figure,
            value=value,
            stderr=stderr,
            paired=paired,
            samples=len(ours.values),
        )

    def _of(self, variant: Variant) -> dict[str, Sampled]:
        if variant not in self._found:
            self._found[variant] = _read(self.folder / f"{variant}.json") if self.folder is not None else {}
        return self._found[variant]


def _read(path: Path) -> dict[str, Sampled]:
    """Return the figures in a file; none where it is missing or damaged, since the journal has the means anyway."""
    try:
        rows: dict[str, Any] = json.loads(read_regular(path, _LARGEST))
        return {
            name: Sampled(row["value"], row["stderr"], tuple(row["values"]), tuple(row["weights"]))
            for name, row in rows.items()
        }
    except (OSError, BadInput, ValueError, AttributeError, KeyError, TypeError, RecursionError):
        return {}


def paired_difference(
    ours: Sequence[float], theirs: Sequence[float], weights: Sequence[float] = ()
) -> tuple[float, float | None]:
    """Return the difference of two ratio means over the same samples, and its standard error (None for one sample).

    With ``d`` the differences, ``w`` the weights and ``D = sum(d) / sum(w)``, the error is
    ``sqrt(n / (n - 1) * sum((d - D * w)^2)) / sum(w)``; for equal weights, that of the mean of ``d`` (ratio estimator,
    Cochran 1977, *Sampling Techniques*, chapter 6).
    """
    shares = weights or [1.0] * len(ours)
    differences = [our - their for our, their in zip(ours, theirs, strict=True)]
    whole, count = sum(shares), len(differences)
    value = sum(differences) / whole
    if count < 2:
        return value, None
    residuals = sum((difference - value * share) ** 2 for difference, share in zip(differences, shares, strict=True))
    return value, math.sqrt(count / (count - 1) * residuals) / whole


def _joint_error(ours: float | None, theirs: float | None) -> float | None:
    """Return the standard error of a difference of two independent figures."""
    return None if ours is None or theirs is None else math.hypot(ours, theirs)
