"""The shipped tasks over local data: lm-eval's own prompts and metrics, another source of data."""

import json
import math
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from lm_eval.tasks._yaml_loader import load_yaml
from msgspec.structs import replace
from transformers import MaxLengthCriteria, StoppingCriteriaList

from engine.api.control import StopRequested
from engine.api.errors import BadInput
from engine.api.settings import EvaluationSettings, SearchSettings
from engine.evaluation.local_data import check_data, splits
from engine.evaluation.task_list import LOCAL_TASKS, check_tasks, task_manager
from engine.evaluation.task_questions import check_objective_task, task_questions
from engine.evaluation.tasks import run_task
from engine.models.loading import load_model, load_tokenizer
from engine.models.progress import silent
from engine.sources.resolve import resolve_source
from tests.engine.evaluation.published_forms import ON_THE_HUB, TWINS, without, write
from tests.engine.tiny_models import tiny_models, tiny_tokenizer
from tests.warm_process import WarmPopen

pytestmark = pytest.mark.slow

SHARED = Path(__file__).parents[4] / "shared" / "data"
_LM_EVAL = """
from functools import partialmethod
from lm_eval.__main__ import cli_evaluate
from lm_eval.tasks import TaskManager
TaskManager.__init__ = partialmethod(TaskManager.__init__, include_defaults=False)
cli_evaluate()
"""
"""lm-eval's own command, which otherwise parses 14,000 definitions of other tasks for ten seconds."""


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "datasets"))


def loaded(name: str, folder: Path, **settings: Any) -> Any:
    evaluation = EvaluationSettings(data_folder=str(folder), **settings)
    (task,) = task_manager(evaluation, [name]).load([name])["tasks"].values()
    return task


def piqa(folder: Path, count: int = 4, split: str = "validation") -> Path:
    rows = [{**ON_THE_HUB["piqa"], "goal": f"{split} {number}"} for number in range(count)]
    return write(folder, {f"piqa/{split}.jsonl": rows})


def prompts(task: Any, examples: int) -> list[str]:
    task.set_config(key="num_fewshot", value=examples)
    task.set_fewshot_seed(seed=1)
    task.build_all_requests(rank=0, world_size=1)
    return [each.args[0] for each in task.instances if each.idx == 0]


def test_examples_come_from_the_training_rows_where_there_are_some(tmp_path: Path) -> None:
    piqa(tmp_path, 1)
    piqa(tmp_path, 1, "train")
    (prompt,) = prompts(loaded("local_piqa", tmp_path, fewshot=1), 1)
    assert prompt == "Question: train 0\nAnswer: pull\n\nQuestion: validation 0\nAnswer:"


def test_a_question_is_never_its_own_example(tmp_path: Path) -> None:
    found = prompts(loaded("local_piqa", piqa(tmp_path), fewshot=3), 3)
    assert len(found) == 4
    for number, prompt in enumerate(found):
        assert sorted(prompt.split("Question: validation ")[1:], key=int_of) == sorted(
            [*(f"{other}\nAnswer: pull\n\n" for other in range(4) if other != number), f"{number}\nAnswer:"], key=int_of
        )


def int_of(text: str) -> int:
    return int(text.partition("\n")[0])


def test_too_few_examples_are_refused_before_any_work(tmp_path: Path) -> None:
    piqa(tmp_path, 4)
    check_tasks(EvaluationSettings(tasks=("local_piqa",), data_folder=str(tmp_path), fewshot=3))
    with pytest.raises(BadInput, match=r"has 3 examples, but 4 are put before .*fewshot to 3 or less"):
        check_tasks(EvaluationSettings(tasks=("local_piqa",), data_folder=str(tmp_path), fewshot=4))


def gsm8k(folder: Path, count: int, split: str = "test") -> Path:
    rows = [{**ON_THE_HUB["gsm8k"], "question": f"{split} {number}"} for number in range(count)]
    return write(folder, {f"gsm8k/{split}.jsonl": rows})


def test_a_task_puts_its_own_number_of_examples_before_a_question_unless_another_is_set(tmp_path: Path) -> None:
    gsm8k(tmp_path, 1)
    settings = EvaluationSettings(tasks=("local_gsm8k",), data_folder=str(tmp_path))
    with pytest.raises(BadInput, match=r"has 0 examples, but 5 are put before .* evaluation\.fewshot to 0, or add"):
        check_tasks(settings)
    check_tasks(replace(settings, fewshot=0))
    gsm8k(tmp_path, 5, "train")
    check_tasks(settings)
    (prompt,) = prompts(loaded("local_gsm8k", tmp_path), 5)
    *examples, asked = prompt.split("Question: ")[1:]
    assert sorted(example[:7] for example in examples) == [f"train {number}" for number in range(5)]
    assert all(example.endswith("<<24+48=72>>72.\n#### 72\n\n") for example in examples)
    assert asked == "test 0\nAnswer:"


def test_a_model_that_never_ends_is_stopped_and_scored_by_both_filters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[tuple[float, float]] = []
    monkeypatch.setattr("transformers.GenerationMixin._get_stopping_criteria", _only_the_length)
    settings = EvaluationSettings(data_folder=str(gsm8k(tmp_path, 3)), fewshot=2, batch_size=2)
    model, tokenizer = tiny_models()["gpt2"](), tiny_tokenizer()  # 256 tokens of context, as many as it may write
    warnings: list[str] = []

    def report(_message: str, done: float, total: float) -> None:
        reported.append((done, total))

    found = run_task("local_gsm8k", model, tokenizer, settings, report, warnings.append)
    assert len(warnings) == 1
    assert "longer than the model's context of 256 tokens" in warnings[0]
    assert [figure.metric for figure in found] == ["exact_match (strict-match)", "exact_match (flexible-extract)"]
    assert all(figure.value == 0 and figure.count == 3 and len(figure.samples) == 3 for figure in found)
    assert reported == [(0, 3)] * 128 + [(2, 3)] * 128


def _only_the_length(_model: Any, generation_config: Any, **_options: object) -> StoppingCriteriaList:
    return StoppingCriteriaList([MaxLengthCriteria(generation_config.max_length)])


def test_a_stop_is_heard_while_an_answer_is_generated(tmp_path: Path) -> None:
    def stop(_message: str, _done: float, _total: float) -> None:
        raise StopRequested("pause")

    settings = EvaluationSettings(data_folder=str(gsm8k(tmp_path, 2)), fewshot=0)
    with pytest.raises(StopRequested):
        run_task("local_gsm8k", tiny_models()["llama"](), tiny_tokenizer(), settings, stop)


def test_a_task_with_generated_answers_is_refused_as_the_fitness_before_any_work(tmp_path: Path) -> None:
    evaluation = EvaluationSettings(data_folder=str(gsm8k(tmp_path, 2)), fewshot=0)
    with pytest.raises(BadInput, match="The answers of 'local_gsm8k' are generated; only a task that chooses"):
        check_objective_task(SearchSettings(objective="task", task="local_gsm8k"), evaluation)


def test_training_rows_are_looked_at_only_where_examples_are_wanted(tmp_path: Path) -> None:
    write(piqa(tmp_path), {"piqa/train.jsonl": [without(ON_THE_HUB["piqa"], "label")]})
    without_examples = EvaluationSettings(tasks=("local_piqa",), data_folder=str(tmp_path))
    check_tasks(without_examples)
    assert len(prompts(loaded("local_piqa", tmp_path), 0)) == 4
    with pytest.raises(BadInput, match=r"train\.jsonl, line 1: there is no field 'label'"):
        check_tasks(replace(without_examples, fewshot=1))


def test_without_a_folder_or_a_file_a_sentence_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"'local_piqa' reads local data; set evaluation\.data_folder"):
        check_tasks(EvaluationSettings(tasks=("local_piqa",)))
    with pytest.raises(
        BadInput, match=r"no file arc_easy/test\.jsonl in .* \(evaluation\.data_folder\), and none of its"
    ):
        check_tasks(EvaluationSettings(tasks=("local_arc_easy",), data_folder=str(tmp_path)))
    with pytest.raises(BadInput, match=r"validation\.jsonl in .*; name the folder above piqa\.$"):
        check_tasks(EvaluationSettings(tasks=("local_piqa",), data_folder=str(piqa(tmp_path) / "piqa")))


def test_the_subjects_that_are_missing_are_named(tmp_path: Path) -> None:
    folder = write(tmp_path, {"mmlu/test.jsonl": [ON_THE_HUB["mmlu_anatomy"]]})
    with pytest.raises(BadInput, match="no rows of abstract_algebra, nor of 55 other subjects; the task needs all 57"):
        check_data(load_yaml(LOCAL_TASKS / "local_mmlu.yaml"), str(folder), 0)


def test_rows_that_are_of_no_use_are_refused_before_the_run_and_by_the_task_itself(tmp_path: Path) -> None:
    rows = [ON_THE_HUB["piqa"], {**ON_THE_HUB["piqa"], "label": -1}]
    settings = EvaluationSettings(
        tasks=("local_piqa",), data_folder=str(write(tmp_path, {"piqa/validation.jsonl": rows}))
    )
    fault = r"piqa/validation\.jsonl, line 2: 'label' is -1, so the answer is not known"
    search = SearchSettings(objective="task", task="local_piqa")
    for refusing in (
        lambda: check_tasks(settings),
        lambda: check_objective_task(search, settings),
        lambda: splits(str(tmp_path), benchmark="piqa"),
    ):
        with pytest.raises(BadInput, match=fault):
            refusing()


def test_nothing_but_our_own_words_reaches_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)  # no git repository
    settings = EvaluationSettings(data_folder=str(piqa(tmp_path)), fewshot=1)
    model, tokenizer = tiny_models()["llama"](), tiny_tokenizer()
    capfd.readouterr()
    run_task("local_piqa", model, tokenizer, settings, silent)
    run_task("local_gsm8k", model, tokenizer, replace(settings, data_folder=str(gsm8k(tmp_path, 2))), silent)
    check_tasks(replace(settings, tasks=("local_piqa",)))
    task_questions(SearchSettings(objective="task", task="local_piqa", task_samples=2), settings, model, tokenizer)
    assert capfd.readouterr() == ("", "")


def test_every_shipped_definition_is_tested_here() -> None:
    assert {path.stem for path in LOCAL_TASKS.glob("*.yaml")} == {f"local_{name}" for name in TWINS}


def shared_data() -> str:
    if not SHARED.is_dir():
        pytest.skip("the shared data folder is not beside the checkout")
    return str(SHARED)


@pytest.mark.shared_data
@pytest.mark.parametrize("name", [name for name in TWINS if name not in ("mmlu", "gsm8k")])
def test_real_benchmarks_run_on_shared_data(name: str) -> None:
    settings = EvaluationSettings(data_folder=shared_data(), task_limit=8, fewshot=1)
    figures = run_task(f"local_{name}", tiny_models()["llama"](), tiny_tokenizer(), settings, silent)
    assert all(math.isfinite(figure.value) and figure.count == 8 and figure.stderr is not None for figure in figures)
    assert "acc" in {figure.metric for figure in figures}


@pytest.mark.shared_data
def test_mmlu_is_57_subjects_in_four_groups() -> None:
    settings = EvaluationSettings(data_folder=shared_data(), task_limit=1)
    figures = run_task("local_mmlu", tiny_models()["llama"](), tiny_tokenizer(), settings, silent)
    assert [figure.task.rpartition(":")[2] for figure in figures] == [
        "local_mmlu",
        "stem",
        "other",
        "social_sciences",
        "humanities",
    ]
    assert [figure.count for figure in figures] == [57, 19, 13, 12, 13]
    assert figures[0].value == pytest.approx(sum(figures[0].samples) / 57)


@pytest.mark.shared_data
@pytest.mark.demo_model
def test_our_dense_figures_are_those_of_lm_evals_own_command_to_the_last_digit(tmp_path: Path) -> None:
    data, names = shared_data(), ("local_arc_easy", "local_lambada")
    folder = resolve_source("demo", "main", silent).path
    command = [sys.executable, "-c", _LM_EVAL, "run", "--model", "hf", "--model_args"]
    command += [f"pretrained={folder},dtype=float32", "--tasks", *names, "--include_path", str(LOCAL_TASKS)]
    command += ["--metadata", json.dumps({"data_folder": data}), "--limit", "5", "--batch_size", "4", "--device", "cpu"]
    offline, said = {**os.environ, "HF_HUB_OFFLINE": "1"}, tmp_path / "said"
    with said.open("wb") as log:
        run = WarmPopen([*command, "--output_path", str(tmp_path / "out")], stdout=log, stderr=log, env=offline)
        assert run.wait() == 0, said.read_text()
    (written,) = (tmp_path / "out").rglob("results_*.json")
    theirs = json.loads(written.read_text())["results"]
    settings = EvaluationSettings(data_folder=data, task_limit=5, batch_size=4)
    model, tokenizer = load_model(folder), load_tokenizer(folder)
    figures = [figure for name in names for figure in run_task(name, model, tokenizer, settings, silent)]
    assert {figure.metric for figure in figures} == {"acc", "acc_norm", "perplexity"}
    for ours in figures:
        assert ours.value == theirs[ours.task][f"{ours.metric},none"]
        if ours.metric != "perplexity":  # its error is drawn by lot
            assert ours.stderr == theirs[ours.task][f"{ours.metric}_stderr,none"]
