"""LoRA from the pruned and from the compensated model, on the same numbers of tokens."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import torch

from engine.recovery.merge import MERGED
from tests.benchmarks.folding import VALIDATION, fold
from tests.benchmarks.recovery_training import Judges, base_settings, recover
from tests.benchmarks.section import Bench, Content, Section, Tables

STEPS, QUICK_STEPS = (64, 96, 256), (2,)
"""Optimiser steps of four windows."""
WINDOWS, QUICK_WINDOWS = 256, 16
"""Windows of the mixture that the fold is fitted on."""
TEXT = "mix"
ALONE, FROM_FOLD = "the pruned model", "the compensated model"


def measure(bench: Bench) -> Iterator[Content]:
    """Yield a row for each start without training, and for each length of training."""
    subject = bench.subject
    dense, judges = subject.load(torch.bfloat16), Judges(subject)
    windows = QUICK_WINDOWS if bench.quick else WINDOWS
    found = fold(subject, dense, subject.calibration_windows(TEXT, VALIDATION + windows))
    weights = found.weights(subject)
    content: Content = {
        "removed": subject.removed,
        "text": TEXT,
        "rows": [
            _row(ALONE, 0, 0.0, judges.changed({})),
            _row(FROM_FOLD, 0, found.seconds, judges.changed(weights)),
        ],
    }
    yield content
    for steps in QUICK_STEPS if bench.quick else STEPS:
        settings = msgspec.structs.replace(base_settings(bench), steps=steps, windows=min(2 * steps, 512))
        for start, folded in ((ALONE, {}), (FROM_FOLD, weights)):
            with tempfile.TemporaryDirectory() as folder:
                recording = recover(subject, dense, TEXT, settings, Path(folder), folded)
                helped = (Path(folder) / MERGED).is_file()
                figures = judges.recovered(Path(folder)) if helped else judges.changed(folded)
            content["rows"].append(_row(start, recording.tokens, recording.seconds, figures))
            yield content


def _row(start: str, tokens: int, seconds: float, figures: dict[str, Any]) -> dict[str, Any]:
    return {"start": start, "tokens": tokens, "seconds": round(seconds, 1), **figures}


def tables(content: Content) -> Tables:
    """Return all figures."""
    return [content["rows"]]


SECTION = Section(measure, tables, needs_texts=True)
