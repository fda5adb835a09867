"""The curve of the long recovery as a picture that stands alone: validation KL over the tokens learnt from."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.report.svg import Plot, standing_alone, ticks

_STYLE = """
svg { background: #fff; font: 11px system-ui, sans-serif } text { fill: #57606a } .axis { stroke: #8c959f }
.grid { stroke: #eaeef2 } .line { fill: none; stroke: #0f766e; stroke-width: 1.5 } .dot { fill: #0f766e }
@media (prefers-color-scheme: dark) {
svg { background: #0d1117 } text { fill: #9198a1 } .grid { stroke: #21262d }
.line { stroke: #4fb3ab } .dot { fill: #4fb3ab } }
"""


def curve(rows: Sequence[Mapping[str, Any]]) -> str:
    """The picture of rows with ``tokens`` and ``validation KL``."""
    points = [(row["tokens"] / 1000, float(row["validation KL"])) for row in rows]
    last, top = points[-1][0], max(kl for _, kl in points)
    plot = Plot((0.0, last), (0.0, 1.08 * top), "thousand tokens learnt from", "KL to the dense model")
    plot.axes(ticks(0.0, last))
    plot.line(points, "best")
    plot.dots(points, "best", "validation KL")
    return standing_alone(plot.drawn("Validation KL over the tokens learnt from"), _STYLE) + "\n"
