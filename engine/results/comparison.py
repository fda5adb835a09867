"""The variants side by side: every figure that was measured of a run's models, as rows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from engine.api.evaluation_events import HELDOUT_KL, HELDOUT_LOG_PERPLEXITY, VARIANTS
from engine.api.run_state import RunState
from engine.api.settings import Variant
from engine.results.answer_rows import answer_rows
from engine.results.comparison_row import Column, ComparisonRow
from engine.results.differences import against_pruned, to_dense
from engine.results.evaluation_rows import footprint_rows, speed_rows, task_rows, text_rows
from engine.results.figures import Translate, untranslated
from engine.results.rows import Kind, Sentence


@dataclass(frozen=True)
class Comparison:
    """The table of a run: the variants that were measured, and a row for each figure that any of them has."""

    variants: tuple[Variant, ...]
    rows: tuple[ComparisonRow, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns for these variants."""
        return columns_of(self.variants)

    def headings(self, translate: Translate = untranslated) -> list[str]:
        """Return the headings of the columns."""
        return [column.heading.words(translate) for column in self.columns]

    def lines(self, translate: Translate = untranslated) -> list[tuple[str, list[str]]]:
        """Return each row as its name and the text of its cells."""
        return [
            (row.name.words(translate), [row.words(column, translate) for column in self.columns]) for row in self.rows
        ]


def comparison(state: RunState) -> Comparison:
    """Return everything that was measured of the run's models."""
    rows = [
        *_quality_rows(state),
        *answer_rows(state),
        *_size_rows(state),
        *footprint_rows(state),
        *speed_rows(state),
        *text_rows(state),
        *task_rows(state),
    ]
    variants = tuple(variant for variant in VARIANTS if variant in state.evaluated)
    return Comparison(variants, tuple(row for row in rows if row.values or row.intervals))


def columns_of(variants: Sequence[Variant]) -> tuple[Column, ...]:
    """Return a column for each variant; each smaller model's is followed by its difference to the dense one."""
    found: list[Column] = []
    for variant in variants:
        found.append(Column(variant))
        if variant != "dense" and "dense" in variants:
            found.append(Column(variant, is_difference=True))
    return tuple(found)


def _quality_rows(state: RunState) -> list[ComparisonRow]:
    """Return the figures on the held-out windows."""
    perplexity, divergence = Sentence("Held-out perplexity"), Sentence("Held-out KL to dense")
    return [
        ComparisonRow(
            perplexity,
            "number",
            _present(state, "heldout_perplexity"),
            True,
            errors=_present(state, "heldout_perplexity_error"),
            differences=to_dense(state, HELDOUT_LOG_PERPLEXITY),
            is_logarithmic=True,
        ),
        *against_pruned(state, HELDOUT_LOG_PERPLEXITY, perplexity, is_logarithmic=True),
        ComparisonRow(
            divergence,
            "kl",
            _present(state, "heldout_kl"),
            True,
            to_dense=True,
            errors={variant: error for variant, error in _present(state, "heldout_kl_error").items() if error},
        ),
        *against_pruned(state, HELDOUT_KL, divergence),
    ]


def _size_rows(state: RunState) -> list[ComparisonRow]:
    """Return the other figures of ``ModelEvaluated``.

    Its speeds, whose spread is unknown, are rows of their own only in journals without ``SpeedMeasured``.
    """

    def row(name: str, field: str, kind: Kind, lower_is_better: bool | None) -> ComparisonRow:
        return ComparisonRow(Sentence(name), kind, _present(state, field), lower_is_better)

    sizes = [
        row("Decoder layers", "layers", "whole", None),
        row("Parameters", "parameters", "count", True),
        row("Size on disk", "bytes", "bytes", True),
    ]
    if state.speeds:
        return sizes
    return [
        *sizes,
        row("Prefill speed", "prefill_tokens_per_second", "rate", None),
        row("Decode speed", "decode_tokens_per_second", "rate", None),
        row("Peak memory", "peak_memory", "bytes", True),
    ]


def _present(state: RunState, field: str) -> dict[Variant, float]:
    """Return a figure of ``ModelEvaluated`` by variant; NaN stands for a figure that was not measured."""
    values = {variant: getattr(event, field) for variant, event in state.evaluated.items()}
    return {variant: float(value) for variant, value in values.items() if value is not None and not math.isnan(value)}
