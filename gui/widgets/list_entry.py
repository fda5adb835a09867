"""A setting that is a list of names: a field that adds one, and a button for each that removes it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from engine.api.editing import value_of
from engine.api.safe_text import safe_line
from gui.project.session import Session
from gui.project.settings_info import tooltip
from gui.widgets.buttons import Button
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.number_fields import mark
from gui.widgets.setting_fields import FIELD_HEIGHT
from gui.widgets.text import as_tooltip

_BETWEEN = 6
"""Pixels between items."""
_WIDEST = 400
"""Most pixels of an item's text, so that it fits the narrowest window."""
_LINE_BREAK = "⏎"


class NameEdit(QLineEdit):
    """A line edit that reports when somebody begins to use it."""

    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Emit ``entered``."""
        super().focusInEvent(event)
        self.entered.emit()


class _Items(QWidget):
    """Buttons in as many lines as they need."""

    def __init__(self) -> None:
        super().__init__()
        self.flow = FlowLayout(self, _BETWEEN, _BETWEEN)

    def fit(self) -> None:
        """Become as tall as the lines at the present width, which forms do not ask for."""
        self.setFixedHeight(self.flow.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()


class ListEntry(QWidget):
    """Adds to and removes from a setting; a line break within an item is shown, and may be typed, as ⏎ or ``\\n``."""

    def __init__(self, session: Session, key: str, text: str, example: str) -> None:
        """Create the field; ``example`` is shown while it is empty."""
        super().__init__()
        self._session, self._key, self._text = session, key, text
        self.buttons: list[Button] = []
        """The button of each item, in their order."""
        self._shown: tuple[str, ...] | None = None
        self.fault_of: Callable[[str], str] = lambda _item: ""
        """Returns why an item cannot be added; empty if it can."""
        self.entry = NameEdit()
        self.entry.setPlaceholderText(example)
        self.entry.setToolTip(tooltip(key))
        self.entry.setFixedHeight(FIELD_HEIGHT)
        self.entry.setMinimumWidth(140)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.add_button = Button(self.tr("Add"))
        self.add_button.setEnabled(False)
        self._names = QStringListModel(self)
        self._items = _Items()
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self.entry, 1)
        self._row.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_BETWEEN)
        column.addLayout(self._row)
        column.addWidget(self._items)
        self.entry.returnPressed.connect(self._add_typed)
        self.entry.textChanged.connect(self._on_typed)
        self.add_button.clicked.connect(self._add_typed)
        session.settings_changed.connect(self.show_setting)
        self.show_setting()

    def setAccessibleName(self, name: str) -> None:
        """Name the field."""
        super().setAccessibleName(name)
        self.entry.setAccessibleName(name)

    def put_beside(self, button: Button) -> None:
        """Add a button behind the others."""
        self._row.addWidget(button)

    def offer(self, names: tuple[str, ...]) -> None:
        """Suggest names while one is being typed, wherever in them the typed text is."""
        self._names.setStringList(list(names))
        if self.entry.completer() is None:
            completer = QCompleter(self._names, self)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.entry.setCompleter(completer)

    def add_item(self, item: str) -> None:
        """Append an item to the setting, unless it is in it."""
        items = self._current()
        if item not in items:
            self._session.change({self._key: [*items, item]}, self._text)

    @Slot()
    def show_setting(self) -> None:
        """Show the current items."""
        items = self._current()
        if items == self._shown:
            return
        self._shown = items
        for old in self.buttons:
            self._items.flow.removeWidget(old)
            old.hide()
            old.deleteLater()  # not at once: it may be the one that was clicked
        self.buttons = list(map(self._button_of, items))
        for button in self.buttons:
            self._items.flow.addWidget(button)
            button.show()  # a layout leaves out what is hidden
        self._items.setVisible(bool(items))
        self._items.fit()

    def _button_of(self, item: str) -> Button:
        line = safe_line(item.replace("\n", _LINE_BREAK))
        short = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, _WIDEST)
        button = Button(f"{short.replace('&', '&&')}  ×")
        words = self.tr("Remove {0}").format(line)
        button.setToolTip(as_tooltip(words))
        button.setAccessibleName(words)
        button.clicked.connect(partial(self._remove, item))
        return button

    def _current(self) -> tuple[str, ...]:
        value = value_of(self._session.settings, self._key)
        return tuple(map(str, value)) if isinstance(value, list | tuple) else ()

    @Slot()
    def _on_typed(self) -> None:
        self.add_button.setEnabled(bool(self.entry.text().strip()))
        mark(self.entry, "")

    @Slot()
    def _add_typed(self) -> None:
        item = self.entry.text().strip().replace("\\n", "\n").replace(_LINE_BREAK, "\n")
        if not item:
            return
        sentence = self.fault_of(item)
        mark(self.entry, sentence)
        if not sentence:
            self.add_item(item)
            self.entry.clear()

    def _remove(self, item: str) -> None:
        self._session.change({self._key: [each for each in self._current() if each != item]}, self._text)
