"""What the rewrite needs of the memory, next to nothing however large the model is, and when it waits for the disk."""

import json
import os
from pathlib import Path

import psutil
import pytest
import transformers

from engine.export.replacements import Replacements
from engine.export.rewrite import rewrite_weights
from engine.model_files.safetensors_header import pack_header
from engine.models.inventory import take_inventory
from engine.models.removal import Removal
from engine.models.sizes import measure_sizes
from engine.models.skeleton import build_skeleton
from tests.engine.tiny_families import COMMON, LAYERS
from tests.engine.tiny_models import save_tiny

_WIDTHS = {"hidden_size": 1024, "intermediate_size": 3072, "num_attention_heads": 8}
_REMOVED = (1, 4)
_ALLOWED = 20_000_000


def test_layers_of_40_megabytes_each_pass_through_20(tmp_path: Path) -> None:
    config = transformers.LlamaConfig(**{**COMMON, **_WIDTHS}).to_dict()
    (tmp_path / "config.json").write_text(json.dumps(config))
    weights = build_skeleton(config).state_dict().items()
    layout = {name: ("F32", tuple(weight.shape), 4 * weight.numel()) for name, weight in weights}
    header = pack_header(layout, {})
    with (tmp_path / "model.safetensors").open("wb") as file:
        file.write(header)
        file.truncate(len(header) + sum(size for _, _, size in layout.values()))
    (tmp_path / "small").mkdir()
    sizes, process = measure_sizes(tmp_path), psutil.Process()
    assert min(sizes.layer_bytes) > 40_000_000
    take_inventory(tmp_path)
    before, used = process.memory_info().rss, []

    def look(_size: int) -> None:
        used.append(process.memory_info().rss - before)

    removal = Removal(LAYERS, _REMOVED)
    written = rewrite_weights(tmp_path, removal, tmp_path / "small", Replacements({}), 0, look)
    assert written == sizes.after(_REMOVED)[1]
    assert max(used) < _ALLOWED


def test_the_disk_is_waited_for_once_all_files_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting after each file would keep the disk idle while the next one is read."""
    save_tiny("llama", tmp_path / "model", max_shard_size="50KB")
    (tmp_path / "small").mkdir()
    steps: list[str | int] = []
    monkeypatch.setattr(os, "fsync", lambda file: steps.append(os.fstat(file).st_ino))
    removal = Removal(LAYERS, _REMOVED)
    rewrite_weights(
        tmp_path / "model", removal, tmp_path / "small", Replacements({}), 0, lambda _size: steps.append("written")
    )
    files = {file.stat().st_ino for file in (tmp_path / "small").glob("*.safetensors")}
    assert len(files) > 1
    first = min(steps.index(file) for file in files)
    assert "written" not in steps[first:]
