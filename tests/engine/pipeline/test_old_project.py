"""A project that LayerSwarm 0.1.0 wrote opens, shows its results, and resumes where it was paused.

``old_project`` was made by the code of November 2026 on a tiny random model: a finished PSO run with recovery,
evaluation and export, and a WOA run that was paused after two training steps. ``@FOLDER@`` stands for its place.
"""

import shutil
from pathlib import Path

import pytest

from engine.api.project import Project
from tests.engine.pipeline.cases import run, scored, state_of

pytestmark = pytest.mark.slow

OLD = Path(__file__).with_name("old_project")
TEXT_FILES = {".json", ".jsonl", ".layerswarm"}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a copy of the old project whose paths are right."""
    shutil.copytree(OLD, tmp_path, dirs_exist_ok=True)
    for file in (tmp_path / "project").rglob("*"):
        if file.suffix in TEXT_FILES:
            file.write_text(file.read_text(encoding="utf-8").replace("@FOLDER@", str(tmp_path)), encoding="utf-8")
    return Project.open(tmp_path / "project")


def test_its_settings_are_read_as_they_were(project: Project) -> None:
    settings = project.settings
    assert settings.search.algorithm == "woa"
    assert settings.search.seed == 3
    assert settings.budget.layers == 2
    assert settings.recovery.steps == 6
    assert [each.known_settings is not None for each in project.runs()] == [True, True]


def test_its_finished_run_has_its_results(project: Project) -> None:
    finished = project.runs()[0].events()
    kinds = [type(event).__name__ for event in finished]
    assert kinds[0] == "RunStarted"
    assert kinds[-1] == "RunFinished"
    lines = project.runs()[0].journal_path.read_text(encoding="utf-8").splitlines()
    assert len(finished) == len(lines), "every line of an old journal is read"


def test_its_paused_run_resumes_to_the_end_that_it_would_have_had(project: Project) -> None:
    measured = list(scored(project))
    run(project)
    assert list(scored(project)) == measured, "no score of the journal is measured again"
    state = state_of(project)
    assert [each.name for each in project.runs()] == ["0001-pso", "0002-woa"], "the paused run goes on"
    assert state.search is not None
    assert state.search.removed == (4, 5)
    assert state.search.fitness == pytest.approx(0.1059705, rel=1e-5)
    kl = {variant: event.heldout_kl for variant, event in state.evaluated.items()}
    assert kl == {
        "dense": 0.0,
        "pruned": pytest.approx(0.115266, rel=1e-3),
        "recovered": pytest.approx(0.0380, rel=0.02),
    }
    trained = [event.step for event in state.steps.values()]
    assert trained == sorted(trained)
    assert max(trained) == 6
