"""A recent project on the first screen; one that has been moved can be located or taken off the list."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.api.safe_text import safe_line
from gui.widgets.buttons import Button
from gui.widgets.text import as_tooltip
from gui.words.formatting import format_path

_AROUND_TEXT = 40


class RecentProject(QWidget):
    """Name and place of a project, shortened to one line of ``width`` pixels; the tooltip has the whole path."""

    chosen = Signal(object)
    """The folder, which is there."""
    locate_wanted = Signal(object)
    """The folder, which is not there any more."""
    forget_wanted = Signal(object)
    """The folder, which is not there any more."""

    def __init__(self, folder: Path, width: int) -> None:
        super().__init__()
        self._folder = folder
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        is_there = folder.is_dir()
        parts = [] if is_there else self._make_repairs()
        left = width - sum(part.sizeHint().width() + row.spacing() for part in parts)
        self.open = Button(safe_line(self._words(left)).replace("&", "&&"), quiet=True)
        self.open.setToolTip(as_tooltip(str(folder)))
        self.open.setEnabled(is_there)
        self.open.clicked.connect(self._choose)
        row.addWidget(self.open, 1)
        for part in parts:
            row.addWidget(part)

    def _make_repairs(self) -> list[Button]:
        self.locate = Button(self.tr("Locate…"), quiet=True)
        self.locate.setAccessibleName(self.tr("Locate {0}").format(self._folder.name))
        self.locate.setToolTip(self.tr("It has been moved or deleted. Show where it is now."))
        self.locate.clicked.connect(self._locate)
        self.forget = Button("", "cross", quiet=True)
        self.forget.setAccessibleName(self.tr("Remove {0} from the list").format(self._folder.name))
        self.forget.setToolTip(self.tr("Remove from the list"))
        self.forget.clicked.connect(self._forget)
        return [self.locate, self.forget]

    def _words(self, width: int) -> str:
        metrics = self.fontMetrics()
        name = metrics.elidedText(self._folder.name, Qt.TextElideMode.ElideMiddle, width // 2)
        left = width - metrics.horizontalAdvance(name) - _AROUND_TEXT
        return f"{name}   {metrics.elidedText(format_path(self._folder.parent), Qt.TextElideMode.ElideLeft, left)}"

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self._folder)

    @Slot()
    def _locate(self) -> None:
        self.locate_wanted.emit(self._folder)

    @Slot()
    def _forget(self) -> None:
        self.forget_wanted.emit(self._folder)
