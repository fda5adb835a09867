"""The left side of the window: the project's name, the shown run, and the steps."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout

from gui.widgets.elided_label import ElidedLabel
from gui.widgets.step_list import Step, StepList

_WIDTH = 212


class Sidebar(QFrame):
    """Project title above the step list."""

    def __init__(self, steps: list[Step], run_choice: QComboBox) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setFixedWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 20, 0, 12)
        column.setSpacing(2)
        self._title = ElidedLabel("heading", Qt.TextElideMode.ElideMiddle)
        self._place = ElidedLabel("caption", Qt.TextElideMode.ElideLeft)
        for part in (self._title, self._place):
            part.setContentsMargins(20, 0, 16, 0)
            column.addWidget(part)
        runs = QHBoxLayout()
        runs.setContentsMargins(20, 8, 16, 0)
        self.run_choice = run_choice
        runs.addWidget(run_choice)
        column.addLayout(runs)
        column.addSpacing(14)
        self.steps = StepList(steps)
        column.addWidget(self.steps, 1)

    def show_project(self, name: str, place: str) -> None:
        """Show the name and location of the open project."""
        self._title.setText(name)
        self._place.setText(place)
