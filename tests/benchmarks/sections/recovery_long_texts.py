"""The long recovery on texts that it was not trained on: dense, pruned and recovered."""

from collections.abc import Iterator

from tests.benchmarks.recovery_training import Judges, long_weights
from tests.benchmarks.section import Bench, Content, Section, Tables


def measure(bench: Bench) -> Iterator[Content]:
    """Yield a row for each of the three models."""
    weights, judges = long_weights(bench), Judges(bench.subject)
    rows = [
        {"model": "dense", **judges.dense()},
        {"model": "pruned", **judges.pruned()},
        {"model": "recovered", **judges.changed(weights)},
    ]
    yield {"removed": bench.subject.removed, "part": "long_texts", "rows": rows}


def tables(content: Content) -> Tables:
    """Return all figures."""
    return [content["rows"]]


SECTION = Section(measure, tables, needs_texts=True)
