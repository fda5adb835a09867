"""What a run's last stage needs is checked in its first, whatever format it asks for."""

from pathlib import Path

import pytest

from engine.api.commands import PruneModel, RunProject
from engine.api.events import CalibrationPrepared, Event, StageFinished, StageProgressed
from engine.api.project import Project
from engine.export.targets.target import Plan
from tests.engine.pipeline.cases import Watch, run, small_project, state_of
from tests.engine.tiny_models import save_tiny

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("warm_tools")]


def refused(project: Project) -> str:
    """Run a project that must not get beyond its first stage; what it says at the end."""
    watch = Watch()
    assert watch.do(RunProject(project=str(project.folder))) == 2
    assert [event.stage for event in watch.events if isinstance(event, StageFinished)] == ["model"]
    assert not watch.of(CalibrationPrepared)
    return watch.ending.message


def test_a_tokenizer_that_llama_cpp_does_not_know_is_told_before_the_search(tmp_path: Path) -> None:
    pytest.importorskip("sentencepiece", reason="optional: pip install 'layerswarm[gguf-export]'")
    project = small_project(tmp_path, export__formats=("safetensors", "gguf:q4_0"))
    assert "GGUF cannot be written: llama.cpp's converter does not know this model's tokenizer" in refused(project)


def test_a_place_that_nothing_can_be_written_to_is_told_before_the_search(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    exports = project.exports_folder()
    if exports.is_dir():
        exports.rmdir()
    exports.write_text("a file in the way")
    assert "exports (it is not a folder); choose another folder" in refused(project)


@pytest.mark.parametrize(
    ("values", "recovered"),
    [({}, True), ({"export__variant": "pruned"}, False), ({"recovery__enabled": False}, False)],
)
def test_before_the_search_the_formats_are_tried_for_sets_that_it_may_find(
    values: dict[str, object], recovered: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans: list[Plan] = []
    monkeypatch.setattr("engine.pipeline.stages.export.check_format", lambda _format, plan: plans.append(plan))
    project = small_project(tmp_path, **values)
    run(project)
    assert plans[0].removals == ((1, 2), (4, 5), (1, 3))
    assert plans[0].trained == recovered


def test_behind_the_search_they_are_tried_for_the_set_that_it_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = small_project(tmp_path, recovery__enabled=False)
    run(project, until="search")
    plans: list[Plan] = []
    monkeypatch.setattr("engine.pipeline.stages.export.check_format", lambda _format, plan: plans.append(plan))
    run(project)
    state = state_of(project)
    assert state.search is not None
    assert [plan.removals for plan in plans] == [(tuple(state.search.removed),)]


def test_a_person_may_stop_while_a_format_is_tried(tmp_path: Path) -> None:
    def tried(event: Event) -> bool:
        return isinstance(event, StageProgressed) and "trying it on a few layers" in event.message

    project = small_project(tmp_path, export__formats=("gguf:f16",))
    watch = Watch(when=tried)
    watch.do(RunProject(project=str(project.folder)))
    assert watch.ending.outcome == "paused"


def test_pruning_by_hand_tries_every_format_before_it_writes_one(tmp_path: Path) -> None:
    pytest.importorskip("sentencepiece", reason="optional: pip install 'layerswarm[gguf-export]'")
    save_tiny("llama", tmp_path / "model")
    watch = Watch()
    command = PruneModel(
        source=str(tmp_path / "model"),
        removed=(2, 3),
        folder=str(tmp_path / "out"),
        formats=("safetensors", "gguf:f16"),
    )
    assert watch.do(command) == 2
    assert "does not know this model's tokenizer" in watch.ending.message
    assert not (tmp_path / "out").exists()
