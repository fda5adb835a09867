"""Fields that each show one setting, save changes at once and follow undo."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QBoxLayout,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QWidget,
)

from engine.api.editing import value_of
from gui.project.session import Session
from gui.project.settings_info import bounds, tooltip
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.number_fields import DecimalField, WholeField
from gui.widgets.text import label

CAPTION_WIDTH = 128
"""Width of the names of fields, the same in every card, so that fields stand below each other."""
FIELD_SPACING = 12
FIELD_WIDTH = 130
FIELD_HEIGHT = 32
_BETWEEN_FORMS = 20


def form() -> QFormLayout:
    """Return a form with names in one column on the left and fields of natural size on the right."""
    result = QFormLayout()
    result.setHorizontalSpacing(FIELD_SPACING)
    result.setVerticalSpacing(9)
    result.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    return result


class TwoForms(QWidget):
    """Two forms side by side, each in half of the card, so that all cards have the same columns.

    One is above the other where there is no room for both.
    """

    def __init__(self, left: QFormLayout, right: QFormLayout) -> None:
        super().__init__()
        self._forms = left, right
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for each in self._forms:
            self._layout.addLayout(each, 1)
        self._arrange(self._width_of_both)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the wider form, which suffices for both."""
        return QSize(max(each.minimumSize().width() for each in self._forms), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the forms for the new width."""
        super().resizeEvent(event)
        self._arrange(event.size().width())

    @property
    def _width_of_both(self) -> int:
        return sum(each.minimumSize().width() for each in self._forms) + _BETWEEN_FORMS

    def _arrange(self, width: int) -> None:
        has_room = width >= self._width_of_both
        direction = QBoxLayout.Direction.LeftToRight if has_room else QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(direction)
        self._layout.setSpacing(_BETWEEN_FORMS if has_room else self._forms[0].verticalSpacing())


def add_field(layout: QFormLayout, name: str, field: QWidget) -> None:
    """Add a named row; the name is also the field's accessible name."""
    caption = label(name, "muted", wrap=True)
    caption.setFixedWidth(CAPTION_WIDTH)
    caption.setMinimumHeight(FIELD_HEIGHT)
    caption.setBuddy(field)
    caption.setToolTip(field.toolTip())
    if caption.fontMetrics().horizontalAdvance(name) <= CAPTION_WIDTH:
        caption.setFixedHeight(FIELD_HEIGHT)  # beside the first line of a field that has several
    if isinstance(field, QComboBox | QAbstractSpinBox):
        field.setFixedHeight(FIELD_HEIGHT)
    if not field.accessibleName():
        field.setAccessibleName(name)
    layout.addRow(caption, field)


class SettingSpin(WholeField):
    """An integer setting."""

    def __init__(self, session: Session, key: str, text: str, suffix: str = "") -> None:
        super().__init__()
        self._session, self._key, self._text = session, key, text
        limits = bounds(key)
        self.setRange(int(limits.low), int(min(limits.high, 2**31 - 1)))
        self.setGroupSeparatorShown(False)
        self.setSuffix(suffix)
        self.setFixedWidth(FIELD_WIDTH)
        self.setToolTip(tooltip(key))
        self.valueChanged.connect(self._save)
        note_faults(session, key, self)
        self.show_setting()

    @Slot(int)
    def _save(self, value: int) -> None:
        self._session.change({self._key: value}, self._text)

    @Slot()
    def show_setting(self) -> None:
        """Show the current value."""
        value = value_of(self._session.settings, self._key)
        assert isinstance(value, int)
        if value == self.value():
            return  # setting the same value again would undo what is being typed
        self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(False)
        self.check()


class SettingDecimal(DecimalField):
    """A decimal setting."""

    def __init__(
        self, session: Session, key: str, text: str, decimals: int, step: float, from_zero: bool = False
    ) -> None:
        """Create the field; ``from_zero`` allows the setting's own minimum, including 0."""
        super().__init__()
        self._session, self._key, self._text = session, key, text
        limits = bounds(key)
        self.setDecimals(decimals)
        self.setSingleStep(step)
        self.setRange(limits.low if from_zero else max(limits.low, 10.0**-decimals), limits.high)
        self.setFixedWidth(FIELD_WIDTH)
        self.setToolTip(tooltip(key))
        self.valueChanged.connect(self._save)
        note_faults(session, key, self)
        self.show_setting()

    def textFromValue(self, value: float) -> str:
        """Format a value without trailing zeros."""
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        if point not in text:
            return text
        return text.rstrip("0").removesuffix(point)

    @Slot(float)
    def _save(self, value: float) -> None:
        self._session.change({self._key: value}, self._text)

    @Slot()
    def show_setting(self) -> None:
        """Show the current value."""
        value = value_of(self._session.settings, self._key)
        assert isinstance(value, int | float)
        if value == self.value():
            return  # setting the same value again would undo what is being typed
        self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(False)
        self.check()


def note_faults(session: Session, key: str, field: SettingSpin | SettingDecimal) -> None:
    """Keep a field in step with its setting, and the plan from starting while the field holds what cannot be used."""
    session.settings_changed.connect(field.show_setting)
    session.project_opened.connect(field.restore)
    field.faulted.connect(partial(session.plan_faults.note_entry, key))


class SettingLine(QLineEdit):
    """A text setting."""

    def __init__(self, session: Session, key: str, text: str, example: str = "") -> None:
        """Create the field; ``example`` is shown while it is empty."""
        super().__init__()
        self._session, self._key, self._text = session, key, text
        self.setToolTip(tooltip(key))
        self.setPlaceholderText(example)
        self.setFixedHeight(FIELD_HEIGHT)
        self.setMinimumWidth(FIELD_WIDTH)
        self.editingFinished.connect(self._save)
        session.settings_changed.connect(self.show_setting)
        self.show_setting()

    @Slot()
    def _save(self) -> None:
        if self.text().strip() != value_of(self._session.settings, self._key):
            self._session.change({self._key: self.text().strip()}, self._text)

    @Slot()
    def show_setting(self) -> None:
        """Show the current value."""
        value = str(value_of(self._session.settings, self._key))
        if value != self.text():
            self.setText(value)


class SettingCombo(ChoiceBox):
    """A setting with a few choices."""

    def __init__(self, session: Session, key: str, text: str, choices: Sequence[tuple[str, str]]) -> None:
        """Create the field; ``choices`` are pairs of value and label."""
        super().__init__()
        self._session, self._key, self._text = session, key, text
        self.setToolTip(tooltip(key))
        self.setMinimumWidth(FIELD_WIDTH)
        self.set_choices(choices)
        self.activated.connect(self._save)
        session.settings_changed.connect(self.show_setting)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other choices."""
        self.clear()
        for value, words in choices:
            self.addItem(words, value)
        self.show_setting()

    @Slot(int)
    def _save(self, place: int) -> None:
        self._session.change({self._key: self.itemData(place)}, self._text)

    @Slot()
    def show_setting(self) -> None:
        """Show the current value; a value that is not offered is added as it is."""
        value = value_of(self._session.settings, self._key)
        place = self.findData(value)
        if place < 0:
            self.addItem(str(value), value)
            place = self.count() - 1
        self.setCurrentIndex(place)
