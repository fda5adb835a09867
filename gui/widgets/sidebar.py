"""The left side: the project's name and the steps."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from gui.widgets.step_list import Step, StepList
from gui.widgets.text import label

_WIDTH = 212


class Sidebar(QFrame):
    """Project title above the step list."""

    def __init__(self, steps: list[Step]) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setFixedWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 20, 0, 12)
        column.setSpacing(2)
        self._title = label("", "heading", wrap=True)
        self._place = label("", "caption")
        for part in (self._title, self._place):
            part.setContentsMargins(20, 0, 16, 0)
            column.addWidget(part)
        column.addSpacing(14)
        self.steps = StepList(steps)
        column.addWidget(self.steps, 1)

    def show_project(self, name: str, place: str) -> None:
        """Name the open project."""
        self._title.setText(name)
        self._title.setToolTip(place)
        metrics = self._place.fontMetrics()
        self._place.setText(metrics.elidedText(place, Qt.TextElideMode.ElideLeft, _WIDTH - 40))
        self._place.setToolTip(place)
