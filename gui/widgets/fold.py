"""A collapsed section that is opened by its heading."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui.widgets.wheel_guard import WheelGuard


class Fold(QWidget):
    """Creates its content when it is first opened."""

    def __init__(self, heading: str, make: Callable[[], QWidget]) -> None:
        super().__init__()
        self._make = make
        self.content: QWidget | None = None
        self.toggle = QToolButton()
        self.toggle.setText(heading)
        self.toggle.setCheckable(True)
        self.toggle.setAutoRaise(True)
        self.toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toggle.setArrowType(Qt.ArrowType.RightArrow)
        self.toggle.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggle.setAccessibleName(heading)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(self.toggle)
        line.addStretch(1)
        self._column.addLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.toggle.toggled.connect(self._unfold)

    @Slot(bool)
    def _unfold(self, is_open: bool) -> None:
        if self.content is None:
            self.content = self._make()
            WheelGuard(self.content).watch(self.content)
            self._column.addWidget(self.content)
        self.content.setVisible(is_open)
        self.toggle.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
