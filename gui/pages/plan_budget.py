"""The budget card: how small the model must get, said in three ways, and which layers stay in any case."""

import math

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QDoubleSpinBox, QGridLayout, QRadioButton, QSpinBox

from engine.api.events import ModelPrepared
from engine.api.settings import AnalysisSettings, BudgetSettings
from gui.budget import Consequence, consequence_of, protected_layers
from gui.formatting import NOTHING, format_bytes, format_count, format_percent
from gui.session import Session
from gui.settings_info import tooltip
from gui.widgets.buttons import Button
from gui.widgets.card import Card, rule
from gui.widgets.figure import Figure, FigureRow
from gui.widgets.layer_strip import LayerStrip
from gui.widgets.setting_fields import FIELD_WIDTH
from gui.widgets.strip_legend import StripLegend
from gui.widgets.text import label, set_role


class BudgetCard(Card):
    """Three fields of which one decides; the others show what it comes to."""

    def __init__(self, session: Session) -> None:
        super().__init__(self.tr("Budget"), self.tr("How small the model must get. Give any one; the others follow."))
        self._session = session
        self.radios = QButtonGroup(self)
        self.layers, self.percent, self.megabytes = QSpinBox(), QDoubleSpinBox(), QDoubleSpinBox()
        self.layers.setRange(0, 2048)
        for decimal, high in ((self.percent, 99.9), (self.megabytes, 1e8)):
            decimal.setDecimals(1)
            decimal.setRange(0.0, high)
        for kind in ("layers", "percent", "megabytes"):
            _prepare(getattr(self, kind), f"budget.{kind}")
        self.figures = {
            "left": Figure(self.tr("Layers left")),
            "parameters": Figure(self.tr("Parameters")),
            "bytes": Figure(self.tr("Size")),
            "share": Figure(self.tr("Smaller by")),
        }
        self.verdict = label("", "warn", wrap=True)
        self.strip = LayerStrip(editable=True)
        self.strip.setAccessibleName(self.tr("Protected layers"))
        self.reset = Button(self.tr("Protect the first {0} and last {1}"), quiet=True)
        self._protection = label("", "muted")
        self._lay_out()
        self.layers.valueChanged.connect(self._save_layers)
        self.percent.valueChanged.connect(self._save_percent)
        self.megabytes.valueChanged.connect(self._save_megabytes)
        self.radios.buttonClicked.connect(self._choose_kind)
        self.strip.protection_toggled.connect(self._toggle_protection)
        self.reset.clicked.connect(self._reset_protection)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(9)
        self.percent.setSuffix(" %")
        self.megabytes.setSuffix(" MB")
        rows = (
            ("layers", self.tr("Layers to remove"), self.layers, self.tr("exactly")),
            ("percent", self.tr("Smaller by"), self.percent, self.tr("at least, of the bytes on disk")),
            ("megabytes", self.tr("Size of the result"), self.megabytes, self.tr("at most, on disk")),
        )
        for row, (kind, name, field, remark) in enumerate(rows):
            radio = QRadioButton(name)
            radio.setProperty("kind", kind)
            radio.setToolTip(field.toolTip())
            self.radios.addButton(radio)
            field.setAccessibleName(name)
            grid.addWidget(radio, row, 0)
            grid.addWidget(field, row, 1)
            grid.addWidget(label(remark, "caption"), row, 2)
        grid.setColumnStretch(2, 1)
        self.add(grid)
        self.add(rule())
        self._figure_row = FigureRow(*self.figures.values())
        self.add(self._figure_row)
        self.add(self.verdict)
        self.add(self.strip)
        foot = QGridLayout()
        self._legend = StripLegend("kept", "protected")
        foot.addWidget(self._legend, 0, 0)
        foot.addWidget(self._protection, 0, 1)
        foot.addWidget(self.reset, 0, 2)
        foot.setColumnStretch(0, 1)
        foot.setHorizontalSpacing(12)
        self.add(foot)

    def refresh(self) -> None:
        """Show budget and consequence of the present settings."""
        settings, model = self._session.settings, self._session.state.model
        kind = _kind_of(settings.budget)
        for radio in self.radios.buttons():
            radio.setChecked(radio.property("kind") == kind)
            radio.setEnabled(model is not None or radio.property("kind") == kind)
        for part in (self._figure_row, self.strip, self._legend, self._protection):
            part.setVisible(model is not None)
        if model is None:
            self._show_fields(settings.budget, None)
            self.verdict.setText(self.tr("What it comes to is shown once the model has been looked at."))
            set_role(self.verdict, "muted")
            self.verdict.show()
            self.reset.hide()
            return
        outcome = consequence_of(settings, model)
        self._show_fields(settings.budget, None if outcome.problem else outcome)
        self._show_outcome(outcome, model)
        self._show_protection(model)

    def _show_fields(self, budget: BudgetSettings, outcome: Consequence | None) -> None:
        layers, percent, megabytes = budget.layers, budget.percent, budget.megabytes
        if outcome is not None:  # rounded towards the same number of layers, so that choosing another field keeps it
            layers = layers if layers is not None else outcome.layers
            percent = percent if percent is not None else math.floor(1000 * outcome.share_removed) / 10
            megabytes = megabytes if megabytes is not None else math.ceil(outcome.bytes / 1e5) / 10
        for field, value in ((self.layers, layers), (self.percent, percent), (self.megabytes, megabytes)):
            field.setEnabled(value is not None)
            field.setSpecialValueText("" if value is not None else NOTHING)  # what it comes to is not known
            field.blockSignals(True)
            field.setValue(int(value or 0)) if isinstance(field, QSpinBox) else field.setValue(value or 0.0)
            field.blockSignals(False)

    def _show_outcome(self, outcome: Consequence, model: ModelPrepared) -> None:
        self.figures["left"].show_value(str(outcome.layers_left), self.tr("of {0}").format(model.layers))
        self.figures["parameters"].show_value(
            format_count(outcome.parameters), self.tr("of {0}").format(format_count(model.parameters))
        )
        self.figures["bytes"].show_value(
            format_bytes(outcome.bytes), self.tr("of {0}").format(format_bytes(model.bytes))
        )
        self.figures["share"].show_value(format_percent(outcome.share_removed))
        set_role(self.verdict, "warn")
        nothing = self.tr("This budget removes nothing: the model is already that small.")
        self.verdict.setText(outcome.problem or nothing)
        self.verdict.setVisible(bool(outcome.problem) or outcome.layers == 0)

    def _show_protection(self, model: ModelPrepared) -> None:
        analysis = self._session.settings.analysis
        protected = protected_layers(analysis, model.layers)
        self.strip.show_layers(model.layers, protected)
        words = self.tr("{0} protected, {1} may be removed").format(len(protected), model.layers - len(protected))
        self._protection.setText(words)
        defaults = self.tr("Protect the first {0} and last {1}").format(analysis.protect_first, analysis.protect_last)
        self.reset.setText(defaults)
        self.reset.setVisible(analysis.protected is not None)

    @Slot(int)
    def _save_layers(self, value: int) -> None:
        self._save("layers", value)

    @Slot(float)
    def _save_percent(self, value: float) -> None:
        self._save("percent", round(value, 1))

    @Slot(float)
    def _save_megabytes(self, value: float) -> None:
        self._save("megabytes", round(value, 1))

    def _save(self, kind: str, value: float) -> None:
        self._session.change({f"budget.{kind}": value}, self.tr("Change budget"))

    @Slot(QAbstractButton)
    def _choose_kind(self, button: QAbstractButton) -> None:
        kind = button.property("kind")
        if kind == "layers":
            self._save(kind, self.layers.value())
        else:
            self._save(kind, round((self.percent if kind == "percent" else self.megabytes).value(), 1))

    @Slot(int)
    def _toggle_protection(self, layer: int) -> None:
        model = self._session.state.model
        if model is None:
            return
        protected = set(protected_layers(self._session.settings.analysis, model.layers)) ^ {layer}
        self._set_protected(tuple(sorted(protected)))

    @Slot()
    def _reset_protection(self) -> None:
        self._set_protected(None)

    def _set_protected(self, protected: tuple[int, ...] | None) -> None:
        settings = self._session.settings
        analysis: AnalysisSettings = msgspec.structs.replace(settings.analysis, protected=protected)
        changed = msgspec.structs.replace(settings, analysis=analysis)
        self._session.use_settings(changed, self.tr("Change protected layers"))


def _kind_of(budget: BudgetSettings) -> str:
    return next(name for name in budget.__struct_fields__ if getattr(budget, name) is not None)


def _prepare(field: QSpinBox | QDoubleSpinBox, key: str) -> None:
    field.setKeyboardTracking(False)
    field.setFixedWidth(FIELD_WIDTH)
    field.setToolTip(tooltip(key))
