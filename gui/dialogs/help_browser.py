"""A window with the user guide and the glossary, to read and to search."""

from PySide6.QtCore import QSize, QUrl, Slot
from PySide6.QtGui import (
    QColor,
    QKeySequence,
    QShortcut,
    QTextBlock,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import current_theme
from gui.widgets.buttons import Button, SegmentedChoice
from gui.widgets.opening import open_page
from gui.widgets.text import as_tooltip, label
from gui.words.help_texts import GLOSSARY, GUIDE, anchor_of, document_of, help_text

_SIZE = QSize(960, 680)
_SHARE = 0.85
"""Share of a small screen that the window covers."""
_CONTENTS = 240
_MARGIN = 16
_DEEPEST_HEADING = 3


class HelpBrowser(QDialog):
    """The documents with their contents on the left and a field to find words in the shown one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        room = (parent or self).screen().availableGeometry().size()
        self.resize(_SIZE.boundedTo(room * _SHARE))
        self.setSizeGripEnabled(True)
        choices = [(GUIDE, self.tr("User guide")), (GLOSSARY, self.tr("Glossary"))]
        self.documents = SegmentedChoice(choices, self.tr("Document"))
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Find"))
        self.words.setAccessibleName(self.tr("Words to find"))
        self.words.setClearButtonEnabled(True)
        self.found = label("", "caption")
        self.previous = Button(self.tr("Previous"))
        self.next = Button(self.tr("Next"))
        self.contents = QListWidget()
        self.contents.setAccessibleName(self.tr("Contents"))
        self.text = QTextBrowser()
        self.text.setAccessibleName(self.tr("Text of the document"))
        self.text.setOpenLinks(False)
        self.contents.setSpacing(2)
        self._shown = ""
        self._matches: list[QTextCursor] = []
        self._place = 0
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for button in (self.previous, self.next):
            button.setAutoDefault(False)  # Return in the field finds the next place
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.documents)
        row.addStretch(1)
        row.addWidget(self.found)
        row.addWidget(self.words, 1)
        row.addWidget(self.previous)
        row.addWidget(self.next)
        parts = QSplitter()
        parts.addWidget(self.contents)
        parts.addWidget(self.text)
        parts.setSizes([_CONTENTS, _SIZE.width() - _CONTENTS])
        parts.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(parts, 1)

    def _connect(self) -> None:
        self.documents.chosen.connect(self.open_document)
        self.words.textChanged.connect(self._find)
        self.words.returnPressed.connect(self.find_next)
        self.next.clicked.connect(self.find_next)
        self.previous.clicked.connect(self.find_previous)
        self.text.anchorClicked.connect(self._follow)
        self.contents.currentItemChanged.connect(self._go_to_item)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._focus_words)
        QShortcut(QKeySequence(QKeySequence.StandardKey.FindPrevious), self, self.find_previous)

    @Slot(str)
    def open_document(self, name: str) -> None:
        """Show a document from its beginning."""
        self.documents.show_value(name)
        if name == self._shown:
            return
        self._shown = name
        self.text.setMarkdown(help_text(name))
        self.text.document().setDocumentMargin(_MARGIN)
        self._wrap_code()
        self.contents.clear()
        for block in self._headings():
            indent = "    " * max(block.blockFormat().headingLevel() - 2, 0)
            item = QListWidgetItem(indent + block.text(), self.contents)
            item.setToolTip(as_tooltip(block.text()))
        self._find()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.words.setFocus()

    def _wrap_code(self) -> None:
        """Break the lines of code too, so that nothing has to be scrolled sideways."""
        block = self.text.document().begin()
        while block.isValid():
            form = block.blockFormat()
            if form.nonBreakableLines():
                form.setNonBreakableLines(False)
                QTextCursor(block).setBlockFormat(form)
            block = block.next()

    def _headings(self) -> list[QTextBlock]:
        found, block = [], self.text.document().begin()
        while block.isValid():
            if 0 < block.blockFormat().headingLevel() <= _DEEPEST_HEADING:
                found.append(block)
            block = block.next()
        return found

    @Slot()
    def _focus_words(self) -> None:
        self.words.setFocus()
        self.words.selectAll()

    @Slot()
    def _find(self) -> None:
        """Mark every place at which the words stand, and go to the first of them."""
        self._matches, self._place = self._places_of(self.words.text().strip()), 0
        marks = []
        for match in self._matches:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = match
            mark.format.setBackground(QColor(current_theme().accent_soft))
            marks.append(mark)
        self.text.setExtraSelections(marks)
        self._show_match()

    def _places_of(self, words: str) -> list[QTextCursor]:
        document: QTextDocument = self.text.document()
        places: list[QTextCursor] = []
        match = document.find(words, 0) if words else QTextCursor()
        while not match.isNull():
            places.append(match)
            match = document.find(words, match)
        return places

    @Slot()
    def find_next(self) -> None:
        """Go to the next place, after the last to the first."""
        self._move(1)

    @Slot()
    def find_previous(self) -> None:
        """Go to the previous place, before the first to the last."""
        self._move(-1)

    def _move(self, step: int) -> None:
        if self._matches:
            self._place = (self._place + step) % len(self._matches)
            self._show_match()

    def _show_match(self) -> None:
        are_there = bool(self._matches)
        self.previous.setEnabled(are_there)
        self.next.setEnabled(are_there)
        if are_there:
            self.text.setTextCursor(self._matches[self._place])
            self.found.setText(self.tr("{0} of {1}").format(self._place + 1, len(self._matches)))
        else:
            self.found.setText(self.tr("not found") if self.words.text().strip() else "")

    @Slot()
    def _go_to_item(self) -> None:
        if (row := self.contents.currentRow()) >= 0:
            self._go_to(self._headings()[row])

    def _go_to(self, block: QTextBlock) -> None:
        """Scroll until a heading is at the top."""
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.setTextCursor(QTextCursor(block))

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        """Go to a heading or another document; leave addresses to the browser."""
        if link.scheme():
            open_page(link.toString())
            return
        if (name := document_of(link.path())) is not None:
            self.open_document(name)
        anchor = link.fragment()
        for block in self._headings():
            if anchor and anchor_of(block.text()) == anchor:
                self._go_to(block)
                return
