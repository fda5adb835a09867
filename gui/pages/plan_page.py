"""The Plan page: budget, search, texts, recovery and device of the next run."""

from collections.abc import Iterator

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.api.presets import PRESETS, preset_of
from gui.pages.page import Page
from gui.pages.plan_budget import BudgetCard
from gui.pages.plan_calibration import CalibrationCard
from gui.pages.plan_compensation import CompensationCard
from gui.pages.plan_device import DeviceCard
from gui.pages.plan_evaluation import EvaluationCard
from gui.pages.plan_import_export import PlanImportExport
from gui.pages.plan_presets import OwnPresets
from gui.pages.plan_recovery import RecoveryCard
from gui.pages.plan_search import SearchCard
from gui.project.plan_estimator import preset_plan, preset_plans
from gui.project.session import Session
from gui.widgets.buttons import SegmentedChoice
from gui.widgets.text import label
from gui.words.plan_words import brief_plan_words


class PlanPage(Page):
    """Every change is saved at once and can be undone. The page is locked during a run."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, self.tr("Plan"), "")

    def parts(self) -> Iterator[None]:
        """Create the presets, then a card for each part of the plan."""
        session = self.session
        names = {
            "No training": self.tr("No training"),
            "Quick": self.tr("Quick"),
            "Balanced": self.tr("Balanced"),
            "Thorough": self.tr("Thorough"),
        }
        self.presets = SegmentedChoice([(name, names.get(name, name)) for name in PRESETS], self.tr("Amount of work"))
        self.presets.chosen.connect(self._use_preset)
        session.local_devices.estimates_changed.connect(self._show_amounts)
        self._preset_note = label("", "muted", wrap=True)
        self.own_presets = OwnPresets(session)
        amounts = QHBoxLayout()
        amounts.setSpacing(12)
        amounts.addWidget(self.presets)
        amounts.addStretch(1)
        self.column.addLayout(amounts)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._preset_note, 1)
        row.addWidget(self.own_presets)
        self.share = PlanImportExport(session)
        row.addWidget(self.share)
        self.column.addLayout(row)
        yield
        left, right = self.body.add_columns()
        self.budget = BudgetCard(session)
        left.addWidget(self.budget)
        yield
        self.search = SearchCard(session)
        left.addWidget(self.search)
        yield
        self.calibration = CalibrationCard(session)
        right.addWidget(self.calibration)
        yield
        self.compensation = CompensationCard(session)
        right.addWidget(self.compensation)
        yield
        self.recovery = RecoveryCard(session)
        right.addWidget(self.recovery)
        yield
        self.evaluation = EvaluationCard(session)
        left.addWidget(self.evaluation)
        yield
        self.device = DeviceCard(session)
        right.addWidget(self.device)
        self._cards: tuple[QWidget, ...] = (self.budget, self.search, self.calibration, self.compensation)
        self._cards += (self.recovery, self.evaluation, self.device)

    def draw(self) -> Iterator[None]:
        """Show the current settings."""
        project = self.session.project
        is_running = self.session.jobs.running("run") is not None
        locked = is_running or (project is not None and project.read_only)
        preset = preset_of(self.session.settings)
        self.presets.show_value(preset)
        notes = {
            "No training": self.tr("Removed layers are compensated only; for machines on which training does not fit."),
            "Quick": self.tr("A first look in a few minutes."),
            "Balanced": self.tr("A good result for most models."),
            "Thorough": self.tr("For a model that you will use for a long time."),
        }
        self._preset_note.setText(notes.get(preset or "", self.tr("Custom settings.")))
        self.presets.setEnabled(not locked)
        self.own_presets.lock(locked)
        self.share.lock(locked)
        self.share.refresh()
        for card in self._cards:
            card.setEnabled(not locked)
        self.sentence.setText(self._sentence(is_running))
        for card in (self.budget, self.search, self.compensation, self.recovery, self.evaluation, self.device):
            yield
            card.refresh()
        self._show_amounts()
        self.device.plan_later()

    def _sentence(self, is_running: bool) -> str:
        if is_running:
            return self.tr("Locked during the run, which uses the plan it was started with.")
        if self.session.project is not None and self.session.project.read_only:
            return self.tr("Read-only: this project was written by a newer version of LayerSwarm.")
        return self.tr(
            "How small the model becomes and how the search gets there. Changes are saved at once and can be undone."
        )

    @Slot()
    def _show_amounts(self) -> None:
        """Show on each preset what it would take, once that is estimated."""
        for name, plan in preset_plans(self.session).items():
            estimate = self.session.local_devices.estimate_of(plan)
            self.presets.show_note(name, brief_plan_words(estimate) if estimate is not None else "")

    @Slot(str)
    def _use_preset(self, name: str) -> None:
        suited = self.session.attempt(lambda: preset_plan(self.session, name))
        if suited is not None:
            self.session.use_settings(suited, self.tr("Choose preset"))
