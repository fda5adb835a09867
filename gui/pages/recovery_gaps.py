"""The card that lists the gaps and what became of each in the compensation."""

from PySide6.QtWidgets import QGridLayout, QWidget

from engine.api.run_state import RunState
from engine.results.folded_sets import folded_sets_line
from engine.results.gap_rows import HEADINGS, GapRow, RefitRow, gap_rows
from gui.widgets.card import Card
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.text import PlainLabel, label
from gui.words.translation import engine_text

_MAP_COLUMN = HEADINGS.index("Folded into")
_WIDEST_MAP = 220
"""Pixels up to which the name of a map is not elided."""


class GapsCard(Card):
    """One line for each gap; hidden before the first one is folded."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Compensation"),
            self.tr(
                "What the removed layers did, folded into the layers beside each gap. KL on the validation windows."
            ),
        )
        self._shown: list[GapRow | RefitRow] = []
        self._grid = QWidget()
        self.add(self._grid)
        self.order = label("", "muted", wrap=True)
        self.add(self.order)
        self.hide()

    def show_state(self, state: RunState) -> None:
        """Rebuild the lines where they changed."""
        rows = gap_rows(state)
        self.setVisible(bool(rows))
        order = folded_sets_line(state, engine_text)
        self.order.setText(f"{order}." if order else "")
        self.order.setVisible(bool(order))
        if rows == self._shown:
            return
        self._shown = rows
        old, self._grid = self._grid, self._laid_out()
        self.body.replaceWidget(old, self._grid)
        old.deleteLater()

    def lines(self) -> list[list[str]]:
        """Return the text of the cells, row by row."""
        return [list(row.words(engine_text)) for row in self._shown]

    def _laid_out(self) -> QWidget:
        grid = QWidget()
        layout = QGridLayout(grid)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(24)
        layout.setVerticalSpacing(6)
        layout.setColumnStretch(len(HEADINGS) - 1, 1)
        for column, heading in enumerate(HEADINGS):
            layout.addWidget(label(engine_text(heading), "caption"), 0, column)
        for line, cells in enumerate(self.lines(), start=1):
            for column, text in enumerate(cells):
                cell = _cell(column, text)
                layout.addWidget(cell, line, column)
                if column == _MAP_COLUMN:
                    needed = min(cell.sizeHint().width(), _WIDEST_MAP)
                    layout.setColumnMinimumWidth(column, max(needed, layout.columnMinimumWidth(column)))
        return grid


def _cell(column: int, text: str) -> PlainLabel:
    """Return the label of a cell. The name of a map comes from the model and may be of any length."""
    if column != _MAP_COLUMN:
        return label(text, wrap=column == len(HEADINGS) - 1)
    elided = ElidedLabel()
    elided.setText(text)
    return elided
