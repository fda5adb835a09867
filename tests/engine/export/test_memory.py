"""What the rewrite needs of the memory: next to nothing, however large the model is."""

import json
from pathlib import Path

import psutil

from engine.export.replacements import Replacements
from engine.export.rewrite import rewrite_weights
from engine.models.removal import Removal
from engine.models.safetensors_header import pack_header
from tests.engine.tiny_families import LAYERS

_LAYER_BYTES = 40_000_000
_ALLOWED = 20_000_000


def test_layers_of_40_megabytes_each_pass_through_20(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "llama", "num_hidden_layers": LAYERS}))
    header = pack_header({f"model.layers.{n}.weight": ("U8", (_LAYER_BYTES,), _LAYER_BYTES) for n in range(LAYERS)}, {})
    with (tmp_path / "model.safetensors").open("wb") as file:
        file.write(header)
        file.truncate(len(header) + LAYERS * _LAYER_BYTES)
    (tmp_path / "small").mkdir()
    process = psutil.Process()
    before, used = process.memory_info().rss, []

    def look(_size: int) -> None:
        used.append(process.memory_info().rss - before)

    written = rewrite_weights(tmp_path, Removal(LAYERS, (1, 4)), tmp_path / "small", Replacements({}), 0, look)
    assert written == (LAYERS - 2) * _LAYER_BYTES
    assert max(used) < _ALLOWED
