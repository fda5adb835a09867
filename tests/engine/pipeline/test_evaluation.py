"""All variants under one protocol: differences, nothing twice, old projects, prices."""

from collections import Counter
from pathlib import Path

import pytest

from engine.api.commands import MeasureSpeed, RunProject
from engine.api.editing import with_values
from engine.api.events import SpeedMeasured, StageFinished, TaskFinished
from engine.api.project import Project
from engine.evaluation.others_load import OthersLoad
from tests.engine.evaluation.test_tasks import colours, own_task
from tests.engine.pipeline.cases import Watch, run, small_project, state_of

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("shared_texts", "allowed_code")]


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "datasets"))


def measured_project(folder: Path, **values: object) -> Project:
    """A project with a text and a task of sixteen questions."""
    text = folder / "text.txt"
    text.write_text("The quick brown fox jumps over the lazy dog. " * 40)
    tasks = own_task(folder / "tasks", colours(folder, 16))
    measured = {"evaluation.texts": str(text), "evaluation.tasks": "colours", "evaluation.task_folder": str(tasks)}
    return small_project(folder, **{"compensation__enabled": False, **measured, **values})


def test_every_model_is_compared_with_those_before_it_question_by_question(tmp_path: Path) -> None:
    project = measured_project(tmp_path)
    run(project)
    state = state_of(project)
    assert state.recovery is not None
    variants = ("dense", "pruned", "recovered") if state.recovery.helped else ("dense", "pruned")
    pairs = [(later, earlier) for later in variants for earlier in variants[: variants.index(later)]]
    for figure, samples in (("colours, acc", 16), ("bits per byte, text.txt", 8)):
        found = {pair: state.differences[figure, pair[0], pair[1]] for pair in pairs}
        assert all(each.paired and each.samples == samples and each.stderr is not None for each in found.values())
    difference = state.differences["bits per byte, text.txt", "pruned", "dense"]
    texts = {variant: event.bits_per_byte for (variant, _), event in state.texts.items()}
    assert difference.value == pytest.approx(texts["pruned"] - texts["dense"])
    assert {variant for _, variant in state.generated} == set(variants)
    assert state.footprints["pruned"].bytes_4bit < state.footprints["dense"].bytes_4bit
    _measure_speeds_again(project)


def _measure_speeds_again(project: Project) -> None:
    """Check that the run keeps new speeds of all of its models, and everything else as it was."""
    before = state_of(project)
    watch = Watch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OthersLoad, "share", lambda _load: 0.25)  # tiny models are measured within a tick of the clock
        assert watch.do(MeasureSpeed(project=str(project.folder), run=before.run)) == 0, watch.ending.message
    after = state_of(project)
    assert after.is_complete
    assert list(after.speeds) == list(before.speeds)
    assert not set(after.speeds.values()) & set(before.speeds.values())
    assert {speed.others_load for speed in after.speeds.values()} == {0.25}
    assert {name: event.heldout_kl for name, event in after.evaluated.items()} == {
        name: event.heldout_kl for name, event in before.evaluated.items()
    }
    assert {event.variant for event in watch.events if isinstance(event, SpeedMeasured)} == set(before.evaluated)


def test_speeds_of_a_run_that_has_measured_nothing_cannot_be_measured_again(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    name = project.new_run().name
    watch = Watch()
    assert watch.do(MeasureSpeed(project=str(project.folder), run=name)) == 2
    assert watch.ending.message == f"{name} has not measured any model yet; let the run finish first."


def test_a_task_that_is_in_the_journal_is_not_run_again(tmp_path: Path) -> None:
    project = measured_project(tmp_path, recovery__enabled=False)
    paused = Watch("pause", lambda event: isinstance(event, TaskFinished) and event.variant == "dense")
    assert paused.do(RunProject(project=str(project.folder))) == 130
    run(project)
    events = project.runs()[-1].events()
    told = Counter((event.variant, event.task) for event in events if isinstance(event, TaskFinished))
    assert told == {("dense", "colours"): 1, ("pruned", "colours"): 1}
    assert state_of(project).differences["colours, acc", "pruned", "dense"].paired


def test_other_prices_are_no_reason_for_another_run(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    run(project, until="analyse")
    project.save(with_values(project.settings, {"savings.watts": 20.0}))
    run(project, until="search")
    assert len(project.runs()) == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"evaluation__decode_tokens": 300}, "evaluation.decode_tokens is 300"),
        ({"evaluation__overlap_tokens": 400}, "An overlap of 400 tokens leaves no token to predict"),
    ],
)
def test_what_cannot_be_measured_is_said_before_any_work(
    tmp_path: Path, values: dict[str, object], sentence: str
) -> None:
    project = measured_project(tmp_path, **values)
    watch = Watch()
    assert watch.do(RunProject(project=str(project.folder), until="evaluate")) == 2
    assert watch.ending.message.startswith(sentence)
    assert not watch.of(StageFinished)
