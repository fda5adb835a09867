"""The state that the window works on: the open project, its shown run, and the engine's jobs."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack

from engine.api import events as ev
from engine.api.commands import CompareSearches, ExportRun, InspectModel, RunProject, StopMode
from engine.api.editing import with_values
from engine.api.errors import BadInput, LayerSwarmError
from engine.api.mended_project import open_or_mend
from engine.api.project import Project, Run
from engine.api.run_state import RunState
from engine.api.settings import ModelSettings, Settings
from gui.engine_link.job_end import JobEnd
from gui.engine_link.jobs import EngineJob, EngineJobs, JobKind
from gui.engine_link.local_devices import LocalDevices
from gui.project.code_trust import CodeTrust
from gui.project.error_words import words_for
from gui.project.plan_faults import PlanFaults
from gui.project.preferences import Preferences
from gui.project.project_worker import ProjectWorker
from gui.project.run_keeping import RunKeeper
from gui.project.run_loading import LoadedRun, add_event, awaited_run, concerning_run, free_in_pool, started_run
from gui.project.settings_change import SettingsChange
from gui.project.start_action import LAST_STAGE, StartAction, start_action_of
from gui.scheduling.step_scheduler import StepScheduler

T = TypeVar("T")


class Session(QObject):
    """The single object that pages read from and send requests to. Signals are emitted in the window's thread only."""

    project_opened = Signal(object)
    settings_changed = Signal(object)
    run_loaded = Signal(object)  # a list of events that replaces everything shown: a replayed journal, or nothing
    events_arrived = Signal(object)  # a list of new events that are already applied to ``state``
    job_ended = Signal(object, object)
    problem = Signal(object)  # a sentence that explains why a request of the user cannot be fulfilled
    busy_changed = Signal()
    engine_part_wanted = Signal(str)  # key of a part of the engine that is to be installed too

    def __init__(self, jobs: EngineJobs, preferences: Preferences) -> None:
        super().__init__()
        self.jobs, self.preferences = jobs, preferences
        self.scheduler, self.undo_stack = StepScheduler(self), QUndoStack(self)
        self.project: Project | None = None
        self.state = RunState()
        self.shown_run: Run | None = None  # the one that state describes; None with only a model, or nothing
        self.run_names: tuple[str, ...] = ()  # of the open project, oldest first
        self.local_devices, self.project_worker = LocalDevices(jobs, self), ProjectWorker(self)
        self.run_keeper = RunKeeper(self.project_worker)
        self.project_worker.done.connect(self._on_loaded)
        self.project_worker.busy_changed.connect(self.busy_changed)
        self._is_outdated = False  # whether the model was changed while a run was being loaded
        self._held_events: list[ev.AnyEvent] = []  # sent while a run was being loaded; they are applied after it
        self._last_seq = 0  # number of the last event already shown, as in ``LoadedRun``
        self._prepared: dict[ModelSettings, ev.ModelPrepared] = {}  # since this project was opened
        self.has_begun = False  # whether the engine has reported which run it works on
        self._latest_settings: Settings | None = None
        self.run_settings: Settings | None = None  # of the shown run, or of the one that has been started
        self._latest_complete = False
        self.code_trust = CodeTrust(self)
        self.code_trust.refused.connect(self.problem)
        self.project_opened.connect(self.code_trust.cancel)
        self.plan_faults = PlanFaults(jobs, lambda: self.settings.model, self)
        jobs.advanced.connect(self._on_events)
        jobs.ended.connect(self._on_job_ended)

    @property
    def settings(self) -> Settings:
        """The open project's settings, or the defaults."""
        return self.project.settings if self.project else Settings()

    @property
    def busy_text(self) -> str:
        """What is being loaded, copied or deleted in the background, as text; empty when idle."""
        return self.project_worker.busy_text

    def ensure_idle(self) -> bool:
        """Return whether no load, copy or deletion is running that may replace the shown run; else emit ``problem``."""
        if self.busy_text:
            self.problem.emit(self.tr("The project is being loaded or copied. Try again when that is finished."))
        return not self.busy_text

    def open(self, path: Path) -> bool:
        """Load a project and show it once it is loaded; return False and emit ``problem`` if it cannot be opened."""
        if (opened := self.attempt(lambda: open_or_mend(path))) is not None:
            self.project_worker.load(opened[0], problem=opened[1])
        return opened is not None

    def create(self, folder: Path, settings: Settings) -> bool:
        """Create a project and open it."""
        if (project := self.attempt(lambda: Project.create(folder, settings))) is not None:
            self._enter(LoadedRun(project))
        return project is not None

    def save_as(self, folder: Path) -> None:
        """Copy the project and continue in the copy."""
        if self.project is not None and self.ensure_idle():
            self.project_worker.copy(self.project, folder)

    def change(self, values: Mapping[str, object], text: str) -> None:
        """Change settings by dotted name and save them at once; ``text`` names the change in the Edit menu."""
        if self.project is None:
            return
        before = self.settings
        try:
            if self.project.read_only:
                self.project.save(before)  # refuses, with the sentence that explains why
            after = with_values(before, values)
        except BadInput as error:
            self.problem.emit(words_for(error))
            self.settings_changed.emit(before)
            return
        if after != before:
            self.undo_stack.push(SettingsChange(text, before, after, frozenset(values), self._save))

    def use_settings(self, after: Settings, text: str) -> None:
        """Replace all settings, for example by a preset's, as one undoable change."""
        if self.project is not None and after != self.settings and not self.project.read_only:
            self.undo_stack.push(SettingsChange(text, self.settings, after, frozenset(), self._save))

    def inspect(self) -> None:
        """Have the engine download or convert the model and describe it, once one is chosen."""
        if self.settings.model.source and self.ensure_idle():
            self.inspect_now()

    def start(self, keep_best: bool = False) -> None:
        """Start a run, or continue the latest one; with ``keep_best``, only to end its search with the best so far."""
        if self.project is not None and self.ensure_idle():
            given = {"new_run": self.start_action == "again", "keep_best": keep_best}
            self.start_trusted("run", RunProject(project=str(self.project.folder), until=LAST_STAGE, **given))

    def start_trusted(self, kind: JobKind, command: RunProject | ExportRun | CompareSearches) -> None:
        """Start a job that may run code which the settings name, once the person has allowed each new place."""

        def start() -> None:
            if self.ensure_idle():
                action, self.has_begun = self.start_action, self.has_begun and kind != "run"
                if self.jobs.start(kind, command) is not None and kind == "run":
                    self._await_run(action)

        self.code_trust.when_allowed(self.settings, start)

    def stop(self, mode: StopMode) -> None:
        """Pause, keep the best of, or discard the running or paused run; other jobs just stop."""
        if (job := self.jobs.main) is not None:
            self.jobs.stop(job.kind, mode)
        elif mode == "keep_best":
            self.start(keep_best=True)
        elif mode == "discard" and self.project is not None and self.shown_run is not None and self.ensure_idle():
            self.project_worker.delete(self.project, self.shown_run)

    @property
    def plan_model(self) -> ev.ModelPrepared | None:
        """The project's model, once it has been inspected; the shown run may belong to another model."""
        return self._prepared.get(self.settings.model)

    @property
    def start_action(self) -> StartAction:
        """Whether Start starts a run, continues the latest one, or repeats it, by the engine's own rule."""
        return start_action_of(self._latest_settings, self.settings, self._latest_complete)

    def show_run(self, name: str) -> bool:
        """Replay a run's journal with the code that draws a live run; return False if that is not possible now."""
        if self.project is None or self.jobs.main is not None:
            return False
        if self.project_worker.loading_project is not self.project and not self.ensure_idle():
            return False
        self.project_worker.load(self.project, name)
        return True

    def shut_down(self) -> None:
        """Stop all background work and every job, because the window closes."""
        self.project_worker.cancel()
        self.code_trust.cancel()
        self.jobs.end_all()
        self.scheduler.stop()

    def inspect_now(self) -> bool:
        """Have the engine describe the model even while runs are being loaded; return whether it could be started."""
        return self.jobs.start("inspect", InspectModel(**msgspec.structs.asdict(self.settings.model))) is not None

    def attempt(self, work: Callable[[], T]) -> T | None:
        """Return the result of ``work``; emit ``problem`` and return None if it fails."""
        try:
            return work()
        except (LayerSwarmError, OSError) as error:
            self.problem.emit(words_for(error))
        return None

    @Slot(object)
    def _on_loaded(self, found: LoadedRun | Exception) -> None:
        held, is_outdated, self._held_events, self._is_outdated = self._held_events, self._is_outdated, [], False
        if not isinstance(found, LoadedRun):
            self.problem.emit(words_for(found))
        elif found.project is not self.project:
            self._enter(found)
            is_outdated = False
        else:
            self._show(found)
        if isinstance(found, LoadedRun) and found.problem:
            self.problem.emit(found.problem)
        self._fold(held, can_read=isinstance(found, LoadedRun))
        if is_outdated and self.project is not None and not self.busy_text:
            self.project_worker.load(self.project)

    def _enter(self, found: LoadedRun) -> None:
        self.project = found.project
        self.undo_stack.clear()
        self._prepared.clear()
        self.local_devices.forget_estimates()
        self.plan_faults.forget()
        self.preferences.remember_project(self.project.folder)
        self._show(found)
        self.project_opened.emit(self.project)
        self.settings_changed.emit(self.settings)

    def _save(self, settings: Settings) -> None:
        project = self.project
        assert project is not None
        model_changed = settings.model != self.settings.model
        self.attempt(lambda: project.save(settings))
        self._is_outdated = self._is_outdated or (model_changed and bool(self.busy_text))
        if model_changed and not self.busy_text:
            self.project_worker.load(project)
        self.settings_changed.emit(self.settings)

    def _show(self, found: LoadedRun) -> None:
        free_in_pool(self.state)
        self.run_names, self._latest_settings = found.names, found.latest_settings
        self.shown_run, self.state, self._last_seq = found.run, found.state, found.last_seq
        self.run_settings = found.settings or self.settings
        if found.state.model is not None:
            self._prepared[self.run_settings.model] = found.state.model
        self._note_completeness()
        self.run_loaded.emit(found.events)

    def _note_completeness(self) -> None:
        """Note whether the latest run is complete, which means evaluated; an export may follow at any time."""
        if self.run_names and self.state.run == self.run_names[-1]:
            self._latest_complete = self.state.is_complete

    @Slot(object, object)
    def _on_events(self, job: EngineJob, events: list[ev.AnyEvent]) -> None:
        if job.kind == "run":
            self._fold(events)
        else:
            self._fold(concerning_run(events))

    def _fold(self, events: list[ev.AnyEvent], can_read: bool = True) -> None:
        if self.busy_text:
            self._held_events += events
            return
        news: list[ev.AnyEvent] = []
        for place, event in enumerate(events):
            if isinstance(event, ev.ModelPrepared):
                self._prepared[self.settings.model] = event
            self.has_begun = self.has_begun or isinstance(event, ev.RunStarted)
            if isinstance(event, ev.RunStarted) and (event.run != self.state.run or not event.resumed):
                self._turn_to(event, can_read)
                if self.busy_text:
                    self._held_events = events[place:]
                    break
            if not 0 < event.seq <= self._last_seq:
                add_event(self.state, event)
                news.append(event)
        if news:
            self._note_completeness()
            self.events_arrived.emit(news)

    def _turn_to(self, event: ev.RunStarted, can_read: bool) -> None:
        """Show the run that the engine works on, with what it already has."""
        assert self.project is not None
        if event.resumed and can_read:
            self.project_worker.load(self.project, event.run)
        else:
            self._show(started_run(self.project, event.run, self.plan_model))

    def _await_run(self, action: StartAction) -> None:
        """Show nothing of another run until the engine has begun."""
        shown = self.shown_run
        if self.project and (action != "continue" or shown is None or shown.name not in self.run_names[-1:]):
            self._show(awaited_run(self.project, self.run_names, self._latest_settings, self.plan_model))

    @Slot(object, object)
    def _on_job_ended(self, job: EngineJob, end: JobEnd) -> None:
        if job.kind == "run" and self.project and (end.ending == "discarded" or not (self.has_begun or self.busy_text)):
            self._held_events.clear()
            self.project_worker.load(self.project)
        self.job_ended.emit(job, end)
