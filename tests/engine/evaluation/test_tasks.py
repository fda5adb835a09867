"""lm-eval tasks: by name, offline, with their own figures."""

import json
from pathlib import Path

import pytest
import torch

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.settings import EvaluationSettings
from engine.evaluation.task_list import check_tasks
from engine.evaluation.tasks import TaskFigure, run_task
from engine.models.progress import silent
from tests.engine.tiny_models import tiny_models, tiny_tokenizer

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("allowed_code")]

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


def run_own(folder: Path, **values: object) -> list[TaskFigure]:
    settings = EvaluationSettings(task_folder=str(folder), **values)  # type: ignore[arg-type]
    return run_task("colours", tiny_models()["llama"](), tiny_tokenizer(), settings, silent)


def test_a_task_over_a_local_file_gives_its_figures_and_what_each_question_counted(tmp_path: Path) -> None:
    (figure,) = run_own(own_task(tmp_path / "tasks", colours(tmp_path)))
    assert (figure.task, figure.metric, figure.count) == ("colours", "acc", 6)
    assert set(figure.samples) <= {0.0, 1.0}
    assert figure.value == pytest.approx(sum(figure.samples) / 6)
    assert figure.stderr == pytest.approx((figure.value * (1 - figure.value) / 5) ** 0.5)


def test_figures_of_several_filters_are_told_apart(tmp_path: Path) -> None:
    folder = own_task(tmp_path / "tasks", colours(tmp_path, 2))
    written = (folder / "colours.yaml").read_text().replace("multiple_choice", "generate_until")
    written = written.replace('doc_to_choice: "{{choices}}"\n', "").replace("metric: acc", "metric: exact_match")
    filters = "".join(
        f"  - name: {name}\n    filter:\n      - function: {function}\n"
        for name, function in (("strict", "take_first"), ("lower", "lowercase\n      - function: take_first"))
    )
    (folder / "colours.yaml").write_text(f"{written}generation_kwargs:\n  max_gen_toks: 2\nfilter_list:\n{filters}")
    found = run_own(folder)
    assert [(each.metric, each.count) for each in found] == [("exact_match (strict)", 2), ("exact_match (lower)", 2)]


def test_the_same_model_gives_the_same_figures_and_a_limit_is_kept(tmp_path: Path) -> None:
    folder = own_task(tmp_path / "tasks", colours(tmp_path))
    one, other = (run_own(folder, task_limit=4)[0] for _ in range(2))
    assert one == other
    assert one.count == 4


def test_a_batch_that_does_not_fit_is_halved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = own_task(tmp_path / "tasks", colours(tmp_path))
    (whole,) = run_own(folder)
    tried = []
    from lm_eval.models.huggingface import HFLM

    plain = HFLM._model_call

    def small_device(self: HFLM, inps: torch.Tensor, *args: object, **options: object) -> object:
        tried.append(len(inps))
        if len(inps) > 2:
            raise torch.OutOfMemoryError
        return plain(self, inps, *args, **options)

    monkeypatch.setattr(HFLM, "_model_call", small_device)
    (halved,) = run_own(folder, batch_size=8)
    assert tried[:3] == [8, 4, 2]
    assert halved == whole


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"There is no folder .*; check evaluation\.task_folder"):
        check_tasks(EvaluationSettings(tasks=("hellaswag",), task_folder=str(tmp_path / "none")))


def test_data_that_is_missing_is_told_in_one_sentence(tmp_path: Path) -> None:
    folder = own_task(tmp_path / "tasks", tmp_path / "missing.jsonl")
    with pytest.raises(LayerSwarmError, match="The task 'colours' could not be run") as caught:
        run_own(folder)
    assert "\n" not in str(caught.value)
