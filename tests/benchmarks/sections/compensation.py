"""Folds of the sets that a search finds, by number of removed layers, kind of fold and amount of text."""

from collections.abc import Iterator
from typing import Any

import torch
from transformers import PreTrainedModel

from engine.api.events import RemovalSet
from engine.models.surgery import remove_layers
from tests.benchmarks.folding import VALIDATION, fold, gap_scales, scaled, without
from tests.benchmarks.recovery_training import Judges
from tests.benchmarks.section import Bench, Content, Section, Tables
from tests.benchmarks.subject import Subject

SETS: tuple[RemovalSet, ...] = (
    (13, 14, 15, 16, 17, 18),
    (4, 5, 14, 15, 16, 17),
    (16, 17, 18),
    (5, 12, 13, 14, 15, 16, 17, 18, 26),
)
"""The second is what a run on the model's own text finds, the others what ``search_quality`` does."""
QUICK_SETS: tuple[RemovalSet, ...] = ((2, 3),)
WINDOWS, QUICK_WINDOWS = (32, 128, 256), (8, 16)
BEHIND = (128, 16)
"""Windows for the matrix behind the map."""


def measure(bench: Bench) -> Iterator[Content]:
    """Yield a row for each removal set and kind of fold."""
    subject = bench.subject
    dense = subject.load(torch.bfloat16)
    amounts = QUICK_WINDOWS if bench.quick else WINDOWS
    text = subject.calibration_windows("mix", VALIDATION + amounts[-1])
    content: Content = {"text": "mix", "length": subject.length, "rows": []}
    for removed in QUICK_SETS if bench.quick else SETS:
        for row in _rows(without(subject, removed), dense, text, amounts, BEHIND[bench.quick]):
            content["rows"].append(row)
            yield content


def _rows(
    subject: Subject, dense: PreTrainedModel, text: torch.Tensor, amounts: tuple[int, ...], behind: int
) -> Iterator[dict[str, Any]]:
    judges = Judges(subject)
    gone = ", ".join(map(str, subject.removed))

    def row(kind: str, windows: int, seconds: float, figures: dict[str, Any]) -> dict[str, Any]:
        return {
            "layers removed": len(subject.removed),
            "removed": gone,
            "fold": kind,
            "tokens": windows * subject.length,
            "seconds": round(seconds, 1),
            **figures,
        }

    pruned = judges.changed({})
    yield row("none", 0, 0.0, pruned)
    model = subject.load(torch.bfloat16)
    remove_layers(model, subject.removed)
    with scaled(model, subject, gap_scales(subject, dense, text[VALIDATION : VALIDATION + behind])):
        yield row("one factor per gap", behind, 0.0, judges.measured(model))
    for windows in amounts:
        found = fold(subject, dense, text[: VALIDATION + windows])
        yield row("the map", windows, found.seconds, judges.changed(found.weights(subject)))
    found = fold(subject, dense, text[: VALIDATION + behind], behind=True)
    yield row("a matrix behind the map", behind, found.seconds, judges.changed(found.weights(subject)))


def tables(content: Content) -> Tables:
    """Return all figures."""
    return [content["rows"]]


SECTION = Section(measure, tables, needs_texts=True)
