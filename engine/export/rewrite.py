"""The streaming rewrite of safetensors: drop, renumber, copy the rest byte by byte, shard by shard.

Unchanged tensors that lie side by side are copied as one range, within the kernel where it can. Memory stays at one
copying block plus the changed tensor being written, whatever the size of the model.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from engine.api.files import write_atomically
from engine.export.replacements import Replacements
from engine.model_files.folder_content import read_json, weight_index
from engine.model_files.safetensors_header import TensorEntry, pack_header, read_header
from engine.model_files.weight_names import INDEX_FILE, SINGLE_FILE
from engine.models.file_range import copy_range
from engine.models.inventory import Inventory, Stored, take_inventory
from engine.models.removal import Removal

Progress = Callable[[int], None]
"""Called with the bytes of each part as it is written."""


@dataclass(frozen=True)
class Kept:
    """A tensor that stays, and what it is called in the pruned model."""

    stored: Stored
    name: str
    """On disk."""
    parameter: str
    """In memory; empty where it is no weight of the language model."""


@dataclass(frozen=True)
class Shard:
    """One file to write: the tensors of ``source`` that it keeps, in the order of their bytes."""

    source: Path
    tensors: tuple[Kept, ...]


def rewrite_weights(
    source: Path, removal: Removal, target: Path, replacements: Replacements, parameters: int, progress: Progress
) -> int:
    """Write the pruned model's weight files into ``target``, and their index when the source has several shards.

    A shard that keeps nothing is left out.

    Args:
        source: The dense model's folder.
        removal: The layers that go.
        target: An existing folder.
        replacements: Changed weights.
        parameters: The pruned model's count, for the index.
        progress: Called after each part.

    Returns:
        Bytes of all tensors written.

    Raises:
        LayerSwarmError: A replacement does not fit, or finds no place.
    """
    written = write_tensors(
        source, kept_tensors(take_inventory(source), removal), target, replacements, parameters, progress
    )
    replacements.check_all_used()
    return written


def write_tensors(
    source: Path,
    tensors: Iterable[Kept],
    target: Path,
    replacements: Replacements,
    parameters: int,
    progress: Progress,
) -> int:
    """Write ``tensors``, in the order of their files and bytes, into shards of ``target`` and return their bytes."""
    shards = [Shard(file, tuple(kept)) for file, kept in groupby(tensors, _file)]
    index = weight_index(source)
    weight_map: dict[str, str] = {}
    files: list[Path] = []
    written = 0
    for number, shard in enumerate(shards, start=1):
        file = target / (f"model-{number:05d}-of-{len(shards):05d}.safetensors" if index else SINGLE_FILE)
        _write_shard(shard, file, replacements, progress)
        files.append(file)
        weight_map |= dict.fromkeys((kept.name for kept in shard.tensors), file.name)
        written += sum(kept.stored.entry.size for kept in shard.tensors)
    _synchronise(files)
    if index:
        _write_index(index, target, weight_map, written, parameters)
    return written


def kept_tensors(inventory: Inventory, removal: Removal) -> list[Kept]:
    """Return what an export without the removed layers holds, in the order of files and bytes."""
    names = inventory.names
    return [
        Kept(stored, name, names.renamed_parameter(stored.parameter, removal) or "")
        for stored in inventory.kept
        if (name := names.renamed(stored.name, removal)) is not None
    ]


def _file(kept: Kept) -> Path:
    return kept.stored.file


def _write_shard(shard: Shard, file: Path, replacements: Replacements, progress: Progress) -> None:
    layout = {kept.name: _layout(kept.stored.entry) for kept in shard.tensors}
    metadata = {**read_header(shard.source).metadata, "format": "pt"}
    with shard.source.open("rb") as origin, file.open("wb") as out:
        out.write(pack_header(layout, metadata))
        for part in _parts(shard, replacements):
            if isinstance(part, Kept):
                out.write(replacements.bytes_of(part.stored, part.parameter))
                progress(part.stored.entry.size)
                continue
            for size in copy_range(origin, part.start, part.stop - part.start, out):
                progress(size)
    file.chmod(0o644)


def _synchronise(files: Iterable[Path]) -> None:
    """Wait until files are on the disk: all at the end, so that the system writes one while the next is copied."""
    for file in files:
        with file.open("r+b") as written:  # Windows synchronises only what is open for writing
            os.fsync(written.fileno())


def _parts(shard: Shard, replacements: Replacements) -> Iterator[Kept | range]:
    """Yield what to write in order: changed tensors, and the bytes of all unchanged ones that lie side by side."""
    unchanged = range(0)
    for kept in shard.tensors:
        entry = kept.stored.entry
        is_changed = replacements.holds(kept.stored, kept.parameter)
        if unchanged and (is_changed or unchanged.stop != entry.start):
            yield unchanged
            unchanged = range(0)
        if is_changed:
            yield kept
        else:
            unchanged = range(unchanged.start if unchanged else entry.start, entry.start + entry.size)
    if unchanged:
        yield unchanged


def _layout(entry: TensorEntry) -> tuple[str, tuple[int, ...], int]:
    return entry.dtype, entry.shape, entry.size


def _write_index(origin: Path, target: Path, weight_map: Mapping[str, str], size: int, parameters: int) -> None:
    stated = read_json(origin).get("metadata")
    metadata = dict(stated) if isinstance(stated, dict) else {}
    metadata["total_size"] = size
    if "total_parameters" in metadata:
        metadata["total_parameters"] = parameters
    content = {"metadata": metadata, "weight_map": dict(sorted(weight_map.items()))}
    write_atomically(target / INDEX_FILE, json.dumps(content, indent=2).encode() + b"\n")
