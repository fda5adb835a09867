"""Files of models, just whole enough to pass the window's first look."""

import json
import struct
from pathlib import Path


def write_model(folder: Path) -> Path:
    """Write a folder with a config and one tensor, and return it."""
    folder.mkdir(parents=True)
    config = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "num_hidden_layers": 1}
    (folder / "config.json").write_text(json.dumps(config))
    header = json.dumps({"lm_head.weight": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + bytes(4))
    return folder


def write_gguf(file: Path, architecture: str = "llama", **fields: str) -> Path:
    """Write a GGUF file of texts without a tensor, and return it; ``__`` stands for the point in a field's name."""
    file.parent.mkdir(parents=True, exist_ok=True)
    stated = {"general__architecture": architecture} | fields
    parts = [b"GGUF", struct.pack("<IQQ", 3, 0, len(stated))]
    for name, value in stated.items():
        parts += [_text(name.replace("__", ".")), struct.pack("<I", 8), _text(value)]
    file.write_bytes(b"".join(parts))
    return file


def _text(text: str) -> bytes:
    return struct.pack("<Q", len(text.encode())) + text.encode()
