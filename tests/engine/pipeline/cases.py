"""A small project on a tiny model, and what an engine that works on it says."""

from collections.abc import Callable, Iterator
from pathlib import Path

from engine.api.commands import AnyCommand, RunProject, StopMode
from engine.api.control import Control
from engine.api.editing import with_values
from engine.api.events import CandidatesScored, Event, RemovalSet, RunFinished, Stage
from engine.api.project import Project
from engine.api.run_state import RunState
from engine.api.settings import Settings
from engine.pipeline.jobs import perform
from tests.engine.tiny_models import save_tiny

SMALL: dict[str, object] = {
    "budget.layers": 2,
    "analysis.protect_first": 1,
    "analysis.protect_last": 0,
    "calibration.windows": 6,
    "calibration.heldout_windows": 4,
    "calibration.window_length": 24,
    "search.population": 4,
    "search.iterations": 3,
    "compensation.windows": 8,
    "compensation.candidates": 3,
    "compensation.candidate_windows": 4,
    "recovery.windows": 8,
    "recovery.steps": 6,
    "recovery.evaluate_every": 2,
    "recovery.rank": 4,
    "recovery.learning_rate": 5e-3,
    "evaluation.prompt_tokens": 16,
    "evaluation.decode_tokens": 4,
    "evaluation.repeats": 1,
    "evaluation.written_tokens": 4,
    "evaluation.answer_tokens": 2,
}


def small_project(folder: Path, family: str = "llama", **values: object) -> Project:
    """A project in ``folder/project`` on a tiny model in ``folder/model``; ``budget__layers=1`` changes a setting."""
    model = folder / "model"
    if not model.exists():
        save_tiny(family, model)
    changes = {name.replace("__", "."): value for name, value in values.items()}
    settings = with_values(Settings(), {"model.source": str(model), **SMALL, **changes})
    return Project.create(folder / "project", settings)


class Watch:
    """Takes the events of jobs, and may ask to stop when one of them comes."""

    def __init__(self, mode: StopMode = "pause", when: Callable[[Event], bool] = lambda _event: False) -> None:
        self.events: list[Event] = []
        self.control = Control()
        self._mode = mode
        self._when = when

    def __call__(self, event: Event) -> None:
        self.events.append(event)
        if self._when(event):
            self.control.request_stop(self._mode)

    def do(self, command: AnyCommand) -> int:
        """Perform a job; its exit code."""
        return perform(command, self, self.control)

    @property
    def ending(self) -> RunFinished:
        """The last word."""
        last = self.events[-1]
        assert isinstance(last, RunFinished)
        return last

    def of(self, kind: type[Event]) -> list[Event]:
        """The events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]


def run(project: Project, until: Stage = "export", **options: bool) -> Watch:
    """Run to the end."""
    watch = Watch()
    code = watch.do(RunProject(project=str(project.folder), until=until, **options))
    assert code == 0, watch.ending.message
    return watch


def state_of(project: Project) -> RunState:
    """The latest run's journal, folded."""
    return RunState.replay(project.runs()[-1].events())


def scored(project: Project) -> Iterator[tuple[RemovalSet, int]]:
    """Every removal set and level that any run of the project has measured, as often as it was."""
    for each in project.runs():
        for event in each.events():
            if isinstance(event, CandidatesScored):
                yield from ((removed, event.level) for removed in event.removed)
