"""Layers removed and compensated without a project: what cannot work is refused before anything is computed."""

import json
from pathlib import Path

import pytest

from engine.api.commands import PruneModel
from engine.api.events import CompensationFinished, ExportWritten
from tests.engine.pipeline.cases import Watch
from tests.engine.tiny_models import save_tiny

WORDS = " ".join(f"{word} and {word * 7 % 1009}" for word in range(20_000))


def command(folder: Path, **options: object) -> PruneModel:
    model = folder / "model"
    if not model.exists():
        save_tiny("llama", model)
    wanted = {"source": str(model), "removed": (3,), "folder": str(folder / "out"), "compensate": True, **options}
    return PruneModel(**wanted)  # type: ignore[arg-type]


@pytest.fixture
def unloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where the model is loaded."""

    def load(*_: object) -> None:
        raise AssertionError("the model is loaded")

    monkeypatch.setattr("engine.pipeline.prune_job.load_model", load)


@pytest.mark.usefixtures("unloaded")
def test_a_folder_that_is_not_empty_is_refused_first(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "file").touch()
    watch = Watch()
    assert watch.do(command(tmp_path)) == 2
    assert "is not an empty folder" in watch.ending.message


@pytest.mark.usefixtures("unloaded")
@pytest.mark.parametrize("content", [None, "", "too short"])
def test_a_text_that_cannot_be_used_is_refused_before_the_model_is_loaded(tmp_path: Path, content: str | None) -> None:
    text = tmp_path / "text.txt"
    if content is not None:
        text.write_text(content)
    watch = Watch()
    assert watch.do(command(tmp_path, text=str(text))) == 2
    assert str(text) in watch.ending.message


def test_a_model_with_a_short_context_is_compensated_on_shorter_windows(tmp_path: Path) -> None:
    wanted = command(tmp_path, text=str(tmp_path / "text.txt"))
    (tmp_path / "text.txt").write_text(WORDS)
    config = tmp_path / "model" / "config.json"
    config.write_text(json.dumps({**json.loads(config.read_text()), "max_position_embeddings": 32}))
    watch = Watch()
    assert watch.do(wanted) == 0, watch.ending.message
    assert watch.of(CompensationFinished)
    assert watch.of(ExportWritten)
