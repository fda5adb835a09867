"""Layers removed and compensated without a project: what cannot work is refused before anything is computed."""

import json
from itertools import chain, repeat
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from msgspec import structs

from engine.api.commands import PruneModel
from engine.api.events import CompensationFinished, ExportVerified, ExportWritten, MessageLogged, ModelPrepared
from engine.calibration.prepare import TooLittleText
from engine.models.placement import Placement
from engine.pipeline.placed_model import PlacedModel
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

    def load(*_: object, **_how: object) -> None:
        raise AssertionError("the model is loaded")

    monkeypatch.setattr("engine.pipeline.placed_model.load_model", load)


@pytest.mark.usefixtures("unloaded")
def test_a_folder_that_is_not_empty_is_refused_first(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "file").touch()
    watch = Watch()
    assert watch.do(command(tmp_path)) == 2
    assert "is not an empty folder" in watch.ending.message


def test_a_repeated_command_keeps_what_it_has_made_unless_weights_are_folded_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weight = "model.layers.0.mlp.up_proj.weight"
    folded: list[Watch] = []
    for value in (0.0, 0.0, 1.0):
        fold = (SimpleNamespace(gaps=(), refits=()), {weight: torch.full((48, 32), value)})
        monkeypatch.setattr("engine.pipeline.prune_job._compensated", lambda *_, fold=fold: fold)
        folded.append(Watch())
        folded[-1].do(command(tmp_path))
    first, again, other = folded
    assert again.ending.message == first.ending.message
    assert any("is verified again and kept" in event.message for event in again.of(MessageLogged))
    checks = [[event.check for event in each.of(ExportVerified)] for each in (first, again)]
    assert checks[0] == checks[1]
    assert other.ending.message.startswith(f"{tmp_path / 'out'} is not an empty folder")


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


def test_a_text_that_is_too_short_is_refused_in_the_words_of_the_command(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("A sentence of a few words.")
    watch = Watch()
    assert watch.do(command(tmp_path, text=str(text))) == 2
    assert watch.ending.message == (
        f"There is too little text in {text} to compensate on: at least 4 different windows of 128 tokens are needed; "
        "give a longer text, or leave out --text, so that the model writes its own."
    )


@pytest.mark.parametrize("state", ["missing", "broken", "linked"])
def test_a_model_without_a_tokenizer_that_works_is_exported_with_a_warning(tmp_path: Path, state: str) -> None:
    wanted = command(tmp_path, compensate=False)
    file = tmp_path / "model" / "tokenizer.json"
    if state == "missing":
        for each in (tmp_path / "model").glob("*token*"):
            each.unlink()
    elif state == "broken":
        file.write_text('{"model": {"type": "evil"}}')
    else:
        (tmp_path / "model" / "NOTICE").symlink_to("/etc/hostname")
    watch = Watch()
    assert watch.do(wanted) == 0
    said = " ".join(event.message for event in watch.of(MessageLogged))
    words = {
        "missing": "holds no tokenizer",
        "broken": "cannot be loaded",
        "linked": "NOTICE is a link to a file outside",
    }
    assert words[state] in said + " ".join(note for event in watch.of(ModelPrepared) for note in event.notes)
    assert not (tmp_path / "out" / "NOTICE").exists()


def test_a_model_that_repeats_itself_needs_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing_new(*_: object) -> None:
        raise TooLittleText("There is too little text in the model's own text; set fewer or shorter windows.")

    monkeypatch.setattr("engine.pipeline.run_windows.prepare_windows", nothing_new)
    watch = Watch()
    assert watch.do(command(tmp_path)) == 2
    assert watch.ending.message.endswith("name a text file (--text).")


def test_a_model_that_does_not_fit_is_compensated_with_its_layers_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = command(tmp_path, text=str(tmp_path / "text.txt"))
    (tmp_path / "text.txt").write_text(WORDS)
    exports = []
    for folder, streamed in (("whole", ()), ("streamed", (0, 1, 2, 4))):
        monkeypatch.setattr(PlacedModel, "placement", Placement(streamed))
        watch = Watch()
        assert watch.do(structs.replace(wanted, folder=str(tmp_path / folder))) == 0, watch.ending.message
        sentences = [event.message for event in watch.events if isinstance(event, MessageLogged)]
        assert any("4 of 6 layers are fetched from disk" in each for each in sentences) == bool(streamed)
        exports.append((tmp_path / folder / "model.safetensors").read_bytes())
    assert exports[0] == exports[1]


@pytest.mark.usefixtures("unloaded")
def test_a_model_that_does_not_fit_at_all_is_refused_in_the_words_of_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, watch = command(tmp_path, text=str(tmp_path / "text.txt")), Watch()
    (tmp_path / "text.txt").write_text(WORDS)
    monkeypatch.setattr("engine.models.placement.free_memory", lambda _device: 10**6)
    assert watch.do(wanted) == 1
    assert "leave out --compensate" in watch.ending.message
    assert "calibration" not in watch.ending.message


@pytest.mark.parametrize(("helped", "words"), [(True, "compensation helped"), (False, "compensation did not help")])
def test_the_last_sentence_names_what_became_of_the_compensation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, helped: bool, words: str
) -> None:
    kls = chain([1.0], repeat(0.5 if helped else 1.5))
    monkeypatch.setattr("engine.compensation.folding.Folding._kl", lambda *_: next(kls))
    wanted = command(tmp_path, text=str(tmp_path / "text.txt"))
    (tmp_path / "text.txt").write_text(WORDS[:20_000])
    watch = Watch()
    assert watch.do(wanted) == 0, watch.ending.message
    assert watch.ending.message == f"1 layer removed; {words}; exported to {tmp_path / 'out'}."
    (export,) = watch.of(ExportWritten)
    assert export.variant == ("compensated" if helped else "pruned")
