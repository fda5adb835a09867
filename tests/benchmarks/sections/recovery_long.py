"""Recovery on a million tokens of web pages: KL on validation windows over the tokens trained on."""

from collections.abc import Iterator

from engine.report.svg import Plot, standing_alone, ticks
from tests.benchmarks.recovery_training import base_settings, recover_at_length
from tests.benchmarks.section import Bench, Content, Section, Tables

_STYLE = """
svg { background: #fff; font: 11px system-ui, sans-serif } text { fill: #57606a } .axis { stroke: #8c959f }
.grid { stroke: #eaeef2 } .line { fill: none; stroke: #0f766e; stroke-width: 1.5 } .dot { fill: #0f766e }
@media (prefers-color-scheme: dark) {
svg { background: #0d1117 } text { fill: #9198a1 } .grid { stroke: #21262d }
.line { stroke: #4fb3ab } .dot { fill: #4fb3ab } }
"""


def measure(bench: Bench) -> Iterator[Content]:
    """Yield a row for each measurement on the validation windows; an interrupted training resumes."""
    per_step = base_settings(bench).batch_windows * bench.subject.length
    rows = [
        {"tokens": each.step * per_step, "validation KL": round(each.kl, 4), "perplexity": round(each.perplexity, 2)}
        for each in recover_at_length(bench).history
    ]
    yield {"removed": bench.subject.removed, "part": "long", "rows": rows}


def tables(content: Content) -> Tables:
    """Return all measurements."""
    return [[{**row, "tokens": f"{row['tokens']:,}"} for row in content["rows"]]]


def picture(content: Content) -> str:
    """Draw validation KL over the tokens trained on."""
    points = [(row["tokens"] / 1000, float(row["validation KL"])) for row in content["rows"]]
    last, top = points[-1][0], max(kl for _, kl in points)
    plot = Plot((0.0, last), (0.0, 1.08 * top), "thousand tokens learnt from", "KL to the dense model")
    plot.axes(ticks(0.0, last))
    plot.line(points, "best")
    plot.dots(points, "best", "validation KL")
    return standing_alone(plot.drawn("Validation KL over the tokens learnt from"), _STYLE) + "\n"


SECTION = Section(measure, tables, needs_texts=True, picture=picture)
