"""The package of docs/adding_an_algorithm.md, installed by pip and searched with."""

import json
from pathlib import Path

import pytest

from engine.api.commands import RunProject
from engine.api.errors import BadInput
from engine.api.project import Project
from engine.report.html import html_report
from tests.engine.documented_package import documented_files, install_documented_package, run_python, run_warm_python
from tests.engine.pipeline.cases import Watch, state_of

pytestmark = pytest.mark.slow

PAGE = "adding_an_algorithm.md"

SEARCH = """
import json, sys
from pathlib import Path
from engine.api.algorithms import search_algorithms
from engine.report.html import html_report
from tests.engine.pipeline.cases import run, small_project, state_of

folder = Path(sys.argv[1])
project = small_project(folder, search__algorithm="hill_climber")
run(project, until="search")
state = state_of(project)
run(project, until="search", new_run=True)
print(json.dumps({
    "distributions": {each.key: each.distribution for each in search_algorithms()},
    "algorithm": state.algorithm,
    "removed": state.search.removed,
    "fitness": [state.search.fitness, state_of(project).search.fitness],
    "candidates": [event.candidates for event in state.iterations.values()],
    "named": "Hill climber" in html_report(project, project.runs()[-1]),
}))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the example."""
    return install_documented_package(PAGE, tmp_path_factory.mktemp("example"))


def test_the_page_shows_a_whole_package() -> None:
    names = set(documented_files(PAGE))
    assert names == {"pyproject.toml", "layerswarm_hill_climber/__init__.py", "layerswarm_hill_climber/searcher.py"}


def test_the_command_line_lists_it_and_reading_its_record_imports_no_numpy(installed: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from engine.api.algorithms import search_algorithms; search_algorithms(); "
        "assert 'numpy' not in sys.modules; from engine.cli.main import main; main(['algorithms'])"
    )
    ran = run_python("-c", code, searched=installed, LAYERSWARM_CACHE=str(tmp_path))
    assert ran.returncode == 0, ran.stderr
    assert "hill_climber   Hill climber. Swaps one layer of the best set so far" in ran.stdout
    assert "provided by layerswarm-hill-climber" in ran.stdout


def test_a_search_with_it_and_the_project_without_it(installed: Path, tmp_path: Path) -> None:
    ran = run_warm_python("-c", SEARCH, str(tmp_path), searched=installed, LAYERSWARM_CACHE=str(tmp_path / "cache"))
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout.splitlines()[-1])
    assert found["distributions"]["hill_climber"] == "layerswarm-hill-climber"
    assert found["algorithm"] == "hill_climber"
    assert len(found["removed"]) == 2
    assert found["fitness"][0] == found["fitness"][1]
    assert [len(population) for population in found["candidates"]] == [4, 4, 4]
    assert found["named"]
    _check_without_the_package(tmp_path, found["removed"])


def _check_without_the_package(folder: Path, removed: list[int]) -> None:
    """The project opens and shows its results; a new search is refused in one sentence."""
    project = Project.open(folder / "project")
    assert project.settings.search.algorithm == "hill_climber"
    search = state_of(project).search
    assert search is not None
    assert list(search.removed) == removed
    assert "hill climber" in html_report(project, project.runs()[-1])
    with pytest.raises(BadInput, match="'hill_climber' is not installed; install the package that provides it"):
        project.new_run()
    watch = Watch()
    assert watch.do(RunProject(project=str(project.folder), until="search", new_run=True)) == 2
    assert "'hill_climber' is not installed" in watch.ending.message
