"""lm-eval tasks: by name, offline, with their own figures."""

import json
from pathlib import Path

import pytest

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.settings import EvaluationSettings
from engine.evaluation.task_list import check_tasks
from engine.evaluation.tasks import evaluate_tasks
from engine.models.progress import silent
from tests.engine.tiny_models import tiny_models, tiny_tokenizer

SHARED = Path(__file__).parents[4] / "shared" / "data"


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "datasets"))


def own_task(folder: Path, data: Path, name: str = "colours") -> Path:
    """A folder with a task over a local file."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_text(
        f"""task: {name}
dataset_path: json
dataset_kwargs:
  data_files: {data}
test_split: train
output_type: multiple_choice
doc_to_text: "{{{{question}}}}"
doc_to_choice: "{{{{choices}}}}"
doc_to_target: label
metric_list:
  - metric: acc
"""
    )
    return folder


def colours(folder: Path, count: int = 6) -> Path:
    data = folder / "colours.jsonl"
    rows = [{"question": f"Q{n}:", "choices": [" red", " blue"], "label": n % 2} for n in range(count)]
    data.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return data


def test_a_task_over_a_local_file_gives_its_figures(tmp_path: Path) -> None:
    folder = own_task(tmp_path / "tasks", colours(tmp_path))
    settings = EvaluationSettings(tasks=("colours",), task_folder=str(folder))
    (event,) = evaluate_tasks(tiny_models()["llama"](), tiny_tokenizer(), "pruned", settings, silent)
    assert (event.variant, event.task, event.metric, event.samples) == ("pruned", "colours", "acc", 6)
    assert event.value in {count / 6 for count in range(7)}
    assert event.stderr is not None


def test_the_same_model_gives_the_same_figures_and_a_limit_is_kept(tmp_path: Path) -> None:
    folder = own_task(tmp_path / "tasks", colours(tmp_path))
    settings = EvaluationSettings(tasks=("colours",), task_folder=str(folder), task_limit=4)
    one, other = (
        evaluate_tasks(tiny_models()["llama"](), tiny_tokenizer(), "dense", settings, silent)[0] for _ in range(2)
    )
    assert one == other
    assert one.samples == 4


def test_no_task_is_no_work() -> None:
    assert evaluate_tasks(tiny_models()["llama"](), tiny_tokenizer(), "dense", EvaluationSettings(), silent) == []


def test_a_name_that_is_nearly_right_is_answered_with_the_right_one() -> None:
    with pytest.raises(BadInput, match="no task 'hellaswagg'; did you mean 'hellaswag'"):
        check_tasks(EvaluationSettings(tasks=("hellaswagg",)))


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"There is no folder .*\(evaluation\.task_folder\)"):
        check_tasks(EvaluationSettings(tasks=("hellaswag",), task_folder=str(tmp_path / "none")))


def test_data_that_is_missing_is_told_in_one_sentence(tmp_path: Path) -> None:
    folder = own_task(tmp_path / "tasks", tmp_path / "missing.jsonl")
    settings = EvaluationSettings(tasks=("colours",), task_folder=str(folder))
    with pytest.raises(LayerSwarmError, match="The task 'colours' could not be run") as caught:
        evaluate_tasks(tiny_models()["llama"](), tiny_tokenizer(), "dense", settings, silent)
    assert "\n" not in str(caught.value)
