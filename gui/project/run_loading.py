"""Loading of a project's runs before one is shown; safe to call outside the window's thread."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from msgspec import structs
from PySide6.QtCore import QThreadPool

from engine.api import events as ev
from engine.api.errors import BadInput
from engine.api.project import Project, Run, result_settings
from engine.api.run_state import RunState
from engine.api.settings import Settings
from gui.project.error_words import words_for_journal
from gui.words.messages import system_reason

MOST_MESSAGES = 5000
"""Messages of a run that are kept in memory and shown."""
_FREED_TOGETHER = 500


@dataclass(frozen=True)
class LoadedRun:
    """The runs of a project, and one of them replayed; ``run`` is None if there is none to show."""

    project: Project
    names: tuple[str, ...] = ()
    """Names of all runs, oldest first."""
    latest_settings: Settings | None = None
    run: Run | None = None
    events: list[ev.AnyEvent] = field(default_factory=list)
    state: RunState = field(default_factory=RunState)
    last_seq: int = 0
    """Number of the last event read from the run's journal; a running engine may send it once more."""
    settings: Settings | None = None
    """The settings of the run; None if they can no longer be read."""
    deletion_error: str = ""
    """Why a run that should have been deleted first still exists."""
    problem: str = ""
    """What of the run's journal, or of the project's file, cannot be read; empty if all can be."""

    def with_problem(self, first: str) -> "LoadedRun":
        """Return the same with another problem before its own."""
        return replace(self, problem=f"{first} {self.problem}".strip())


def load_run(project: Project, settings: Settings, name: str | None = None) -> LoadedRun:
    """Replay the named run, or the latest one if it has the same model as ``settings``.

    Raises:
        BadInput: There is no such run.
        OSError: The project cannot be read.
    """
    runs = project.runs()
    latest = runs[-1].known_settings if runs else None
    of_this_model = latest is not None and latest.model == settings.model
    run = project.run(name) if name is not None else runs[-1] if of_this_model else None
    events, problem = _events_of(run)
    events += _compared_with(project, run)
    names, last_seq = tuple(each.name for each in runs), max((event.seq for event in events), default=0)
    return LoadedRun(
        project, names, latest, run, events, shown_state(events), last_seq, _settings_of(run), problem=problem
    )


def shown_state(events: Iterable[ev.Event]) -> RunState:
    """Return the state of a run as far as the window needs it; see ``add_event``."""
    state = RunState()
    for event in events:
        add_event(state, event)
    return state


def add_event(state: RunState, event: ev.Event) -> None:
    """Apply one event, and drop what the window does not need once its charts have it.

    These are the candidates of earlier iterations, the earlier optimiser steps, and messages beyond those that the log
    shows: in a run of 200,000 events, they would hold half a gigabyte.
    """
    newest = next(reversed(state.iterations), None)
    if isinstance(event, ev.RecoveryStepped):
        state.steps.clear()
    state.apply(event)
    if len(state.messages) >= 2 * MOST_MESSAGES:
        del state.messages[:-MOST_MESSAGES]
    if isinstance(event, ev.IterationFinished) and newest not in (None, event.iteration):
        earlier = min(newest, event.iteration)
        state.iterations[earlier] = structs.replace(
            state.iterations[earlier], candidates=(), fitness=(), removal_frequency=()
        )


def concerning_run(events: Iterable[ev.AnyEvent]) -> list[ev.AnyEvent]:
    """Return the events of a job that is no run which change what is shown of the run.

    Compared searches have a journal of their own, so that their numbers and times mean nothing in the run's.
    """
    shown = (ev.ModelPrepared, ev.ExportWritten, ev.ExportVerified, ev.SpeedMeasured)
    found: list[ev.AnyEvent] = []
    for event in events:
        if isinstance(event, shown) or (isinstance(event, ev.StageStarted) and event.stage == "export"):
            found.append(event)
        elif isinstance(event, ev.SearchCompared):
            found.append(structs.replace(event, seq=0, time=0.0, elapsed=0.0))
    return found


def free_in_pool(state: RunState) -> None:
    """Free the events of a run that is no longer shown a few at a time, since a long run has a hundred thousand."""
    events: list[ev.Event] = [*state.iterations.values(), *state.messages]
    if len(events) > _FREED_TOGETHER:
        QThreadPool.globalInstance().start(lambda: _free(events))


def _free(events: list[ev.Event]) -> None:
    while events:
        del events[-_FREED_TOGETHER:]


def _events_of(run: Run | None) -> tuple[list[ev.AnyEvent], str]:
    """Return the events of a run, and a sentence on what of its journal cannot be read; empty if all can be."""
    if run is None:
        return [], ""
    try:
        events = run.events()
    except (BadInput, OSError) as error:
        return [], words_for_journal(run.journal_path, error)
    return events, " ".join(event.message for event in events if isinstance(event, ev.MessageLogged) and not event.seq)


def _compared_with(project: Project, run: Run | None) -> list[ev.AnyEvent]:
    """Return the searches of the latest comparison that was made with the settings of a run."""
    settings = run.known_settings if run is not None else None
    for comparison in reversed(project.comparisons() if settings is not None else []):
        known = comparison.known_settings
        if known is not None and settings is not None and result_settings(known) == result_settings(settings):
            return concerning_run(event for event in comparison.events() if isinstance(event, ev.SearchCompared))
    return []


def copy_and_load(project: Project, folder: Path) -> LoadedRun:
    """Copy the project to ``folder`` and load the copy.

    Raises:
        BadInput: It cannot be copied there.
    """
    copy = project.save_as(folder)
    return load_run(copy, copy.settings)


def delete_and_load(project: Project, settings: Settings, run: Run, shown: str | None = None) -> LoadedRun:
    """Delete a run and load the run named ``shown``, or the latest of the remaining ones.

    Raises:
        OSError: The project cannot be read.
    """
    try:
        run.discard()
    except OSError as error:
        return replace(load_run(project, settings, shown), deletion_error=system_reason(error))
    return load_run(project, settings, shown)


def started_run(project: Project, name: str, model: ev.ModelPrepared | None) -> LoadedRun:
    """Return a run that the engine has just started, of a model that has been inspected."""
    runs = project.runs()
    run = next((each for each in runs if each.name == name), None)
    events: list[ev.AnyEvent] = [model] if model is not None else []
    latest = run.known_settings if run is not None else None
    names, state = tuple(each.name for each in runs), RunState.replay(events)
    return LoadedRun(project, names, latest, run, events, state, settings=latest)


def awaited_run(
    project: Project, names: tuple[str, ...], latest: Settings | None, model: ev.ModelPrepared | None
) -> LoadedRun:
    """Return a run that the engine has been asked for and has not begun yet, of a model that has been inspected."""
    events: list[ev.AnyEvent] = [model] if model is not None else []
    return LoadedRun(project, names, latest, events=events, state=RunState.replay(events))


def _settings_of(run: Run | None) -> Settings | None:
    return run.known_settings if run is not None else None
