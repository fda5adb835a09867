"""The small devices that the model fits on before and after pruning, with its estimated speed there."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from engine.api.edge_devices import edge_devices
from engine.api.errors import BadInput
from engine.api.run_state import RunState
from engine.api.settings import Settings
from engine.results.edge_fit import BITS_PER_WEIGHT, EdgeFit, dense_shape, fit_devices, pruned_shape
from gui.widgets.card import Card
from gui.widgets.text import PlainLabel, Role, label, set_role
from gui.words.device_names import device_title
from gui.words.formatting import NOTHING, format_bytes, format_pace, format_rate, format_whole
from gui.words.messages import message_words
from gui.words.translation import engine_text

_COLUMNS = 5
_ROWS_A_TURN = 3


class EdgeCard(Card):
    """One row per device: its usable memory, what the dense and the pruned model need of it, and their speed."""

    def __init__(self) -> None:
        super().__init__(self.tr("Fit on small devices"))
        self.sentence = label("", "muted", wrap=True)
        self.add(self.sentence)
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self.add(holder)
        self._cells: list[list[PlainLabel]] = []
        self._shown: tuple[list[EdgeFit], list[EdgeFit]] | None = None

    def draw(self, state: RunState, settings: Settings, precision: str) -> Iterator[None]:
        """Show what the run's model needs in ``precision``, or in the settings' precision if that is unknown.

        Yields between rows so that the event loop stays responsive.
        """
        self.setVisible(state.model is not None and state.search is not None)
        if state.model is None or state.search is None:
            return
        edge = settings.edge
        precision = precision if precision in BITS_PER_WEIGHT else edge.precision
        try:
            devices = edge_devices(edge.devices)
        except BadInput as error:
            self.sentence.setText(message_words(error.sentence))
            return
        words = self.tr("In {0} with {1} tokens of context. Speeds are estimated from memory bandwidth.")
        self.sentence.setText(words.format(precision.upper(), format_whole(edge.context)))
        before = fit_devices(dense_shape(state.model), devices, edge.context, precision)
        after = fit_devices(pruned_shape(state.model, state.search.removed), devices, edge.context, precision)
        if (before, after) != self._shown:
            self._shown = None  # incomplete until the last row is filled
            yield from self._show_fits(before, after)
            self._shown = (before, after)

    def _show_fits(self, before: Sequence[EdgeFit], after: Sequence[EdgeFit]) -> Iterator[None]:
        headings = (self.tr("Device"), self.tr("Usable"), self.tr("Dense"), self.tr("Pruned"), self.tr("Speed"))
        self._show_row(0, [(words, "caption") for words in headings])
        for row, (dense, smaller) in enumerate(zip(before, after, strict=True), start=1):
            cells: list[tuple[str, Role]] = [
                (device_title(dense.device.name), "body"),
                (format_bytes(dense.device.usable), "muted"),
                (dense.verdict.words(engine_text), "body" if dense.fits else "bad"),
                (smaller.verdict.words(engine_text), "good" if smaller.fits else "bad"),
                (self._pace(dense, smaller), "body" if smaller.fits else "muted"),
            ]
            self._show_row(row, cells)
            if row % _ROWS_A_TURN == 0:
                yield
        for cells_left in self._cells[len(before) + 1 :]:
            for cell in cells_left:
                cell.hide()

    def _pace(self, dense: EdgeFit, smaller: EdgeFit) -> str:
        if not smaller.fits:
            return NOTHING
        if not dense.fits:
            return format_rate(smaller.tokens_per_second)
        paces = (format_pace(fit.tokens_per_second) for fit in (dense, smaller))
        return self.tr("{0} → {1} tokens/s").format(*paces)

    def _show_row(self, row: int, cells: list[tuple[str, Role]]) -> None:
        while len(self._cells) <= row:
            made = [label(wrap=column == 0) for column in range(_COLUMNS)]
            for column, cell in enumerate(made):
                self._grid.addWidget(cell, len(self._cells), column)
                if column:
                    cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._cells.append(made)
        for cell, (words, role) in zip(self._cells[row], cells, strict=True):
            cell.setText(words)
            set_role(cell, role)
            cell.show()
