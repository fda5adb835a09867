"""The shipped tasks over local data: lm-eval's own prompts and metrics, another source of data."""

import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.api.errors import BadInput
from engine.api.settings import EvaluationSettings
from engine.evaluation.task_list import LOCAL_TASKS, check_tasks, task_manager
from engine.evaluation.tasks import run_task
from engine.models.loading import load_model, load_tokenizer
from engine.models.progress import silent
from engine.models.sources import resolve_source
from tests.engine.tiny_models import tiny_models, tiny_tokenizer

SHARED = Path(__file__).parents[4] / "shared" / "data"
TWINS = {
    "local_hellaswag": "hellaswag",
    "local_piqa": "piqa",
    "local_arc_easy": "arc_easy",
    "local_winogrande": "winogrande",
    "local_boolq": "boolq",
    "local_lambada": "lambada_openai",
}
ROWS: dict[str, dict[str, Any]] = {
    "hellaswag/validation.jsonl": {
        "activity_label": "Roof",
        "ctx_a": "A man  sits [title] up.",
        "ctx_b": "he",
        "endings": ["falls.", "sings.", "[step] jumps.", "waits."],
        "label": 2,
    },
    "piqa/validation.jsonl": {"goal": "To open", "sol1": "push", "sol2": "pull", "label": 1},
    "arc_easy/test.jsonl": {
        "question": "Which?",
        "choices": {"text": ["one", "two"], "label": ["A", "B"]},
        "answerKey": "B",
    },
    "winogrande/validation.jsonl": {"sentence": "A saw B as _ ran.", "option1": "A", "option2": "B", "answer": "2"},
    "boolq/validation.jsonl": {"question": "is it so", "passage": "It is.", "answer": True},
    "lambada/lambada_openai_test.jsonl": {"context": "The last word is", "continuation": "word"},
}
"""One question of each benchmark, as its file has it."""
ON_THE_HUB: dict[str, dict[str, Any]] = {
    "hellaswag": {"label": "2"},
    "boolq": {"label": 1},
    "lambada_openai": {"text": "The last word is word"},
}
"""What differs in the Hub's form of the same question."""


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "datasets"))


def data_folder(folder: Path, count: int = 4) -> Path:
    """A folder with every benchmark but MMLU, each with one question and that question again with another number."""
    for name, row in ROWS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps({**row, "number": number}) + "\n" for number in range(count)))
    return folder


@pytest.mark.parametrize("name", TWINS)
def test_a_local_task_asks_as_lm_evals_own_does(tmp_path: Path, name: str) -> None:
    from datasets import Dataset
    from lm_eval.api.task import ConfigurableTask
    from lm_eval.tasks._yaml_loader import load_yaml

    settings = EvaluationSettings(data_folder=str(data_folder(tmp_path)))
    manager = task_manager(settings, [name, TWINS[name]])
    (ours,) = manager.load([name])["tasks"].values()
    (row,) = [row for file, row in ROWS.items() if file.partition("/")[0] == name.removeprefix("local_")]
    rows = Dataset.from_list([{**row, **ON_THE_HUB.get(TWINS[name], {})}])
    hub = {"custom_dataset": lambda **_options: dict.fromkeys(("train", "validation", "test"), rows)}
    own = ConfigurableTask(config={**load_yaml(manager.task_index[TWINS[name]].yaml_path), **hub, "tag": None})
    for task in (ours, own):
        task.set_config(key="num_fewshot", value=0)
        task.build_all_requests(limit=1, rank=0, world_size=1)
    assert [each.args for each in ours.instances] == [each.args for each in own.instances]
    document = ours.instances[0].doc
    answers = [(-float(number), number == 0) for number in range(len(ours.instances))]
    assert ours.process_results(document, answers) == own.process_results(own.instances[0].doc, answers)
    assert ours.aggregation().keys() == own.aggregation().keys()


def test_examples_come_from_the_training_rows_where_there_are_some(tmp_path: Path) -> None:
    folder = data_folder(tmp_path)
    example = {"goal": "An example", "sol1": "yes", "sol2": "no", "label": 0}
    (folder / "piqa" / "train.jsonl").write_text(json.dumps(example) + "\n" + json.dumps(example) + "\n")
    (task,) = (
        task_manager(EvaluationSettings(data_folder=str(folder)), ["local_piqa"]).load(["local_piqa"])["tasks"].values()
    )
    task.set_config(key="num_fewshot", value=1)
    task.set_fewshot_seed(seed=1)
    task.build_all_requests(limit=1, rank=0, world_size=1)
    prompt, _ = task.instances[0].args
    assert prompt == "Question: An example\nAnswer: yes\n\nQuestion: To open\nAnswer:"


def test_without_a_folder_or_a_file_a_sentence_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"'local_piqa' reads local data; set evaluation\.data_folder"):
        check_tasks(EvaluationSettings(tasks=("local_piqa",)))
    with pytest.raises(BadInput, match=r"no file mmlu/test\.jsonl in .* \(evaluation\.data_folder\)"):
        check_tasks(EvaluationSettings(tasks=("local_mmlu",), data_folder=str(data_folder(tmp_path))))


def test_every_shipped_definition_is_tested_here() -> None:
    assert {path.stem for path in LOCAL_TASKS.glob("*.yaml")} == {*TWINS, "local_mmlu"}


def shared_data() -> str:
    if not SHARED.is_dir():
        pytest.skip("the shared data folder is not beside the checkout")
    return str(SHARED)


@pytest.mark.shared_data
@pytest.mark.parametrize("name", TWINS)
def test_real_benchmarks_run_on_shared_data(name: str) -> None:
    settings = EvaluationSettings(data_folder=shared_data(), task_limit=8, fewshot=1)
    figures = run_task(name, tiny_models()["llama"](), tiny_tokenizer(), settings, silent)
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
    command = [sys.executable, "-m", "lm_eval", "run", "--model", "hf", "--model_args"]
    command += [f"pretrained={folder},dtype=float32", "--tasks", *names, "--include_path", str(LOCAL_TASKS)]
    command += [
        "--metadata",
        json.dumps({"data_folder": data}),
        "--limit",
        "20",
        "--batch_size",
        "8",
        "--device",
        "cpu",
    ]
    offline = {**os.environ, "HF_HUB_OFFLINE": "1"}
    subprocess.run([*command, "--output_path", str(tmp_path / "out")], check=True, capture_output=True, env=offline)
    (written,) = (tmp_path / "out").rglob("results_*.json")
    theirs = json.loads(written.read_text())["results"]
    settings = EvaluationSettings(data_folder=data, task_limit=20)
    model, tokenizer = load_model(folder), load_tokenizer(folder)
    figures = [figure for name in names for figure in run_task(name, model, tokenizer, settings, silent)]
    assert {figure.metric for figure in figures} == {"acc", "acc_norm", "perplexity"}
    for ours in figures:
        assert ours.value == theirs[ours.task][f"{ours.metric},none"]
        if ours.metric != "perplexity":  # its error is drawn by lot
            assert ours.stderr == theirs[ours.task][f"{ours.metric}_stderr,none"]
