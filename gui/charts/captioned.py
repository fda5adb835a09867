"""A chart with a small caption above it, for charts side by side in a card."""

from PySide6.QtWidgets import QVBoxLayout

from gui.charts.chart import Chart
from gui.widgets.text import label


def captioned(name: str, chart: Chart) -> QVBoxLayout:
    """Return a column of the caption and the chart."""
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(label(name, "caption"))
    column.addWidget(chart)
    return column
