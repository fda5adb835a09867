"""Remove blocks from a GGUF file and keep the bytes of all others unchanged.

No tensor is dequantised. The file, or the parts of a split one, are read through memory maps and written tensor by
tensor.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gguf import GGUFReader, Keys, ReaderTensor

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import RemovalSet
from engine.api.files import make_folder, move_into_place
from engine.api.message import worded
from engine.api.system_errors import reason_and_advice
from engine.api.temporary import partial_export
from engine.models.gguf_layers import block_of, decoder_layers, edited_fields
from engine.models.removal import Removal
from engine.sources.gguf.tensor_copy import Progress, field_value, open_gguf, silent_progress, write_gguf


@dataclass(frozen=True)
class PrunedGguf:
    """Counts of a pruned GGUF file."""

    file: Path
    layers: int
    parameters: int
    bytes: int
    """Bytes of all tensors, without metadata and alignment."""


Change = Callable[[Removal, Mapping[str, ReaderTensor]], Mapping[str, ReaderTensor]]
"""Returns tensors to write in place of some that are kept, by their new names."""


def unchanged(_removal: Removal, _kept: Mapping[str, ReaderTensor]) -> Mapping[str, ReaderTensor]:
    """Return no changed tensor."""
    return {}


def prune_gguf(
    source: Path,
    removed: RemovalSet,
    target: Path,
    progress: Progress = silent_progress,
    change: Change = unchanged,
) -> PrunedGguf:
    """Write a GGUF model without some of its blocks into one new file.

    It is written under another name and renamed when it is complete. Prediction layers (MTP) are removed too.

    Args:
        source: The file, or any part of a split one whose other parts are beside it.
        removed: Decoder layers to remove.
        target: The new file.
        progress: Called with the bytes written so far and in all. It may raise to stop; no file is kept then.
        change: Returns tensors that are written instead of the file's own.

    Raises:
        BadInput: ``source`` is no complete GGUF model of a decoder, ``target`` exists, or llama.cpp would read the
            smaller file as another model.
        LayerSwarmError: The file cannot be written.
    """
    if target.exists():
        raise BadInput(worded("{0} exists already; choose another name for the export.", target))
    readers = open_gguf(source)
    architecture = str(field_value(readers[0], Keys.General.ARCHITECTURE))
    tensors = [tensor for reader in readers for tensor in reader.tensors]
    fields = _architecture_fields(readers[0], architecture)
    removal = Removal(decoder_layers(fields), removed)
    _check_blocks(source, tensors, int(fields["block_count"]))
    changed = {f"{architecture}.{name}": value for name, value in edited_fields(architecture, fields, removal).items()}
    kept = {name: tensor for tensor in tensors if (name := new_name(tensor.name, removal)) is not None}
    kept |= change(removal, kept)
    try:
        make_folder(target.parent)
        with partial_export(target) as partial:
            write_gguf(readers[0], kept, partial, changed, progress)
            move_into_place(partial, target)
    except OSError as error:
        raise LayerSwarmError(
            worded("The export to {0} failed: {1}.", target, reason_and_advice(error, target))
        ) from error
    parameters = sum(int(tensor.n_elements) for tensor in kept.values())
    return PrunedGguf(target, len(removal.kept), parameters, sum(int(tensor.n_bytes) for tensor in kept.values()))


def _architecture_fields(reader: GGUFReader, architecture: str) -> dict[str, Any]:
    prefix = f"{architecture}."
    return {
        name.removeprefix(prefix): field.contents() for name, field in reader.fields.items() if name.startswith(prefix)
    }


def _check_blocks(source: Path, tensors: Sequence[ReaderTensor], count: int) -> None:
    numbers = {number for tensor in tensors if (number := block_of(tensor.name)) is not None}
    encoder = any(tensor.name.startswith(("enc.", "dec.")) for tensor in tensors)
    if encoder or numbers != set(range(count)):
        raise BadInput(worded("{0} does not hold one decoder of {1} blocks; it cannot be pruned.", source, count))


def new_name(name: str, removal: Removal) -> str | None:
    """Return the tensor's name after the removal; None where it is removed."""
    block = block_of(name)
    if block is None:
        return name
    number = removal.new_number.get(block)
    return None if number is None else f"blk.{number}.{name.split('.', 2)[2]}"
