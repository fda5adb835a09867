"""The stages of a run in order, with what each has taken, takes or will take."""

from dataclasses import dataclass
from typing import Literal

from engine.api.events import STAGES, Stage
from engine.api.message import Template
from engine.api.run_state import RunState
from engine.api.settings import Settings
from engine.results.remaining import pace_ratio

StageStatus = Literal["done", "working", "waiting", "off"]


@dataclass(frozen=True)
class StageProgress:
    """One stage of a run."""

    stage: Stage
    status: StageStatus
    seconds: float | None = None
    """How long it has taken; for a stage that is not done, so far."""
    expected: float | None = None
    """How long it is expected to take in all; None where that is not known."""
    share: float | None = None
    """Share of the stage that is done; None where it is not counted."""
    message: str = ""
    """The current piece of work."""
    template: Template | None = None
    """The sentence of ``message``, where it is translated."""


def stage_progress(state: RunState, settings: Settings | None, until: Stage = "evaluate") -> list[StageProgress]:
    """Return every stage up to ``until``.

    Args:
        state: The run.
        settings: The settings of the run, which switch stages off; None where they are not known.
        until: The last stage.
    """
    return [_progress_of(state, settings, stage) for stage in STAGES[: STAGES.index(until) + 1]]


def _progress_of(state: RunState, settings: Settings | None, stage: Stage) -> StageProgress:
    if settings is not None and is_switched_off(settings, stage):
        return StageProgress(stage, "off")
    finished = state.stages_finished.get(stage)
    if finished is not None and state.stage != stage:
        return StageProgress(stage, "done", finished.seconds)
    expected = state.predicted.seconds.get(stage) if state.predicted is not None else None
    expected = expected * pace_ratio(state) if expected is not None else None
    spent = state.times.stages.get(stage)
    if state.stage != stage:
        return StageProgress(stage, "waiting", spent, expected)
    progress = state.progress
    if progress is None or progress.stage != stage:
        return StageProgress(stage, "working", spent, expected)
    is_counted = progress.whole_stage and progress.total > 0
    share = min(progress.done / progress.total, 1.0) if is_counted else None
    return StageProgress(stage, "working", spent, expected, share, progress.message, progress.template)


def is_switched_off(settings: Settings, stage: Stage) -> bool:
    """Return whether the settings leave a stage out."""
    return (stage == "compensate" and not settings.compensation.enabled) or (
        stage == "recover" and not settings.recovery.enabled
    )
