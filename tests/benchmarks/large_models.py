"""Write random Llamas of any size, one layer to a file, without ever holding one."""

import json
from pathlib import Path
from typing import Any

import torch
from transformers import LlamaConfig, LlamaForCausalLM

from engine.model_files.safetensors_header import pack_header
from tests.engine.tiny_models import tiny_tokenizer

Shape = dict[str, Any]
"""Fields of a ``LlamaConfig``."""
_BLOCK = 2**24
"""Numbers of the block that is written again and again."""


def write_model(folder: Path, shape: Shape, sparse: bool = False) -> None:
    """Write a model in bfloat16 into ``folder`` unless it is there.

    Args:
        folder: A folder.
        shape: Fields of its config.
        sparse: Write holes instead of numbers: files of the right size that take no room on the disk.
    """
    index = folder / "model.safetensors.index.json"
    if index.is_file():
        return
    config = LlamaConfig(tie_word_embeddings=False, dtype="bfloat16", architectures=["LlamaForCausalLM"], **shape)
    config.save_pretrained(folder)
    tiny_tokenizer().save_pretrained(folder)
    with torch.device("meta"):
        shapes = {name: tuple(tensor.shape) for name, tensor in LlamaForCausalLM(config).state_dict().items()}
    files = {name: f"model-{_part(name):05d}.safetensors" for name in shapes}
    block = 0.02 * torch.randn(_BLOCK if not sparse else 0, generator=torch.Generator().manual_seed(0))
    for file in sorted(set(files.values())):
        _write_file(folder / file, {name: each for name, each in shapes.items() if files[name] == file}, block)
    total = sum(2 * torch.Size(each).numel() for each in shapes.values())
    index.write_text(json.dumps({"metadata": {"total_size": total}, "weight_map": files}))


def _part(name: str) -> int:
    return int(name.split(".")[2]) + 1 if name.startswith("model.layers.") else 0


def _write_file(path: Path, shapes: dict[str, tuple[int, ...]], block: torch.Tensor) -> None:
    sizes = {name: torch.Size(shape).numel() for name, shape in shapes.items()}
    layout = {name: ("BF16", shape, 2 * sizes[name]) for name, shape in shapes.items()}
    numbers = block.bfloat16().view(torch.uint8).numpy()
    ones = torch.ones(max(size for size in sizes.values()) if block.numel() else 0, dtype=torch.bfloat16)
    with path.open("wb") as file:
        file.write(pack_header(layout, {"format": "pt"}))
        for name, size in sizes.items():
            if not block.numel():
                file.truncate(file.tell() + 2 * size)
                file.seek(0, 2)
            elif len(shapes[name]) == 1:
                file.write(ones[:size].view(torch.uint8).numpy().data)
            else:
                for start in range(0, size, _BLOCK):
                    file.write(numbers[: 2 * min(_BLOCK, size - start)].data)
