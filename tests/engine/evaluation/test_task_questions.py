"""A task as fitness: the questions, tokens and verdicts are lm-eval's own."""

from copy import deepcopy
from pathlib import Path

import pytest

from engine.api.errors import BadInput
from engine.api.events import RemovalSet
from engine.api.settings import EvaluationSettings, SearchSettings
from engine.evaluation.task_questions import check_objective_task, task_questions
from engine.evaluation.tasks import run_task
from engine.fitness.evaluator import Evaluator
from engine.fitness.memory import ScoreMemory
from engine.fitness.objective import fitness_of
from engine.fitness.questions import Questions
from engine.models.decoder_stack import DecoderStack
from engine.models.progress import silent
from engine.models.surgery import remove_layers
from tests.engine.evaluation.test_tasks import SHARED, colours, own_task
from tests.engine.tiny_models import tiny_models, tiny_tokenizer

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("allowed_code")]

COUNT = 24
BENCHMARK = "hellaswag/validation.jsonl"
SETS: tuple[RemovalSet, ...] = ((), (1,), (0, 2), (2, 3))


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "datasets"))


def objective(name: str, metric: str = "acc", samples: int = COUNT) -> SearchSettings:
    return SearchSettings(objective="task", task=name, task_metric=metric, task_samples=samples)


def assert_as_in_its_own_run(task: str, *metrics: str, **evaluation: object) -> None:
    """Our accuracy of every set is the one that lm-eval finds in the model without the layers."""
    model, tokenizer = tiny_models()["llama"](), tiny_tokenizer()
    settings = EvaluationSettings(tasks=(task,), task_limit=COUNT, **evaluation)  # type: ignore[arg-type]
    own_runs = []
    for removed in SETS:
        pruned = deepcopy(model)
        remove_layers(pruned, removed)
        own_runs.append(run_task(task, pruned, tokenizer, settings, silent))
    for metric in metrics:
        questions = Questions(DecoderStack(model), task_questions(objective(task, metric), settings, model, tokenizer))
        memory = ScoreMemory("model", "task", lambda _event: None)
        evaluator = Evaluator(questions, memory, levels=(len(questions) // 4, len(questions)))
        evaluator.scores(SETS[1:3], evaluator.levels[0])  # what a smaller level has answered is not asked again
        for figures, score in zip(own_runs, evaluator.scores(SETS), strict=True):
            (expected,) = [figure.value for figure in figures if figure.metric == metric]
            assert score.accuracy == pytest.approx(expected)
            assert fitness_of("task")(score) == pytest.approx(1.0 - expected)


def test_the_accuracy_of_every_set_is_that_of_lm_evals_own_run(tmp_path: Path) -> None:
    folder = own_task(tmp_path / "tasks", colours(tmp_path, COUNT))
    assert_as_in_its_own_run("colours", "acc", task_folder=str(folder))


@pytest.mark.shared_data
def test_so_it_is_on_a_real_benchmark(tmp_path: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip("the shared data folder is not beside the checkout")
    rows = (SHARED / BENCHMARK).read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / BENCHMARK).parent.mkdir()
    (tmp_path / BENCHMARK).write_text("".join(rows[: 2 * COUNT]), encoding="utf-8")  # lm-eval prepares every row
    assert_as_in_its_own_run("local_hellaswag", "acc", "acc_norm", data_folder=str(tmp_path))


def test_no_task_is_refused_before_any_work() -> None:
    """For an unknown one see ``test_unknown_tasks.py``."""
    check_objective_task(SearchSettings(), EvaluationSettings())
    with pytest.raises(BadInput, match=r"no task is named; set search\.task"):
        check_objective_task(SearchSettings(objective="task"), EvaluationSettings())


def test_a_figure_that_the_task_does_not_have_is_refused_with_those_that_it_has(tmp_path: Path) -> None:
    folder = own_task(tmp_path / "tasks", colours(tmp_path))
    with pytest.raises(BadInput, match="no figure 'f1' between 0 and 1; it has acc"):
        task_questions(
            objective("colours", "f1"),
            EvaluationSettings(task_folder=str(folder)),
            tiny_models()["llama"](),
            tiny_tokenizer(),
        )


def test_a_task_whose_answers_are_written_is_refused(tmp_path: Path) -> None:
    folder = own_task(tmp_path / "tasks", colours(tmp_path))
    yaml = folder / "colours.yaml"
    yaml.write_text(yaml.read_text().replace("multiple_choice", "generate_until").replace("acc", "exact_match"))
    with pytest.raises(BadInput, match="answers of 'colours' are generated"):
        task_questions(
            objective("colours"),
            EvaluationSettings(task_folder=str(folder)),
            tiny_models()["llama"](),
            tiny_tokenizer(),
        )
