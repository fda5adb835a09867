"""Several budgets from one project, without searching again."""

import json
from pathlib import Path

import pytest

from engine.api.commands import ExportRun
from engine.api.events import CandidatesScored, Event, ExportVerified, ExportWritten
from engine.api.project import Project
from engine.results.best_sets import ScoreBook
from tests.engine.pipeline.cases import Watch, run, small_project, state_of
from tests.engine.tiny_models import LAYERS

pytestmark = pytest.mark.slow


def export(project: Project, folder: Path, *numbers: int, **how: str) -> Watch:
    watch = Watch()
    watch.do(ExportRun(project=str(project.folder), folder=str(folder), layers=numbers, **how))
    return watch


def book(project: Project) -> ScoreBook:
    events: list[Event] = [event for each in project.runs() for event in each.events()]
    return ScoreBook(events, "kl", prunable=range(1, LAYERS))


def test_the_best_known_set_of_each_number_is_exported_and_verified(tmp_path: Path) -> None:
    project = small_project(tmp_path, budget__layers=3, recovery__enabled=False)
    run(project, until="search")
    watch = export(project, tmp_path / "out", 1, 2, 3)
    assert watch.ending.outcome == "finished"
    assert watch.ending.message == f"3 budgets exported to {tmp_path / 'out'}."
    best = {len(known.removed): known for known in book(project).best_of_each()}
    written = [event for event in watch.events if isinstance(event, ExportWritten)]
    assert [(event.layers, event.removed) for event in written] == [
        (LAYERS - number, best[number].removed) for number in (1, 2, 3)
    ]
    assert best[3].fitness <= state_of(project).search.fitness
    assert all(best[number].complete for number in (1, 2, 3)), "seen in part before, scored on all windows now"
    assert sum(isinstance(event, ExportVerified) and event.check == "logits" for event in watch.events) == 3
    for number in (1, 2, 3):
        manifest = json.loads((tmp_path / "out" / f"without-{number}-layers" / "layerswarm.json").read_text())
        assert manifest["score"] == {"kl": best[number].fitness, "windows": book(project).windows}


def test_nothing_is_measured_that_was_measured_before(tmp_path: Path) -> None:
    project = small_project(tmp_path, budget__layers=2, recovery__enabled=False)
    run(project, until="search")
    export(project, tmp_path / "out", 1, 2)
    again = export(project, tmp_path / "more", 1, 2)
    assert not any(isinstance(event, CandidatesScored) for event in again.events)
    assert again.ending.outcome == "finished"


def test_an_export_that_was_ended_between_two_budgets_goes_on(tmp_path: Path) -> None:
    project = small_project(tmp_path, budget__layers=2, recovery__enabled=False)
    run(project, until="search")
    out = tmp_path / "out"
    export(project, out, 1)
    first = (out / "without-1-layers" / "model.safetensors").stat()
    watch = export(project, out, 1, 2)
    assert watch.ending.outcome == "finished", watch.ending.message
    assert (out / "without-1-layers" / "model.safetensors").stat() == first, "kept"
    assert [len(event.removed) for event in watch.events if isinstance(event, ExportWritten)] == [1, 2]
    (out / "without-2-layers" / "layerswarm.json").unlink()
    assert "is not an empty folder" in export(project, out, 1, 2).ending.message


def test_the_runs_own_export_is_not_taken_for_done(tmp_path: Path) -> None:
    project = small_project(tmp_path, budget__layers=2, recovery__enabled=False)
    run(project, until="search")
    export(project, tmp_path / "out", 1)
    watch = run(project)
    assert [len(event.removed) for event in watch.events if isinstance(event, ExportWritten)] == [2]


@pytest.mark.parametrize(
    ("numbers", "how", "words"),
    [((2, 5), {}, "has not scored any set of 5 layers"), ((2,), {"variant": "recovered"}, "belong to one removal set")],
)
def test_what_cannot_be_exported_is_said_before_anything_is_written(
    tmp_path: Path, numbers: tuple[int, ...], how: dict[str, str], words: str
) -> None:
    project = small_project(tmp_path, budget__layers=2, recovery__enabled=False)
    run(project, until="search")
    watch = export(project, tmp_path / "out", *numbers, **how)
    assert words in watch.ending.message
    assert not (tmp_path / "out").exists()
