"""What a run is said to cost grows with what it is asked to do."""

from pathlib import Path

import pytest

from engine.api.editing import with_values
from engine.api.settings import Settings
from engine.models.sizes import measure_sizes
from engine.pipeline.cost import Work
from tests.engine.tiny_models import HIDDEN, VOCABULARY, save_tiny


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model on disk."""
    made = tmp_path_factory.mktemp("model") / "llama"
    save_tiny("llama", made)
    return made


def evaluation(folder: Path, **values: object) -> float:
    settings = with_values(Settings(), {f"evaluation.{name}": value for name, value in values.items()})
    return Work(measure_sizes(folder), HIDDEN, VOCABULARY, 4 * HIDDEN, settings, range(2, 3)).flops()["evaluate"]


def test_tasks_take_time_by_their_number_and_their_samples(folder: Path) -> None:
    none = evaluation(folder)
    one = evaluation(folder, tasks=("piqa",), task_limit=100) - none
    assert one > 0
    assert evaluation(folder, tasks=("piqa", "boolq"), task_limit=100) - none == pytest.approx(2 * one)
    assert evaluation(folder, tasks=("piqa",), task_limit=300) - none == pytest.approx(3 * one)
    assert evaluation(folder, tasks=("piqa",)) - none > 3 * one, "a whole task has more questions than a few hundred"
    assert evaluation(folder, tasks=("piqa",), task_limit=100, fewshot=5) - none > one


def test_a_text_takes_time_by_its_length(folder: Path, tmp_path: Path) -> None:
    short, long = tmp_path / "short.txt", tmp_path / "long.txt"
    short.write_text("word " * 1000)
    long.write_text("word " * 5000)
    none = evaluation(folder)
    assert evaluation(folder, texts=(str(long),)) - none == pytest.approx(
        5 * (evaluation(folder, texts=(str(short),)) - none)
    )
    assert evaluation(folder, texts=(str(tmp_path / "missing.txt"),)) == none
