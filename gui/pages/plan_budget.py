"""The budget card: how small the model must become, in four units, and which layers are protected."""

from functools import partial
from typing import cast

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy

from engine.api.events import LayerAnalysed, ModelPrepared
from engine.api.settings import AnalysisSettings, BudgetSettings, Settings
from gui.pages.plan_budget_row import BudgetKind, BudgetRow, BudgetUnit, size_unit
from gui.project.budget_preview import BudgetEffect, budget_effect, largest_effect, protected_layers, wanted_amounts
from gui.project.plan_problem import budget_problem
from gui.project.session import Session
from gui.widgets.buttons import Button
from gui.widgets.card import Card, rule
from gui.widgets.figure import Figure, FigureRow
from gui.widgets.layer_strip import LayerStrip
from gui.widgets.strip_legend import StripLegend
from gui.widgets.text import label, set_role
from gui.words.formatting import format_bytes, format_count, format_number, format_percent, localised


class BudgetCard(Card):
    """Four linked sliders with fields; the one set last is the budget, and the others show its effect."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            self.tr("Budget"), self.tr("How small the model must become. Set any one of these; the others follow.")
        )
        self._session = session
        self.rows = {words.kind: BudgetRow(words) for words in self._words()}
        self.radios = QButtonGroup(self)
        for row in self.rows.values():
            self.radios.addButton(row.radio)
            row.given.connect(self._save)
            row.previewed.connect(self._preview)
            row.field.faulted.connect(partial(session.plan_faults.note_entry, f"budget.{row.kind}"))
            session.project_opened.connect(row.field.restore)
        self.figures = {
            "left": Figure(self.tr("Remaining layers")),
            "parameters": Figure(self.tr("Parameters")),
            "bytes": Figure(self.tr("Size")),
            "share": Figure(self.tr("Smaller by")),
            "speed": Figure(
                self.tr("Estimated decode"),
                self.tr(
                    "Decoding a token reads all weights once, so its time is taken as proportional to the "
                    "remaining bytes."
                ),
            ),
        }
        self.verdict = label("", "warn", wrap=True)
        self.strip = LayerStrip(editable=True)
        self.strip.setAccessibleName(self.tr("Protected layers"))
        self.strip_note = label("", "caption", wrap=True)
        self.reset = Button(self.tr("Protect the first {0} and last {1}"), quiet=True)
        self._protection = label("", "muted")
        self._lay_out()
        self.radios.buttonClicked.connect(self._choose_kind)
        self.strip.protection_toggled.connect(self._toggle_protection)
        self.reset.clicked.connect(self._reset_protection)

    def _words(self) -> tuple[BudgetUnit, ...]:
        return (
            BudgetUnit("layers", self.tr("Layers to remove"), self.tr("exactly"), "", 0, 2048),
            BudgetUnit("percent", self.tr("Smaller by"), self.tr("at least (on disk)"), " %", 1, 99.9),
            BudgetUnit("megabytes", self.tr("Resulting size"), self.tr("at most (on disk)"), " MB", 1, 1e8),
            BudgetUnit("speedup", self.tr("Faster decoding"), self.tr("at least (estimated)"), " ×", 2, 1000.0, 1.0),
        )

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(9)
        for place, row in enumerate(self.rows.values()):
            row.put_into(grid, place)
        grid.setColumnStretch(1, 1)
        self.add(grid)
        self.add(rule())
        self._figure_row = FigureRow(*self.figures.values())
        self.add(self._figure_row)
        self.add(self.verdict)
        self.add(self.strip)
        self.add(self.strip_note)
        foot = QGridLayout()
        self._legend = StripLegend("kept", "protected")
        foot.addWidget(self._legend, 0, 0)
        foot.addWidget(self._protection, 0, 1)
        foot.addWidget(self.reset, 0, 2)
        foot.setColumnStretch(0, 1)
        foot.setHorizontalSpacing(12)
        self.verdict.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.add(foot)

    def refresh(self) -> None:
        """Show the current budget and its effect."""
        settings, model = self._session.settings, self._session.plan_model
        kind = _kind_of(settings.budget)
        for row in self.rows.values():
            row.show_slider(model is not None)
            row.radio.setChecked(row.kind == kind)
            row.radio.setEnabled(model is not None or row.kind == kind)
        for part in (self._figure_row, self.strip, self.strip_note, self._legend, self._protection):
            part.setVisible(model is not None)
        if model is None:
            self._show_numbers(settings.budget, None)
            self.verdict.setText(self.tr("The effect is shown once the model has been inspected."))
            set_role(self.verdict, "muted")
            self.verdict.show()
            self.reset.hide()
            return
        self._set_ranges(settings, model)
        self._show_plan(settings, model)
        self._show_protection(model)

    def _set_ranges(self, settings: Settings, model: ModelPrepared) -> None:
        most = largest_effect(settings, model)
        self.rows["layers"].set_range(0, most.layers)
        self.rows["percent"].set_range(0.0, self.rows["percent"].amount_of(most))
        self.rows["megabytes"].show_in(size_unit(model.bytes))
        self.rows["megabytes"].set_range(self.rows["megabytes"].amount_of(most), model.bytes / 1e6)
        self.rows["speedup"].set_range(1.0, self.rows["speedup"].amount_of(most))

    def _show_plan(self, settings: Settings, model: ModelPrepared) -> None:
        outcome = budget_effect(settings, model)
        self._show_numbers(settings.budget, None if outcome.problem else outcome)
        self._show_outcome(settings, outcome, model)

    def _show_numbers(self, budget: BudgetSettings, outcome: BudgetEffect | None) -> None:
        """Show the set value as it was entered and the others as its effect, so that switching keeps the budget."""
        for kind, row in self.rows.items():
            given = getattr(budget, kind)
            row.show_number(given if given is not None or outcome is None else row.amount_of(outcome))

    def _show_outcome(self, settings: Settings, outcome: BudgetEffect, model: ModelPrepared) -> None:
        self.figures["left"].show_value(str(outcome.layers_left), self.tr("of {0}").format(model.layers))
        self.figures["parameters"].show_value(
            format_count(outcome.parameters), self.tr("of {0}").format(format_count(model.parameters))
        )
        self.figures["bytes"].show_value(
            format_bytes(outcome.bytes), self.tr("of {0}").format(format_bytes(model.bytes))
        )
        self.figures["share"].show_value(
            format_percent(outcome.share_removed), self.tr("%n layers removed", "", outcome.layers)
        )
        self.figures["speed"].show_value(localised(f"{outcome.speedup:.2f} ×"), self.tr("not measured yet"))
        set_role(self.verdict, "warn")
        problem = budget_problem(settings, model)
        self.verdict.setText(problem)
        self.verdict.setVisible(bool(problem))

    def _show_protection(self, model: ModelPrepared) -> None:
        analysis = self._session.settings.analysis
        protected = protected_layers(analysis, model.layers, model.needed_layers)
        self.strip.show_layers(model.layers, protected)
        layers = self._session.state.layers
        self.strip.show_importance(
            _importance(layers), {layer: format_number(each.kl) for layer, each in layers.items()}
        )
        self.strip_note.setText(
            self.tr(
                "The fuller a cell, the more the model needs this layer (KL when it alone is removed, from "
                "the latest analysis). Click a layer to protect or unprotect it, or use the arrow keys and "
                "the space bar."
            )
            if layers
            else self.tr("Click a layer to protect or unprotect it, or use the arrow keys and the space bar.")
        )
        words = self.tr("{0} protected, {1} may be removed").format(len(protected), model.layers - len(protected))
        self._protection.setText(words)
        defaults = self.tr("Protect the first {0} and last {1}").format(analysis.protect_first, analysis.protect_last)
        self.reset.setText(defaults)
        self.reset.setVisible(analysis.protected is not None)

    @Slot(str, float)
    def _save(self, kind: str, value: float) -> None:
        for row in self.rows.values():
            if row.kind != kind:
                row.field.restore()
        number = int(value) if kind == "layers" else value
        self._session.change({f"budget.{kind}": number}, self.tr("Change budget"))

    @Slot(str, float)
    def _preview(self, kind: str, value: float) -> None:
        """Show the effect of a slider while it is dragged, without saving it."""
        model = self._session.plan_model
        if model is None:
            return
        number = int(value) if kind == "layers" else value
        budget = BudgetSettings(**{kind: number})  # type: ignore[arg-type]
        self._show_plan(msgspec.structs.replace(self._session.settings, budget=budget), model)
        self.rows[cast(BudgetKind, kind)].radio.setChecked(True)

    @Slot(QAbstractButton)
    def _choose_kind(self, button: QAbstractButton) -> None:
        """Ask for the same amount in another unit, also where it is out of reach."""
        kind, model = cast(BudgetKind, button.property("kind")), self._session.plan_model
        for row in self.rows.values():
            row.field.restore()
        settings = self._session.settings
        if model is not None and budget_effect(settings, model).problem and kind != _kind_of(settings.budget):
            self._save(kind, wanted_amounts(settings.budget, model)[kind])
        else:
            self._save(kind, self.rows[kind].number)

    @Slot(int)
    def _toggle_protection(self, layer: int) -> None:
        model = self._session.plan_model
        if model is None:
            return
        protected = set(protected_layers(self._session.settings.analysis, model.layers, model.needed_layers)) ^ {layer}
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


def _importance(layers: dict[int, LayerAnalysed]) -> dict[int, float]:
    """Return each layer's rank by the KL of removing it alone, scaled from 0 (needed least) to 1 (needed most).

    Ranks instead of values, because one indispensable layer would make all others look alike.
    """
    ranked = sorted(layers, key=lambda layer: layers[layer].kl)
    return {layer: place / max(len(ranked) - 1, 1) for place, layer in enumerate(ranked)}
