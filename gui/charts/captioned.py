"""A chart with its name small above it, for charts that stand side by side in a card."""

from PySide6.QtWidgets import QVBoxLayout

from gui.charts.chart import Chart
from gui.widgets.text import label


def captioned(name: str, chart: Chart) -> QVBoxLayout:
    """A column of both."""
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(label(name, "caption"))
    column.addWidget(chart)
    return column
