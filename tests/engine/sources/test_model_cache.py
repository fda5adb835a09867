"""What was made plain in the cache is listed by the name of what it was made of, and can be deleted."""

from pathlib import Path

import pytest
import torch

from engine.models.progress import silent
from engine.sources.model_cache import delete_model, local_models
from engine.sources.resolve import resolve_source
from tests.engine.adapters import lora, train
from tests.engine.quantised import fp8_rows, quantise
from tests.engine.tiny_models import LAYERS, save_tiny


@pytest.fixture(autouse=True)
def _caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("engine.sources.model_cache.hub_cache", lambda: tmp_path / "hub")
    monkeypatch.setattr("engine.sources.model_cache.other_models", list)


def test_a_dequantised_model_and_a_merged_adapter_are_listed_and_deleted(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path / "base", dtype=torch.bfloat16)
    train(tmp_path / "base", tmp_path / "my-adapter", lora())
    merged = resolve_source(str(tmp_path / "my-adapter"), "main", silent)
    quantise(tmp_path / "base", fp8_rows, quantization_config={"quant_method": "fp8"})
    plain = resolve_source(str(tmp_path / "base"), "main", silent)
    listed = {model.kind: model for model in local_models()}
    assert listed.keys() == {"dequantised", "merged"}
    assert (listed["dequantised"].name, listed["merged"].name) == ("base", "my-adapter")
    assert (listed["dequantised"].folder, listed["merged"].folder) == (str(plain.path), str(merged.path))
    assert all(model.layers == LAYERS and model.bytes > 100_000 for model in listed.values())
    assert delete_model(str(plain.path)) == listed["dequantised"]
    assert [model.kind for model in local_models()] == ["merged"]
    assert resolve_source(str(tmp_path / "base"), "main", silent) == plain, "it is made again"
