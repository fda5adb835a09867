"""What stops an export, and that nothing is left behind then."""

import json
import shutil
from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest
import torch
import transformers

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import Event, ExportVerified, ExportWritten
from engine.api.owners import owned_name
from engine.export import export, verify
from engine.export.export import export_model
from engine.export.generation_check import check_writing
from engine.export.request import ExportRequest
from tests.engine.abandoned import abandoned
from tests.engine.export.cases import exported, saved
from tests.engine.tiny_models import LAYERS, tiny_models


@pytest.mark.parametrize(
    ("replaced", "words"),
    [
        ({"model.layers.5.mlp.up_proj.weight": torch.zeros(48, 32)}, "no place"),
        ({"model.layers.0.mlp.up_proj.weight": torch.zeros(32, 48)}, r"shape \[32, 48\], but \[48, 32\]"),
        ({"model.layers.0.mlp.side_proj.weight": torch.zeros(48, 32)}, "no place"),
    ],
)
def test_a_recovered_weight_without_a_place_stops_the_export(
    replaced: dict[str, torch.Tensor], words: str, tmp_path: Path
) -> None:
    source = saved("llama", tmp_path / "dense")
    with pytest.raises(LayerSwarmError, match=words):
        exported(source, (1,), tmp_path / "small", replaced=replaced)
    assert [entry.name for entry in tmp_path.iterdir()] == ["dense"]


def test_a_folder_with_something_in_it_is_never_written_to(tmp_path: Path) -> None:
    source = saved("llama", tmp_path / "dense")
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "mine.txt").write_text("keep")
    with pytest.raises(BadInput, match="not an empty folder"):
        exported(source, (1,), tmp_path / "small")
    with pytest.raises(BadInput, match="not an empty folder"):
        exported(source, (1,), source.path / "config.json")
    assert [file.name for file in (tmp_path / "small").iterdir()] == ["mine.txt"]


def test_an_empty_folder_may_be_given_and_a_killed_export_is_swept_up(tmp_path: Path) -> None:
    source = saved("llama", tmp_path / "dense")
    (tmp_path / "small").mkdir()
    left = abandoned(tmp_path / owned_name())
    left.mkdir()
    (left / "model.safetensors").write_bytes(b"torn")
    exported(source, (1,), tmp_path / "small")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["dense", "small"]


def test_an_export_that_fails_a_check_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = saved("llama", tmp_path / "dense")
    real = export.write_companions

    def other_theta(*args: Any) -> None:
        real(*args)
        file = args[2] / "config.json"
        config = json.loads(file.read_text())
        config["rope_parameters"]["rope_theta"] = 20.0
        file.write_text(json.dumps(config))

    monkeypatch.setattr(export, "write_companions", other_theta)
    events: list[Event] = []
    with pytest.raises(LayerSwarmError, match="did not pass its check 'Logits'"):
        export_model(ExportRequest(source, (1,), tmp_path / "small"), events.append)
    assert [event.check for event in events if isinstance(event, ExportVerified) and not event.passed] == ["logits"]
    assert not any(isinstance(event, ExportWritten) for event in events)
    assert [entry.name for entry in tmp_path.iterdir()] == ["dense"]


def test_layer_numbers_that_stay_behind_are_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = saved("llama", tmp_path / "dense")
    real = verify.load_stock

    def misnumbered(folder: Path, **how: Any) -> transformers.PreTrainedModel:
        model = real(folder, **how)
        if folder.name.endswith(".part"):
            model.model.layers[1].self_attn.layer_idx = 2
        return model

    monkeypatch.setattr(verify, "load_stock", misnumbered)
    with pytest.raises(LayerSwarmError, match="'Generation with the KV cache'"):
        exported(source, (1,), tmp_path / "small")


def test_a_full_disk_is_told_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = saved("llama", tmp_path / "dense")
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10**9, 10**9 - 10**6, 10**6))
    with pytest.raises(LayerSwarmError, match=r"needs 4 MB but .* has 1 MB free"):
        exported(source, (1,), tmp_path / "deep" / "er" / "small")
    assert not (tmp_path / "deep").exists()


def test_what_cannot_be_removed_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    source = saved("llama", tmp_path / "dense")
    for removed in ((9,), tuple(range(LAYERS))):
        with pytest.raises(BadInput):
            exported(source, removed, tmp_path / "small")
    assert [entry.name for entry in tmp_path.iterdir()] == ["dense"]


def test_a_family_whose_cache_fails_is_refused_while_the_dense_model_is_all_there_is() -> None:
    model = tiny_models()["llama"]()
    check_writing(model)
    model.model.layers[1].self_attn.layer_idx = "nowhere"
    with pytest.raises(BadInput, match="cannot generate with a KV cache in this version of transformers"):
        check_writing(model)
