"""Continuations of the same prompts by each model, side by side."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engine.api.evaluation_events import VARIANTS, Variant
from engine.api.run_state import RunState
from gui.widgets.card import Card
from gui.widgets.text import label
from gui.words.variant_names import variant_names

_MOST_CHARACTERS = 600


class SamplesCard(Card):
    """A fold over ``TextGenerated``; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("What the models write"),
            self.tr("After the same prompt, always taking the likeliest token."),
        )
        self._shown: list[tuple[str, dict[Variant, str]]] = []
        self._grid = QWidget()
        self.add(self._grid)

    def show_state(self, state: RunState) -> None:
        """Rebuild the grid where the texts changed."""
        found: dict[str, dict[Variant, str]] = {}
        for (prompt, variant), event in state.generated.items():
            found.setdefault(prompt, {})[variant] = event.text
        self.setVisible(bool(found))
        if list(found.items()) == self._shown:
            return
        self._shown = list(found.items())
        old, self._grid = self._grid, self._laid_out()
        self.body.replaceWidget(old, self._grid)
        old.deleteLater()

    def _laid_out(self) -> QWidget:
        names = variant_names()
        variants = [each for each in VARIANTS if any(each in texts for _, texts in self._shown)]
        grid = QWidget()
        layout = QGridLayout(grid)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(24)
        layout.setVerticalSpacing(6)
        row = 0
        for prompt, texts in self._shown:
            layout.setRowMinimumHeight(row, 8)
            layout.addWidget(_text(prompt, "body"), row + 1, 0, 1, max(len(variants), 1))
            for column, variant in enumerate(variants):
                layout.setColumnStretch(column, 1)
                layout.addWidget(label(names[variant], "caption"), row + 2, column)
                layout.addWidget(_text(texts.get(variant, ""), "muted"), row + 3, column)
            row += 4
        return grid


def _text(words: str, role: Literal["body", "muted"]) -> QLabel:
    """Return a label for text of any length that can be selected with the mouse."""
    words = words.strip()
    shown = words if len(words) <= _MOST_CHARACTERS else f"{words[:_MOST_CHARACTERS]}…"
    result = label(shown, role, wrap=True)
    result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    result.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return result
