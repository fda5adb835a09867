"""The dialog that sets the engine up, shows how that goes, and repairs or removes what was set up."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from engine.environment.machine import Machine
from engine.environment.plan import plan_as_before
from engine.environment.program import EngineState, engine_state
from engine.environment.progress import Progress, Report
from engine.environment.setting_up import Setup
from engine.environment.work import RemoveEnvironment, UseEnvironment, Work
from gui.dialogs.confirm import confirm_loss
from gui.dialogs.details import DetailsDialog
from gui.engine_link.engine_setup import EngineSetup, SetupEnd
from gui.widgets.buttons import Button
from gui.widgets.engine_choices import EngineChoices
from gui.widgets.growing_dialog import grow
from gui.widgets.text import Role, label, set_role
from gui.words.formatting import format_bytes
from gui.words.messages import message_words

_THOUSANDTHS = 1000


class EngineDialog(QDialog):
    """Works on beside the window while it is hidden; ``ready`` is emitted whenever there is an engine to use."""

    ready = Signal()

    def __init__(self, setup: EngineSetup, machine: Machine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setup = setup
        self._machine = machine
        self._detail = ""
        self._was_stopped = False
        self.setWindowTitle(self.tr("Engine"))
        self.setMinimumWidth(560)
        self.heading = label("", "heading")
        self.explanation = label("", "muted", wrap=True)
        self.choices = EngineChoices(machine, plan_as_before(engine_state(), machine))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the setup"))
        self.verdict = label("", "muted", wrap=True)
        self.details = Button(self.tr("Details…"))
        self.remove = Button(self.tr("Remove…"))
        self.repair = Button(self.tr("Repair"))
        self.close_ = Button("")
        self.go = Button("", primary=True)
        self._lay_out()
        self.choices.changed.connect(self.refresh)
        self.go.clicked.connect(self._go)
        self.repair.clicked.connect(self._repair)
        self.remove.clicked.connect(self._remove)
        self.details.clicked.connect(self._show_details)
        self.close_.clicked.connect(self.reject)
        setup.progressed.connect(self._on_progress)
        setup.ended.connect(self._on_end)
        self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        for widget in (self.heading, self.explanation, self.choices, self.progress, self.verdict):
            column.addWidget(widget)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.remove, self.repair, self.details):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.close_)
        row.addWidget(self.go)
        column.addLayout(row)
        self.go.setDefault(True)
        self.progress.hide()
        self.verdict.hide()
        self.details.hide()

    def want_part(self, key: str) -> None:
        """Choose a part that is needed for what the person was about to do."""
        self.choices.parts[key].setChecked(True)

    @Slot()
    def refresh(self) -> None:
        """Show the state of the engine and what can be done."""
        state, busy = engine_state(), self.setup.is_busy
        self.heading.setText(self._heading(state))
        self.explanation.setText(self._explanation(state))
        self.choices.setVisible(not state.is_here)
        self.choices.setEnabled(not busy)
        self.repair.setVisible(bool(state.choice.place) and not busy)
        self.remove.setVisible(bool(state.choice.place or state.choice.python) and not busy)
        self.go.setVisible(not state.is_here)
        self.go.setEnabled(busy or self.choices.is_complete)
        self.go.setText(self._go_words(state))
        self.close_.setText(self.tr("Close") if state.problem is None or busy else self.tr("Later"))
        grow(self)

    def _heading(self, state: EngineState) -> str:
        if state.problem is None:
            return self.tr("The engine is set up")
        return self.tr("Set up the engine")

    def _explanation(self, state: EngineState) -> str:
        if state.is_here:
            return self.tr("The engine runs in the Python of LayerSwarm: {0}").format(state.python)
        if state.problem is not None and not (state.choice.place or state.choice.python):
            return self.tr(
                "The engine does the computing: PyTorch and what belongs to it. It gets a folder of its own; nothing "
                "is installed into your system, and you can remove it at any time."
            )
        if state.problem is not None:
            return message_words(state.problem)
        if state.is_outdated:
            return self.tr("It works, but LayerSwarm is tested with newer packages now: {0}").format(state.python)
        return self.tr("It runs in {0}").format(state.python)

    def _go_words(self, state: EngineState) -> str:
        if self.setup.is_busy:
            return self.tr("Pause")
        if self.choices.source_is_own:
            return self.tr("Use this environment")
        if self._was_stopped:
            return self.tr("Go on")
        return self.tr("Set up") if state.problem is not None else self.tr("Set up again")

    @Slot()
    def _go(self) -> None:
        if self.setup.is_busy:
            self.go.setEnabled(False)
            self.setup.stop()
        elif own := self.choices.own_environment:
            self._begin(partial(UseEnvironment, own))
        else:
            self._begin(partial(Setup, self.choices.plan))

    @Slot()
    def _repair(self) -> None:
        self._begin(partial(Setup, plan_as_before(engine_state(), self._machine), fresh=True))

    @Slot()
    def _remove(self) -> None:
        question = self.tr("Remove the engine?")
        lost = self.tr("Its packages are deleted, and nothing can be run until it is set up again.")
        if engine_state().choice.python:
            lost = self.tr("The environment itself stays as it is; nothing can be run until another one is chosen.")
        kept = self.tr("Your projects, exports and models stay.")
        if confirm_loss(question, lost, kept, self.tr("Remove"), self):
            self._begin(lambda _report: RemoveEnvironment())

    def _begin(self, make: Callable[[Report], Work]) -> None:
        self._was_stopped, self._detail = False, ""
        self.details.hide()
        self.progress.setRange(0, 0)
        self.progress.show()
        self._show(self.tr("Starting…"), "muted")
        self.setup.start(make)
        self.refresh()

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        words = message_words(progress.sentence)
        if progress.total > progress.done:
            self.progress.setRange(0, _THOUSANDTHS)
            self.progress.setValue(_THOUSANDTHS * progress.done // progress.total)
            sizes = format_bytes(progress.done), format_bytes(progress.total)
            words = self.tr("{0}: {1} of {2}").format(words, *sizes)
        else:
            self.progress.setRange(0, 0)
        self._show(words, "muted")

    @Slot(object)
    def _on_end(self, end: SetupEnd) -> None:
        self.progress.hide()
        self._was_stopped = end.ending != "done"
        self._detail = end.detail
        self.details.setVisible(bool(end.detail))
        roles: dict[str, Role] = {"done": "good", "stopped": "warn", "failed": "bad"}
        self._show(end.sentence, roles[end.ending])
        self.refresh()
        if engine_state().problem is None:
            self.ready.emit()

    def _show(self, sentence: str, role: Role) -> None:
        set_role(self.verdict, role)
        self.verdict.setText(sentence)
        self.verdict.show()
        grow(self)

    @Slot()
    def _show_details(self) -> None:
        DetailsDialog(self.tr("What the installer printed last"), self._detail, self).exec()
