"""The picture at the top of the Results page: quality against size and against decode speed."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from engine.api.events import RunSummarised
from engine.api.run_state import RunState
from engine.results.overview import overview
from gui.charts.captioned import captioned
from gui.charts.quality_chart import QualityChart
from gui.widgets.text import label

_SIDE_BY_SIDE = 640
"""Width in pixels from which the charts are shown side by side."""


class OverviewPicture(QWidget):
    """Two charts of the same models; the second is hidden where no speed was measured."""

    def __init__(self) -> None:
        super().__init__()
        self.by_size, self.by_speed = QualityChart(against_speed=False), QualityChart(against_speed=True)
        self._runs: tuple[RunSummarised, ...] = ()
        self._charts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._charts.setSpacing(16)
        speeds = captioned(self.by_speed.accessibleName(), self.by_speed)
        speeds.setContentsMargins(0, 0, 0, 0)
        self._speed_holder = QWidget()
        self._speed_holder.setLayout(speeds)
        self._charts.addLayout(captioned(self.by_size.accessibleName(), self.by_size), 1)
        self._charts.addWidget(self._speed_holder, 1)
        self.note = label("", "caption", wrap=True)
        column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._charts)
        column.addWidget(self.note)

    def show_runs(self, runs: Sequence[RunSummarised]) -> None:
        """Take the project's runs, which are drawn behind the shown one from the next drawing on."""
        self._runs = tuple(runs)

    def show_state(self, state: RunState) -> None:
        """Draw the models of a run."""
        shown = overview(state, self._runs)
        for chart in (self.by_size, self.by_speed):
            chart.show_overview(shown)
        self.setVisible(self.by_size.has_points)
        self._speed_holder.setVisible(self.by_speed.has_points)
        spread = self.tr("Horizontal lines reach from the slowest to the fastest repeat; hollow: measured while busy.")
        pale = self.tr("Pale points are the best models of the project's other runs.")
        self.note.setText(" ".join(([spread] if self.by_speed.has_points else []) + ([pale] if shown.others else [])))
        self.note.setVisible(bool(self.note.text()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the charts where there is no room side by side."""
        super().resizeEvent(event)
        wide = event.size().width() >= _SIDE_BY_SIDE
        self._charts.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
