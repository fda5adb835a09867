"""Names that lm-eval does not know: refused before any work, with the nearest one.

They are all here since lm-eval's thousands of definitions, which take seconds, are read once per process for them.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.api.commands import RunProject
from engine.api.errors import BadInput
from engine.api.events import CalibrationPrepared
from engine.api.settings import EvaluationSettings, SearchSettings
from engine.evaluation import task_list
from engine.evaluation.task_list import check_tasks
from engine.evaluation.task_questions import check_objective_task
from tests.engine.evaluation.published_forms import ON_THE_HUB, write
from tests.engine.pipeline.cases import Watch, small_project

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True, scope="module")
def _no_definitions_stay() -> Iterator[None]:
    """Later garbage collections of the process would walk all of them."""
    yield
    task_list._with_defaults.cache_clear()


def test_a_run_is_refused_before_any_work(tmp_path: Path) -> None:
    project = small_project(tmp_path, evaluation__tasks=("hellaswagg",))
    watch = Watch()
    assert watch.do(RunProject(project=str(project.folder))) == 2
    assert watch.ending.outcome == "failed"
    assert "did you mean 'hellaswag'" in watch.ending.message
    assert not watch.of(CalibrationPrepared)


def test_a_name_that_is_nearly_right_is_answered_with_the_right_one() -> None:
    with pytest.raises(BadInput, match="no task 'hellaswagg'; did you mean 'hellaswag'"):
        check_tasks(EvaluationSettings(tasks=("hellaswagg",)))


def test_a_task_as_the_objective_is_refused() -> None:
    objective = SearchSettings(objective="task", task="hellaswagg", task_metric="acc")
    with pytest.raises(BadInput, match="no task 'hellaswagg'; did you mean 'hellaswag'"):
        check_objective_task(objective, EvaluationSettings())


@pytest.mark.parametrize("pattern", ["local_*", "local_piq?", "[l]ocal_piqa"])
def test_a_pattern_is_no_name_of_a_task(tmp_path: Path, pattern: str) -> None:
    write(tmp_path, {"piqa/validation.jsonl": [ON_THE_HUB["piqa"]]})
    with pytest.raises(BadInput, match="lm-eval has no task"):
        check_tasks(EvaluationSettings(tasks=(pattern,), data_folder=str(tmp_path)))
