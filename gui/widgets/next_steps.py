"""The next step after an export for each program that reads it: commands or code to copy."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.results.next_steps import NextStep
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.text import PlainLabel, label


class NextStepsCard(Card):
    """A block of code for each program, with a button that copies it."""

    def __init__(self) -> None:
        super().__init__(self.tr("Use it"))
        self._shown: list[NextStep] = []
        self.blocks: list[StepBlock] = []
        self._holder = QWidget()
        self.add(self._holder)

    @property
    def codes(self) -> list[str]:
        """The code of each program."""
        return [block.code.text() for block in self.blocks]

    def show_steps(self, steps: Sequence[NextStep]) -> None:
        """Show these steps instead of the previous ones."""
        if list(steps) == self._shown:
            return
        self._shown = list(steps)
        self.blocks = [StepBlock(step) for step in steps]
        old, self._holder = self._holder, QWidget()
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for block in self.blocks:
            column.addWidget(block)
        self.body.replaceWidget(old, self._holder)
        old.deleteLater()


class StepBlock(QWidget):
    """The step of one program."""

    def __init__(self, step: NextStep) -> None:
        super().__init__()
        self.code: PlainLabel = label(step.code, "code", wrap=True)
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code.setAccessibleName(self.tr("Code for {0}").format(step.program))
        self.copy = Button(self.tr("Copy"), "copy")
        self.copy.setAccessibleName(self.tr("Copy the code for {0}").format(step.program))
        self.copy.clicked.connect(self._copy)
        self._text = step.code
        head = QHBoxLayout()
        head.addWidget(label(step.program, "body"), 1)
        head.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.code)
        if step.note:
            column.addWidget(label(step.note, "caption", wrap=True))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
