"""Recovery by several texts, losses, kinds of adapter and starts, each on the same number of tokens."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import torch

from tests.benchmarks.recovery_training import Judges, base_settings, recover
from tests.benchmarks.section import Bench, Content, Section, Tables

RUNS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("self", {}),
    ("wikipedia", {}),
    ("instructions", {}),
    ("self", {"objective": "cross_entropy"}),
    ("self", {"objective": "both"}),
    ("self", {"start": "embedding"}),
    ("self", {"start": "seam"}),
    ("self", {"adapter": "rslora"}),
    ("self", {"adapter": "dora"}),
)
"""Text, and the settings that differ from the defaults."""


def measure(bench: Bench) -> Iterator[Content]:
    """Yield a row for the pruned model and one for each run."""
    dense, judges = bench.subject.load(torch.bfloat16), Judges(bench.subject)
    pruned = {"learnt from": "(pruned)", "settings": "", "tokens": 0, "tokens/s": 0, "wall time, s": 0}
    content: Content = {"removed": bench.subject.removed, "part": "texts", "rows": [{**pruned, **judges.pruned()}]}
    for text, changes in RUNS:
        settings = msgspec.structs.replace(base_settings(bench), **changes)
        with tempfile.TemporaryDirectory() as folder:
            recording = recover(bench.subject, dense, text, settings, Path(folder))
            figures = judges.recovered(Path(folder))
        content["rows"].append(
            {
                "learnt from": text,
                "settings": ", ".join(map(str, changes.values())),
                "tokens": recording.tokens,
                "tokens/s": recording.pace,
                "wall time, s": round(recording.seconds),
                **figures,
            }
        )
        yield content


def tables(content: Content) -> Tables:
    """Return all figures."""
    return [content["rows"]]


SECTION = Section(measure, tables, needs_texts=True)
