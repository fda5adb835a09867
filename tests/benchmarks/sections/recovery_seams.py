"""Recovery with several weights of the distance between hidden states behind the gap (``recovery.seam_weight``)."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import torch

from tests.benchmarks.recovery_training import Judges, base_settings, recover
from tests.benchmarks.section import Bench, Content, Section, Tables

WEIGHTS = (0.0, 3.0, 10.0)
SIZE = {"windows": 96, "steps": 24, "evaluate_every": 24}


def measure(bench: Bench) -> Iterator[Content]:
    """Yield a row for each weight, all on the same number of tokens."""
    dense, judges = bench.subject.load(torch.bfloat16), Judges(bench.subject)
    content: Content = {"removed": bench.subject.removed, "part": "seams", "rows": []}
    size = {} if bench.quick else SIZE
    for weight in WEIGHTS:
        settings = msgspec.structs.replace(base_settings(bench), **size, seam_weight=weight)
        with tempfile.TemporaryDirectory() as folder:
            recording = recover(bench.subject, dense, "wikipedia", settings, Path(folder))
            figures = judges.recovered(Path(folder))
        content["rows"].append(
            {
                "seam weight": weight,
                "tokens": recording.tokens,
                "validation KL": round(recording.history[-1].kl, 4),
                **figures,
            }
        )
        yield content


def tables(content: Content) -> Tables:
    """Return all figures."""
    return [content["rows"]]


SECTION = Section(measure, tables, needs_texts=True)
