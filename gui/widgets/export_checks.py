"""The checks of an export, one line each, shown as they arrive."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from engine.api.events import ExportVerified
from engine.results.check_titles import check_title
from gui.widgets.text import label
from gui.words.messages import message_words
from gui.words.translation import engine_text


class CheckList(QWidget):
    """A tick or a cross, the check's title, and its result."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(2, 1)
        self._shown: list[ExportVerified] = []
        self._working = label(self.tr("Checking the written folder…"), "muted")
        self._grid.addWidget(self._working, 1000, 1, 1, 2)

    def show_checks(self, checks: list[ExportVerified], working: bool) -> None:
        """Show these checks; ``working`` means that more may follow."""
        self._working.setVisible(working)
        if checks == self._shown:
            return
        if checks[: len(self._shown)] != self._shown:
            self._clear()
        for row in range(len(self._shown), len(checks)):
            self._add(row, checks[row])
        self._shown = list(checks)

    def _add(self, row: int, check: ExportVerified) -> None:
        mark = label("✓" if check.passed else "✕", "good" if check.passed else "bad")
        result = self.tr("passed") if check.passed else self.tr("failed")
        title = check_title(check.check, engine_text)
        mark.setAccessibleName(f"{title}: {result}")
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(mark, row, 0, top)
        self._grid.addWidget(label(title, "body"), row, 1, top)
        self._grid.addWidget(
            label(message_words(check.detail, check.template), "muted" if check.passed else "bad", wrap=True),
            row,
            2,
            top,
        )

    def _clear(self) -> None:
        for place in reversed(range(self._grid.count())):
            item = self._grid.itemAt(place)
            widget = item.widget() if item else None
            if widget is not None and widget is not self._working:
                self._grid.removeWidget(widget)
                widget.setParent(None)
        self._shown = []
