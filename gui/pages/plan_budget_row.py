"""One unit of the budget: a radio button, a slider and a field that show the same number."""

import math
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QRadioButton, QSlider

from gui.project.budget_preview import BudgetEffect
from gui.project.settings_info import tooltip
from gui.widgets.number_fields import DecimalField, WholeField
from gui.widgets.setting_fields import FIELD_WIDTH
from gui.widgets.text import label
from gui.words.formatting import NOTHING

BudgetKind = Literal["layers", "percent", "megabytes", "speedup"]
_FIELD_EDGES = 56
"""Pixels of padding and of the arrows."""
_STEPS = 1000


@dataclass(frozen=True)
class BudgetUnit:
    """Labels and limits of one unit of the budget."""

    kind: BudgetKind
    name: str
    remark: str
    suffix: str
    decimals: int
    highest: float
    lowest: float = 0.0


@dataclass(frozen=True)
class SizeUnit:
    """A unit of sizes on disk."""

    suffix: str
    megabytes: float
    decimals: int


_SIZE_UNITS = (SizeUnit(" GB", 1e3, 3), SizeUnit(" MB", 1.0, 1), SizeUnit(" kB", 1e-3, 1))
_FROM = (10e9, 2e6, 0.0)
"""Bytes of a model from which each unit is used: a large one has no figures of nine digits, a small one some steps."""


def size_unit(size: float) -> SizeUnit:
    """Return the unit for the sizes of a model that has ``size`` bytes."""
    return next(unit for unit, least in zip(_SIZE_UNITS, _FROM, strict=True) if size >= least)


class BudgetRow(QObject):
    """Emits ``previewed`` while the slider is dragged, and ``given`` once a number is set."""

    previewed = Signal(str, float)
    given = Signal(str, float)

    def __init__(self, words: BudgetUnit) -> None:
        super().__init__()
        self.words = words
        self.kind: BudgetKind = words.kind
        self.radio = QRadioButton(words.name)
        self.radio.setProperty("kind", words.kind)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setTracking(False)
        self.slider.setMinimumWidth(110)
        policy = self.slider.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.slider.setSizePolicy(policy)
        self.slider.setInvertedAppearance(words.kind == "megabytes")
        self.slider.setInvertedControls(words.kind == "megabytes")
        self.slider.setAccessibleName(f"{words.name} ({words.remark})")
        self.field: WholeField | DecimalField = DecimalField() if words.decimals else WholeField()
        self._prepare_field()
        for part in (self.radio, self.slider, self.field):
            part.setToolTip(tooltip(f"budget.{words.kind}"))
        self._low, self._high = words.lowest, words.highest
        self.unit = SizeUnit(words.suffix, 1.0, words.decimals)
        """The unit shown."""
        self.field.valueChanged.connect(self._emit_field)
        self.slider.sliderMoved.connect(self._preview)
        self.slider.valueChanged.connect(self._emit_slider)

    def _prepare_field(self) -> None:
        field, words = self.field, self.words
        field.setFixedWidth(FIELD_WIDTH)
        field.setAccessibleName(words.name)
        field.setSuffix(words.suffix)
        if isinstance(field, DecimalField):
            field.setDecimals(words.decimals)
            field.setSingleStep(10.0**-words.decimals if words.kind == "speedup" else 1.0)
            field.setRange(words.lowest, words.highest)
        else:
            field.setRange(int(words.lowest), int(words.highest))

    def put_into(self, grid: QGridLayout, row: int) -> None:
        """Add the widgets to one row of a grid."""
        grid.addWidget(self.radio, row, 0)
        grid.addWidget(self.slider, row, 1)
        grid.addWidget(self.field, row, 2)
        grid.addWidget(label(self.words.remark, "caption", wrap=True), row, 3)

    def show_slider(self, is_known: bool) -> None:
        """Hide the slider while its range is unknown, since its handle would stand for no amount."""
        self.slider.setVisible(is_known)

    def set_range(self, low: float, high: float) -> None:
        """Set the range of the slider, from nothing removed to everything that may be removed."""
        self._low, self._high = low, max(high, low)
        self._widen_field()
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, int(high - low) if self.kind == "layers" else _STEPS)
            self.slider.setPageStep(1 if self.kind == "layers" else _STEPS // 20)

    def show_in(self, unit: SizeUnit) -> None:
        """Show the sizes in another unit; what the row emits stays in megabytes."""
        if unit == self.unit or not isinstance(self.field, DecimalField):
            return
        self.unit = unit
        with QSignalBlocker(self.field):
            self.field.setSuffix(unit.suffix)
            self.field.setDecimals(unit.decimals)
            self.field.setRange(self.words.lowest / unit.megabytes, self.words.highest / unit.megabytes)

    def _widen_field(self) -> None:
        """Make room for the largest number, which for a model of 100 GB has nine characters."""
        longest = f"{self._high / self.unit.megabytes:.{self.unit.decimals}f}{self.unit.suffix}"
        self.field.setFixedWidth(max(FIELD_WIDTH, self.field.fontMetrics().horizontalAdvance(longest) + _FIELD_EDGES))

    def show_number(self, value: float | None) -> None:
        """Show a number without emitting a signal; None if it is unknown."""
        self.field.setEnabled(value is not None)
        self.slider.setEnabled(value is not None and self._high > self._low)
        special = "" if value is not None else NOTHING
        if special != self.field.specialValueText():
            self.field.setSpecialValueText(special)
        number = self.field.minimum() if value is None else value / self.unit.megabytes
        if self.field.value() != number:  # setting the same value again would undo what is being typed
            with QSignalBlocker(self.field):
                self.field.show_number(number)
            self.field.check()
        if value is not None and not self.slider.isSliderDown():
            with QSignalBlocker(self.slider):
                self.slider.setValue(self._step_of(value))

    @property
    def number(self) -> float:
        """The number in the field."""
        return self._in_megabytes(round(float(self.field.value()), self.unit.decimals))

    def _in_megabytes(self, shown: float) -> float:
        """Return a number in the setting's unit, without the digits that a product of floats has too many."""
        return round(shown * self.unit.megabytes, 6) if self.kind == "megabytes" else shown

    def _step_of(self, value: float) -> int:
        span = self._high - self._low
        if self.kind == "layers":
            return int(value - self._low)
        return round(_STEPS * (value - self._low) / span) if span > 0 else 0

    def _number_at(self, step: int) -> float:
        """Return the number of a slider step, rounded so that both ends of the slider stay within the range."""
        if self.kind == "layers":
            return self._low + step
        value = self._low + step / _STEPS * (self._high - self._low)
        scale = 10**self.unit.decimals / self.unit.megabytes
        rounded = math.ceil(value * scale - 1e-6) if self.kind == "megabytes" else math.floor(value * scale + 1e-6)
        return float(rounded / scale)

    @Slot()
    def _emit_field(self) -> None:
        self.given.emit(self.kind, self.number)

    @Slot(int)
    def _preview(self, step: int) -> None:
        self.previewed.emit(self.kind, self._number_at(step))

    @Slot(int)
    def _emit_slider(self, step: int) -> None:
        self.given.emit(self.kind, self._number_at(step))

    def amount_of(self, outcome: BudgetEffect) -> float:
        """Return an effect in the row's kind of budget, rounded so that it resolves to the same number of layers."""
        match self.kind:
            case "layers":
                return float(outcome.layers)
            case "percent":
                return math.floor(1000 * outcome.share_removed) / 10
            case "megabytes":
                step: float = 1e6 * self.unit.megabytes / 10**self.unit.decimals
                return float(round(math.ceil(outcome.bytes / step) * step / 1e6, 6))
            case "speedup":
                return math.floor(100 * outcome.speedup) / 100
