"""The placeholder of a page without content: what will be shown here, and what to do next."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.widgets.layer_strip import LayerStrip
from gui.widgets.text import label

_SAMPLE_REMOVED = (6, 7, 10)
_WIDTH = 460


class EmptyState(QWidget):
    """A centred heading and a sentence under a small layer strip."""

    def __init__(self, heading: str, sentence: str) -> None:
        super().__init__()
        holder = QWidget()
        holder.setFixedWidth(_WIDTH)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        motif = LayerStrip(numbered=False)
        motif.setFixedWidth(180)
        motif.show_layers(16, protected=(0, 1, 15), removed=_SAMPLE_REMOVED)
        self.heading = label(heading, "heading")
        self.sentence = label(sentence, "muted", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(motif, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(self.heading, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sentence)
        middle = QVBoxLayout()
        middle.addStretch(1)
        middle.addWidget(holder)
        middle.addStretch(2)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 48, 24, 48)
        outer.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(1)
