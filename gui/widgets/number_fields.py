"""Number fields that read numbers as people write them, and refuse with a sentence what they cannot use."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox, QToolTip, QWidget

from gui.widgets.text import as_tooltip
from gui.words.formatting import format_bound
from gui.words.number_reading import read_number
from gui.words.translation import tr

if TYPE_CHECKING:

    class _Mixed(QAbstractSpinBox):
        """What the mixin uses of the spin box that it is mixed with."""

        def prefix(self) -> str: ...
        def suffix(self) -> str: ...
        def value(self) -> Any: ...
        def minimum(self) -> Any: ...
        def maximum(self) -> Any: ...
        def textFromValue(self, value: Any) -> str: ...

else:
    _Mixed = object  # Qt's classes allow only one of them among the bases

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def mark(field: QWidget, sentence: str) -> None:
    """Mark a field whose content cannot be used, with the reason at the field; an empty sentence unmarks it."""
    if bool(field.property("faulty")) != bool(sentence):
        if sentence:
            field.setProperty("tooltip", field.toolTip())
        field.setProperty("faulty", bool(sentence))
        field.style().unpolish(field)
        field.style().polish(field)
    elif not sentence:
        return
    field.setAccessibleDescription(sentence)
    field.setToolTip(as_tooltip(sentence) if sentence else field.property("tooltip"))
    if sentence and field.isVisible():
        QToolTip.showText(field.mapToGlobal(QPoint(0, field.height())), as_tooltip(sentence), field)


def name_of(field: QWidget) -> str:
    """Return the name of a field without the meaning that may follow it."""
    return field.accessibleName().partition(":")[0]


def number_fault(name: str, text: str, low: float, high: float, whole: bool) -> str:
    """Return why a text cannot be used for a number within bounds; empty if it can."""
    number, shown = read_number(text), text.strip()
    if number is None:
        words = tr("{0}: “{1}” is not a number. Enter one from {2} to {3}.")
    elif not low <= number <= high:
        words = tr("{0}: {1} is out of reach. Enter a number from {2} to {3}.")
    elif whole and number != int(number):
        words = tr("{0}: {1} is not a whole number. Enter one from {2} to {3}.")
    else:
        return ""
    return words.format(name, shown, format_bound(low), format_bound(high))


class _Refusing(_Mixed):
    """What both kinds of fields share: content that cannot be used stays as it was typed, and is marked."""

    faulted: Signal

    def _prepare(self) -> None:
        self.setKeyboardTracking(False)
        self.lineEdit().textEdited.connect(self._on_edited)

    def validate(self, text: str, pos: int) -> object:
        """Let anything be typed; only what can be used is accepted."""
        state = QValidator.State.Intermediate if self._fault(text) else QValidator.State.Acceptable
        return state, text, pos

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what cannot be used as it was typed, instead of replacing it silently."""
        if self.check():
            super().focusOutEvent(event)
        else:
            self.lineEdit().event(event)
            QWidget.focusOutEvent(self, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Check on Return, and give up on Escape what cannot be used."""
        if event.key() in _ENTER and not self.check():
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and self._fault(self.text()):
            self.restore()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Show the saved value again when the page is left."""
        super().hideEvent(event)
        self.restore()

    def check(self) -> bool:
        """Mark the field if its content cannot be used, and return whether it can."""
        sentence = self._fault(self.text())
        self._mark(sentence)
        return not sentence

    def restore(self) -> None:
        """Show the value again in place of what was typed and cannot be used."""
        if self._fault(self.text()):
            self.lineEdit().setText(f"{self.prefix()}{self.textFromValue(self.value())}{self.suffix()}")
        self._mark("")

    def _fault(self, text: str) -> str:
        if self.specialValueText() and text == self.specialValueText():
            return ""
        typed = text.strip().removesuffix(self.suffix().strip())
        return number_fault(name_of(self), typed, self.minimum(), self.maximum(), isinstance(self, QSpinBox))

    def _mark(self, sentence: str) -> None:
        if sentence or self.property("faulty"):
            mark(self, sentence)
            self.faulted.emit(sentence)

    def _on_edited(self, text: str) -> None:
        if not self._fault(text):
            self._mark("")


class WholeField(_Refusing, QSpinBox):
    """A whole number. ``faulted`` is emitted with the reason when its content cannot be used, and empty when it can."""

    faulted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._prepare()

    def show_number(self, number: float) -> None:
        """Set the value."""
        self.setValue(int(number))

    def valueFromText(self, text: str) -> int:
        """Return the number that was typed."""
        number = read_number(text.removesuffix(self.suffix()))
        return self.value() if number is None else int(number)


class DecimalField(_Refusing, QDoubleSpinBox):
    """A decimal number; ``faulted`` as of ``WholeField``."""

    faulted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._prepare()

    def show_number(self, number: float) -> None:
        """Set the value."""
        self.setValue(number)

    def valueFromText(self, text: str) -> float:
        """Return the number that was typed."""
        number = read_number(text.removesuffix(self.suffix()))
        return self.value() if number is None else number
