"""The picture of a run holds what can be compared, and states which quality it shows."""

from pathlib import Path

import msgspec
import pytest

from engine.api.events import ModelEvaluated, RunSummarised, TaskEvaluated
from engine.api.journal import Journal
from engine.api.project import Project
from engine.api.run_notes import RunNotes, keep_run_notes
from engine.api.run_state import RunState
from engine.api.settings import Settings
from engine.results.overview import overview
from engine.results.summary import summarise
from tests.gui import canned

WHOLE = canned.run_events(Settings())
WITHOUT_TASKS = [event for event in WHOLE if not isinstance(event, TaskEvaluated)]


def summary(folder: Path, events: list[object], notes: RunNotes | None = None) -> RunSummarised:
    """Return the summary of a project's run with these events."""
    run = Project.create(folder, Settings()).new_run()
    journal = Journal(run.journal_path)
    for event in events:
        journal.append(event)  # type: ignore[arg-type]
    journal.close()
    if notes is not None:
        keep_run_notes(run.folder, notes)
    return summarise(run, RunState.replay(run.events()), 0.0)


def test_quality_is_accuracy_where_all_were_measured_on_the_same_tasks_and_else_kl() -> None:
    shown = overview(RunState.replay(WHOLE))
    assert (shown.kind, [point.quality for point in shown.points]) == ("accuracy", [0.412, 0.338, 0.391])
    shown = overview(RunState.replay(WITHOUT_TASKS))
    assert (shown.kind, [point.quality for point in shown.points]) == ("KL", [0.0, 0.712, 0.316])
    partly = [event for event in WHOLE if not (isinstance(event, TaskEvaluated) and event.variant == "recovered")]
    assert overview(RunState.replay(partly)).kind == "KL"


def test_each_model_is_worded_with_its_figures_and_the_spread_of_its_speed() -> None:
    quiet = overview(RunState.replay([*WITHOUT_TASKS, *canned.speeds()]))
    assert quiet.text().splitlines() == [
        "Dense: KL 0, 269.0\u202fMB, 31.0 (30.0 to 32.0) tokens/s",
        "Pruned: KL 0.712, 233.6\u202fMB, 35.6 (34.5 to 36.8) tokens/s",
        "Recovered: KL 0.316, 233.6\u202fMB, 35.6 (34.5 to 36.8) tokens/s",
    ]
    busy = overview(RunState.replay([*WITHOUT_TASKS, *canned.speeds(load=0.5)]))
    assert busy.text().splitlines()[0].endswith("tokens/s, measured on a busy computer")
    assert overview(RunState.replay(WITHOUT_TASKS)).text().splitlines()[0].endswith("speed not measured")


def test_the_best_models_of_other_runs_stand_behind_under_their_own_names(tmp_path: Path) -> None:
    state = RunState.replay(WITHOUT_TASKS)
    named = summary(tmp_path / "named", WHOLE, RunNotes(title="Without layer 9"))
    other = msgspec.structs.replace(named, run="0002-woa")
    (behind,) = overview(state, [named, other]).others
    assert (behind.run, behind.model.variant, behind.quality) == ("Without layer 9", "recovered", 0.316)
    assert behind.words().startswith("Recovered of Without layer 9: KL 0.316")
    assert overview(state, [named]).others == (), "the shown run is not drawn twice"


def test_runs_of_another_model_or_of_other_tasks_are_not_compared(tmp_path: Path) -> None:
    state = RunState.replay(WHOLE)
    like = msgspec.structs.replace(summary(tmp_path / "like", WHOLE), run="0009-pso")
    assert len(overview(state, [like]).others) == 1
    without = msgspec.structs.replace(summary(tmp_path / "without", WITHOUT_TASKS), run="0009-pso")
    foreign = msgspec.structs.replace(like, digest="another")
    unfinished = msgspec.structs.replace(like, models=())
    assert overview(state, [without, foreign, unfinished]).others == ()


@pytest.mark.parametrize("kl", [float("nan"), float("inf")])
def test_a_model_cut_too_far_is_left_out_of_the_picture(kl: float) -> None:
    events = [
        msgspec.structs.replace(event, heldout_kl=kl)
        if isinstance(event, ModelEvaluated) and event.variant == "pruned"
        else event
        for event in WITHOUT_TASKS
    ]
    assert [point.model.variant for point in overview(RunState.replay(events)).points] == ["dense", "recovered"]
