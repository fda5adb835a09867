"""The streaming rewrite of safetensors: drop, renumber, copy the rest byte by byte, shard by shard.

Memory stays at one copying block plus the recovered tensor being written, whatever the size of the model.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import torch

from engine.api.files import write_atomically
from engine.export.replacements import Replacements
from engine.models.folder import INDEX_FILE, SINGLE_FILE, read_json, weight_headers, weight_index
from engine.models.layer_names import LayerNames, find_layer_names
from engine.models.removal import Removal
from engine.models.safetensors_header import Header, TensorEntry, pack_header

Progress = Callable[[int], None]
"""Called with the bytes of each tensor as it is written."""
_BLOCK = 1 << 22


@dataclass(frozen=True)
class Shard:
    """One file to write: which tensors of ``source`` it keeps, by their new names, in the order of their bytes."""

    source: Path
    header: Header
    tensors: dict[str, TensorEntry]

    @property
    def size(self) -> int:
        """Bytes of its tensors."""
        return sum(entry.size for entry in self.tensors.values())


def rewrite_weights(
    source: Path, removal: Removal, target: Path, replacements: Replacements, parameters: int, progress: Progress
) -> int:
    """Write the pruned model's weight files into ``target``, and their index when the source has several shards.

    A shard that keeps nothing is left out. ``parameters`` goes into the index.

    Returns:
        Bytes of all tensors written.

    Raises:
        LayerSwarmError: a replacement does not fit, or finds no place.
    """
    headers = list(weight_headers(source))
    names = find_layer_names((entry.name for _, header in headers for entry in header.tensors), removal.layers)
    shards = [shard for file, header in headers if (shard := _plan(file, header, names, removal)).tensors]
    index = weight_index(source)
    weight_map: dict[str, str] = {}
    written = 0
    for number, shard in enumerate(shards, start=1):
        file = target / (f"model-{number:05d}-of-{len(shards):05d}.safetensors" if index else SINGLE_FILE)
        _write_shard(shard, file, names, replacements, progress)
        weight_map |= dict.fromkeys(shard.tensors, file.name)
        written += shard.size
    replacements.check_all_used()
    if index:
        _write_index(index, target, weight_map, written, parameters)
    return written


def _plan(file: Path, header: Header, names: LayerNames, removal: Removal) -> Shard:
    kept = {new: entry for entry in header.tensors if (new := names.renamed(entry.name, removal)) is not None}
    return Shard(file, header, kept)


def _write_shard(shard: Shard, file: Path, names: LayerNames, replacements: Replacements, progress: Progress) -> None:
    layout = {name: (entry.dtype, entry.shape, entry.size) for name, entry in shard.tensors.items()}
    with shard.source.open("rb") as origin, file.open("wb") as out:
        out.write(pack_header(layout, {**shard.header.metadata, "format": "pt"}))
        for name, entry in shard.tensors.items():
            replacement = replacements.claim(entry, name, names.split(name))
            if replacement is None:
                _copy_bytes(origin, entry, out)
            else:
                out.write(replacement.contiguous().reshape(-1).view(torch.uint8).numpy().data)
            progress(entry.size)
        out.flush()
        os.fsync(out.fileno())
    file.chmod(0o644)


def _copy_bytes(origin: BinaryIO, entry: TensorEntry, out: BinaryIO) -> None:
    origin.seek(entry.start)
    left = entry.size
    while left:
        block = origin.read(min(_BLOCK, left))
        if not block:
            raise OSError(f"{origin.name} became shorter while it was read")
        out.write(block)
        left -= len(block)


def _write_index(origin: Path, target: Path, weight_map: dict[str, str], size: int, parameters: int) -> None:
    metadata = dict(read_json(origin).get("metadata") or {})
    metadata["total_size"] = size
    if "total_parameters" in metadata:
        metadata["total_parameters"] = parameters
    content = {"metadata": metadata, "weight_map": dict(sorted(weight_map.items()))}
    write_atomically(target / INDEX_FILE, json.dumps(content, indent=2).encode() + b"\n")
