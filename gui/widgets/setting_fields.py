"""Fields that show one setting each, save a change at once and follow undo."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QDoubleSpinBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from engine.api.editing import value_of
from gui.project.session import Session
from gui.project.settings_info import bounds, tooltip
from gui.widgets.text import label

FIELD_WIDTH = 130
FIELD_HEIGHT = 32


def form() -> QFormLayout:
    """Names at the left in one column, fields at their size to the right."""
    result = QFormLayout()
    result.setHorizontalSpacing(14)
    result.setVerticalSpacing(9)
    result.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
    return result


def add_field(layout: QFormLayout, name: str, field: QWidget) -> None:
    """Add a named row; the name is the field's accessible name too."""
    caption = label(name, "muted", wrap=True)
    caption.setMinimumWidth(120)
    caption.setMinimumHeight(FIELD_HEIGHT)
    caption.setBuddy(field)
    caption.setToolTip(field.toolTip())
    if isinstance(field, QComboBox | QAbstractSpinBox):
        field.setFixedHeight(FIELD_HEIGHT)
    if not field.accessibleName():
        field.setAccessibleName(name)
    layout.addRow(caption, field)


class SettingSpin(QSpinBox):
    """A whole number among the settings."""

    def __init__(self, session: Session, key: str, text: str, suffix: str = "") -> None:
        super().__init__()
        self._session, self._key, self._text = session, key, text
        limits = bounds(key)
        self.setRange(int(limits.low), int(min(limits.high, 2**31 - 1)))
        self.setKeyboardTracking(False)
        self.setGroupSeparatorShown(False)
        self.setSuffix(suffix)
        self.setFixedWidth(FIELD_WIDTH)
        self.setToolTip(tooltip(key))
        self.valueChanged.connect(self._save)
        session.settings_changed.connect(self.show_setting)
        self.show_setting()

    @Slot(int)
    def _save(self, value: int) -> None:
        self._session.change({self._key: value}, self._text)

    @Slot()
    def show_setting(self) -> None:
        """Show what the settings say."""
        value = value_of(self._session.settings, self._key)
        assert isinstance(value, int)
        if value == self.value():
            return  # setting it once more would undo what is being typed
        self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(False)


class SettingDecimal(QDoubleSpinBox):
    """A decimal number among the settings."""

    def __init__(
        self, session: Session, key: str, text: str, decimals: int, step: float, from_zero: bool = False
    ) -> None:
        """``from_zero`` lets the field go down to the setting's own lowest value, 0 among them."""
        super().__init__()
        self._session, self._key, self._text = session, key, text
        limits = bounds(key)
        self.setDecimals(decimals)
        self.setSingleStep(step)
        self.setRange(limits.low if from_zero else max(limits.low, 10.0**-decimals), limits.high)
        self.setKeyboardTracking(False)
        self.setFixedWidth(FIELD_WIDTH)
        self.setToolTip(tooltip(key))
        self.valueChanged.connect(self._save)
        session.settings_changed.connect(self.show_setting)
        self.show_setting()

    def textFromValue(self, value: float) -> str:
        """Without zeros at the end."""
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        if point not in text:
            return text
        whole, _, decimals = text.partition(point)
        return f"{whole}{point}{decimals.rstrip('0') or '0'}"

    @Slot(float)
    def _save(self, value: float) -> None:
        self._session.change({self._key: value}, self._text)

    @Slot()
    def show_setting(self) -> None:
        """Show what the settings say."""
        value = value_of(self._session.settings, self._key)
        assert isinstance(value, int | float)
        if value == self.value():
            return  # setting it once more would undo what is being typed
        self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(False)


class SettingLine(QLineEdit):
    """A name among the settings."""

    def __init__(self, session: Session, key: str, text: str, example: str = "") -> None:
        """``example`` is shown while the field is empty."""
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
        """Show what the settings say."""
        value = str(value_of(self._session.settings, self._key))
        if value != self.text():
            self.setText(value)


class SettingCombo(QComboBox):
    """One of a few words among the settings."""

    def __init__(self, session: Session, key: str, text: str, choices: Sequence[tuple[str, str]]) -> None:
        """``choices`` are pairs of value and words."""
        super().__init__()
        self._session, self._key, self._text = session, key, text
        self.setToolTip(tooltip(key))
        self.setMinimumWidth(FIELD_WIDTH)
        self.set_choices(choices)
        self.activated.connect(self._save)
        session.settings_changed.connect(self.show_setting)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other values."""
        self.clear()
        for value, words in choices:
            self.addItem(words, value)
        self.show_setting()

    @Slot(int)
    def _save(self, place: int) -> None:
        self._session.change({self._key: self.itemData(place)}, self._text)

    @Slot()
    def show_setting(self) -> None:
        """Show what the settings say; a value that is not on offer is added as it is."""
        value = value_of(self._session.settings, self._key)
        place = self.findData(value)
        if place < 0:
            self.addItem(str(value), value)
            place = self.count() - 1
        self.setCurrentIndex(place)
