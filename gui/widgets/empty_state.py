"""What a page shows before it has anything to show: what will be here, and what to do next."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.widgets.buttons import Button
from gui.widgets.layer_strip import LayerStrip
from gui.widgets.text import label

_SAMPLE_REMOVED = (6, 7, 10)


class EmptyState(QWidget):
    """A centred heading, a sentence and at most one button, under a small layer strip."""

    def __init__(
        self, heading: str, sentence: str, action: str = "", on_action: Callable[[], None] | None = None
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 48, 24, 48)
        column.setSpacing(10)
        column.addStretch(1)
        motif = LayerStrip(numbered=False)
        motif.setFixedWidth(180)
        motif.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        motif.show_layers(16, protected=(0, 1, 15), removed=_SAMPLE_REMOVED)
        motif.setAccessibleName("")
        self.heading = label(heading, "heading")
        self.sentence = label(sentence, "muted", wrap=True)
        self.sentence.setMaximumWidth(460)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(motif, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(self.heading, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        if action and on_action:
            self.button = Button(action)
            self.button.clicked.connect(on_action)
            column.addSpacing(6)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
