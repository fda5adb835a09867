"""Predict how long the stages of a run will take, from the pace of like work on this computer.

The durations of finished stages are kept in the cache folder. A stage is predicted by the latest ones on the same
device, scaled by its floating-point operations; before there are any, by the engine's estimate.
"""

import contextlib
import statistics
from collections.abc import Mapping
from pathlib import Path

import msgspec

from engine.api.errors import LayerSwarmError
from engine.api.events import STAGES, DurationsPredicted, Stage
from engine.api.files import write_atomically
from engine.api.locations import cache_folder
from engine.api.regular_files import read_regular
from engine.models.number_format import dtype_name
from engine.pipeline.estimate import estimated_seconds
from engine.pipeline.workspace import Workspace
from engine.results.stage_progress import is_switched_off

_FILE = "paces.json"
_KEPT = 5
"""Durations that are kept of each stage on each device; the median of them counts."""
_LARGEST_FILE = 1 << 20
"""Bytes; the file has some thousand."""
_LEAST_SECONDS = 1.0
"""A quicker stage has found its results in the cache, or is too short to matter."""


class Pace(msgspec.Struct, frozen=True):
    """How long a stage has taken."""

    stage: Stage
    device: str
    """Device and number format."""
    model: str
    """Digest of the model."""
    work: float
    """Floating-point operations; 0 for a stage that computes next to nothing."""
    seconds: float


def predict_durations(workspace: Workspace, until: Stage) -> None:
    """Emit how long each stage up to ``until`` that is not done yet will take; nothing where that cannot be known."""
    try:
        work = _work_of(workspace)
        estimated = estimated_seconds(workspace.placed.cost, workspace.folder.path, workspace.device, workspace.dtype)
    except (LayerSwarmError, OSError):
        return  # the stages will report what is wrong
    paces, place = _known(), _place(workspace)
    seconds: dict[Stage, float] = {}
    for stage in STAGES[: STAGES.index(until) + 1]:
        if stage in workspace.state.stages_finished or is_switched_off(workspace.settings, stage):
            continue
        like = [pace for pace in paces if (pace.stage, pace.device) == (stage, place)]
        seconds[stage] = _predicted(like, workspace.folder.digest, work[stage], estimated.get(stage, 0.0))
    workspace.emit(DurationsPredicted(seconds=seconds))


def learn_pace(workspace: Workspace, stage: Stage, seconds: float) -> None:
    """Keep how long a stage has taken; a cache that cannot be written learns nothing."""
    is_off = is_switched_off(workspace.settings, stage)
    if seconds < _LEAST_SECONDS or is_off or _was_mostly_remembered(workspace, stage):
        return
    with contextlib.suppress(LayerSwarmError, OSError):
        new = Pace(stage, _place(workspace), workspace.folder.digest, _work_of(workspace)[stage], seconds)
        known = _known()
        like = [pace for pace in known if (pace.stage, pace.device) == (new.stage, new.device)]
        others = [pace for pace in known if pace not in like]
        write_atomically(_path(), msgspec.json.encode([*others, *like[1 - _KEPT :], new]))


def _predicted(like: list[Pace], model: str, work: float, estimated: float) -> float:
    of_this_model = [pace for pace in like if pace.model == model]
    found = of_this_model or like
    rates = [pace.seconds / pace.work for pace in found if pace.work > 0]
    if work > 0 and rates:
        return work * statistics.median(rates)
    seconds = [pace.seconds for pace in found if pace.work == 0]
    return statistics.median(seconds) if seconds and work == 0 else estimated


def _was_mostly_remembered(workspace: Workspace, stage: Stage) -> bool:
    """Return whether a search has reused most scores of earlier runs, so that its time is no pace."""
    last = workspace.state.last_iteration
    return stage == "search" and last is not None and last.remembered > last.evaluations


def _work_of(workspace: Workspace) -> Mapping[Stage, float]:
    flops = workspace.placed.cost.flops()
    work: dict[Stage, float] = {stage: flops.get(stage, 0.0) for stage in STAGES}
    work["evaluate"] += flops["tasks and texts"]
    return work


def _place(workspace: Workspace) -> str:
    four_bit = "/nf4" if workspace.settings.device.four_bit else ""
    return f"{workspace.device}/{dtype_name(workspace.dtype)}{four_bit}"


def _path() -> Path:
    return cache_folder() / _FILE


def _known() -> list[Pace]:
    """Return all kept durations, the latest last; none where the file is missing or damaged."""
    try:
        return msgspec.json.decode(read_regular(_path(), _LARGEST_FILE), type=list[Pace])
    except (LayerSwarmError, OSError, msgspec.MsgspecError):
        return []
