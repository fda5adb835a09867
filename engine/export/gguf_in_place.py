"""GGUF in, GGUF out: blocks are left out of the file, and the bytes of all others stay as they are.

Nothing is dequantised or quantised again. The file is read through a memory map and written tensor by tensor.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gguf import GGUFReader, GGUFValueType, GGUFWriter, Keys, ReaderField, ReaderTensor
from gguf.utility import size_label

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import RemovalSet
from engine.models.gguf_layers import decoder_layers, edited_fields
from engine.models.removal import Removal

Progress = Callable[[int, int], object]
"""Called after each tensor with the bytes written so far and those to write in all."""
_BLOCK_PREFIX = "blk."


@dataclass(frozen=True)
class PrunedGguf:
    """What a GGUF file holds after pruning, counted."""

    file: Path
    layers: int
    parameters: int
    bytes: int
    """Of all tensors, without the metadata and what aligns them."""


def prune_gguf(
    source: Path, removed: RemovalSet, target: Path, progress: Progress = lambda _done, _total: None
) -> PrunedGguf:
    """Write the GGUF file ``source`` without the blocks ``removed`` to the new file ``target``.

    It is written under another name and renamed when it is whole. Prediction layers (MTP) are left out too.

    Args:
        progress: May raise to stop; nothing is left behind then.

    Raises:
        BadInput: ``source`` is no single GGUF file of a decoder, ``target`` exists, or llama.cpp would read the smaller
            file as another model.
        LayerSwarmError: the file cannot be written.
    """
    if target.exists():
        raise BadInput(f"{target} exists already; choose another name for the export.")
    reader = open_gguf(source)
    architecture = str(_value(reader, Keys.General.ARCHITECTURE))
    fields = _architecture_fields(reader, architecture)
    removal = Removal(decoder_layers(fields), removed)
    _check_blocks(source, reader, int(fields["block_count"]))
    changed = {f"{architecture}.{name}": value for name, value in edited_fields(architecture, fields, removal).items()}
    kept = {name: tensor for tensor in reader.tensors if (name := _new_name(tensor.name, removal)) is not None}
    partial = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(reader, architecture, changed, kept, partial, progress)
        partial.rename(target)
    except OSError as error:
        raise LayerSwarmError(f"The export to {target} failed: {error.strerror or error}.") from error
    finally:
        partial.unlink(missing_ok=True)
    parameters = sum(int(tensor.n_elements) for tensor in kept.values())
    return PrunedGguf(target, len(removal.kept), parameters, sum(int(tensor.n_bytes) for tensor in kept.values()))


def open_gguf(file: Path) -> GGUFReader:
    """Map a GGUF file into memory.

    Raises:
        BadInput: it is not one, it is cut off, or it is a part of a split one.
    """
    try:
        reader = GGUFReader(file)
    except (OSError, ValueError, KeyError, IndexError, OverflowError, MemoryError) as error:
        raise BadInput(f"{file} cannot be read as a GGUF file ({error}).") from None
    if reader.get_field("split.count") is not None and int(_value(reader, "split.count")) > 1:
        raise BadInput(f"{file} is one part of a split GGUF file; join its parts with llama-gguf-split --merge first.")
    if reader.get_field(Keys.General.ARCHITECTURE) is None:
        raise BadInput(f"{file} does not say what kind of model it is.")
    return reader


def _value(reader: GGUFReader, name: str) -> Any:
    field = reader.get_field(name)
    return None if field is None else field.contents()


def _architecture_fields(reader: GGUFReader, architecture: str) -> dict[str, Any]:
    prefix = f"{architecture}."
    return {
        name.removeprefix(prefix): field.contents() for name, field in reader.fields.items() if name.startswith(prefix)
    }


def _check_blocks(source: Path, reader: GGUFReader, count: int) -> None:
    numbers = {number for tensor in reader.tensors if (number := _block(tensor.name)) is not None}
    encoder = any(tensor.name.startswith(("enc.", "dec.")) for tensor in reader.tensors)
    if encoder or numbers != set(range(count)):
        raise BadInput(f"{source} does not hold one decoder of {count} blocks; it cannot be pruned.")


def _block(name: str) -> int | None:
    if not name.startswith(_BLOCK_PREFIX):
        return None
    number = name.split(".")[1]
    return int(number) if number.isdigit() else None


def _new_name(name: str, removal: Removal) -> str | None:
    """The tensor's name after the removal, or None when it goes."""
    block = _block(name)
    if block is None:
        return name
    number = removal.new_number.get(block)
    return None if number is None else f"{_BLOCK_PREFIX}{number}.{name.split('.', 2)[2]}"


def _write(
    reader: GGUFReader,
    architecture: str,
    changed: dict[str, Any],
    kept: dict[str, ReaderTensor],
    file: Path,
    progress: Progress,
) -> None:
    writer = GGUFWriter(file, architecture, endianess=reader.endianess)
    writer.data_alignment = reader.alignment
    for name, tensor in kept.items():
        writer.add_tensor_info(name, tensor.data.shape, tensor.data.dtype, tensor.data.nbytes, tensor.tensor_type)
    label = {Keys.General.SIZE_LABEL: size_label(*writer.get_total_parameter_count())}
    for name, value, kind, item_kind in copied_fields(reader, {**changed, **label}):
        writer.add_key_value(name, value, kind, item_kind)
    for name in sorted(changed.keys() - reader.fields.keys()):
        writer.add_array(name, changed[name])
    try:
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_ti_data_to_file()
        done, total = 0, sum(int(tensor.n_bytes) for tensor in kept.values())
        for tensor in kept.values():
            writer.write_tensor_data(tensor.data, tensor_endianess=reader.endianess)
            done += int(tensor.n_bytes)
            progress(done, total)
        writer.flush()
        for stream in writer.fout or ():
            os.fsync(stream.fileno())
    finally:
        writer.close()


def copied_fields(
    reader: GGUFReader, changed: dict[str, Any]
) -> Iterator[tuple[str, Any, GGUFValueType, GGUFValueType | None]]:
    """(name, value, type, type of an array's entries) of each field, in their order; changed ones with the new value.

    The architecture is left out, since the writer says it, and so are empty arrays, which mean nothing to a reader.
    """
    for name, field in reader.fields.items():
        if name == Keys.General.ARCHITECTURE or name.startswith("GGUF."):
            continue
        value = changed.get(name, _raw(field))
        is_array = isinstance(value, list)
        if not is_array or value:
            item_kind = _item_kind(field, value) if is_array else None
            yield name, value, GGUFValueType.ARRAY if is_array else field.types[0], item_kind


def _item_kind(field: ReaderField, value: list[Any]) -> GGUFValueType:
    was_array = field.types[0] == GGUFValueType.ARRAY
    return field.types[-1] if was_array else GGUFValueType.get_type(value[0])


def _raw(field: ReaderField) -> Any:
    """The field's value; texts as their bytes, whatever they hold."""
    if field.types[-1] != GGUFValueType.STRING:
        return field.contents()
    texts = [field.parts[place].tobytes() for place in field.data]
    return texts if field.types[0] == GGUFValueType.ARRAY else texts[-1]
