"""LoRA from the pruned and from the compensated model, on the same numbers of tokens."""

from collections.abc import Iterator
from typing import Any

from tests.benchmarks.recovery_training import FOLD_TEXT, Judges, compensated_weights, recover_in_steps
from tests.benchmarks.section import Bench, Content, Section, Tables

ALONE, FROM_FOLD = "the pruned model", "the compensated model"
STEPS = {ALONE: (64, 96, 256, 768), FROM_FOLD: (64, 96, 256)}
QUICK_STEPS = {ALONE: (2,), FROM_FOLD: (2,)}
"""Optimiser steps of four windows."""


def measure(bench: Bench) -> Iterator[Content]:
    """Yield a row for each start without training, and for each length of training."""
    subject, weights = bench.subject, compensated_weights(bench)
    judges = Judges(subject)
    content: Content = {
        "removed": subject.removed,
        "text": FOLD_TEXT,
        "rows": [_row(ALONE, 0, 0.0, judges.changed({})), _row(FROM_FOLD, 0, 0.0, judges.changed(weights))],
    }
    yield content
    for start, every in (QUICK_STEPS if bench.quick else STEPS).items():
        for steps in every:
            recording, changed = recover_in_steps(bench, steps, from_fold=start == FROM_FOLD)
            figures = judges.changed(changed)
            content["rows"].append(_row(start, recording.tokens, recording.seconds, figures))
            yield content


def _row(start: str, tokens: int, seconds: float, figures: dict[str, Any]) -> dict[str, Any]:
    return {"start": start, "tokens": tokens, "seconds": round(seconds, 1), **figures}


def tables(content: Content) -> Tables:
    """Return all figures."""
    return [content["rows"]]


SECTION = Section(measure, tables, needs_texts=True)
