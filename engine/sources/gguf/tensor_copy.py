"""Write a GGUF file from tensors of other files, byte for byte, with one tensor in memory at a time."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from gguf import GGUFReader, GGUFValueType, GGUFWriter, Keys, ReaderField, ReaderTensor
from gguf.utility import size_label

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.sources.gguf.parts import SPLIT_FIELDS, Gguf, read_gguf
from engine.sources.gguf.quick_reading import QuickReader

Progress = Callable[[int, int], object]
"""Called after each tensor with the bytes written so far and the total. It may raise to stop the work."""


def silent_progress(_done: int, _total: int) -> None:
    """Ignore the progress."""


def open_gguf(file: Path) -> tuple[GGUFReader, ...]:
    """Map a GGUF model into memory: one reader for its file, or one for each part of a split model, in order.

    Raises:
        BadInput: It is not a complete GGUF model, or it does not state its architecture.
    """
    gguf = read_gguf(file)  # the library's reader checks nothing that a header claims
    if not gguf.architecture:
        raise BadInput(worded("{0} does not state its architecture (general.architecture); download it again.", file))
    return open_parts(gguf)


def open_parts(gguf: Gguf) -> tuple[GGUFReader, ...]:
    """Map every file of a model into memory, in order.

    Raises:
        BadInput: The library's reader cannot read a file.
    """
    return tuple(_reader(file) for file in gguf.files)


def _reader(file: Path) -> GGUFReader:
    try:
        return QuickReader(file)
    except (OSError, ValueError, KeyError, IndexError, OverflowError, MemoryError) as error:
        raise BadInput(worded("{0} cannot be read as a GGUF file ({1}); download it again.", file, error)) from None


def field_value(reader: GGUFReader, name: str) -> Any:
    """Return the value of a field, or None if there is no such field."""
    field = reader.get_field(name)
    return None if field is None else field.contents()


def copy_whole(gguf: Gguf, target: Path, changed: Mapping[str, Any], progress: Progress = silent_progress) -> None:
    """Write a model to a single new file.

    Args:
        gguf: The model to copy.
        target: The new file.
        changed: Fields with new values.
        progress: Called after each tensor.

    Raises:
        BadInput: The library's reader cannot read a file.
    """
    readers = open_parts(gguf)
    tensors = {tensor.name: _flat(tensor) for reader in readers for tensor in reader.tensors}
    write_gguf(readers[0], tensors, target, changed, progress)


def is_readable(gguf: Gguf) -> bool:
    """Return whether transformers can read the file: a single one, with the gate of shared experts as a vector."""
    return len(gguf.files) == 1 and not any(_is_gate(name) and len(t.shape) > 1 for name, t in gguf.tensors.items())


def _is_gate(name: str) -> bool:
    return ".ffn_gate_inp_shexp." in name


def _flat(tensor: ReaderTensor) -> ReaderTensor:
    return tensor._replace(data=tensor.data.reshape(-1)) if _is_gate(tensor.name) else tensor


def write_gguf(
    reader: GGUFReader,
    tensors: Mapping[str, ReaderTensor],
    target: Path,
    changed: Mapping[str, Any],
    progress: Progress,
) -> None:
    """Write ``tensors`` with the metadata of ``reader`` to ``target``.

    Args:
        reader: Reader of the file whose metadata are copied.
        tensors: Tensors by their new names; they may be in files other than that of ``reader``.
        target: The new file.
        changed: Fields with new values, and new lists and counts.
        progress: Called after each tensor.
    """
    writer = GGUFWriter(target, str(field_value(reader, Keys.General.ARCHITECTURE)), endianess=reader.endianess)
    writer.data_alignment = reader.alignment
    for name, tensor in tensors.items():
        writer.add_tensor_info(name, tensor.data.shape, tensor.data.dtype, tensor.data.nbytes, tensor.tensor_type)
    label = {Keys.General.SIZE_LABEL: size_label(*writer.get_total_parameter_count())} if changed else {}
    for name, value, kind, item_kind in copied_fields(reader, {**changed, **label}):
        writer.add_key_value(name, value, kind, item_kind)
    for name in sorted(changed.keys() - reader.fields.keys()):
        value = changed[name]
        writer.add_array(name, value) if isinstance(value, list) else writer.add_uint32(name, value)
    try:
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_ti_data_to_file()
        done, total = 0, sum(int(tensor.n_bytes) for tensor in tensors.values())
        for tensor in tensors.values():
            writer.write_tensor_data(tensor.data, tensor_endianess=reader.endianess)
            done += int(tensor.n_bytes)
            progress(done, total)
        writer.flush()
        for stream in writer.fout or ():
            os.fsync(stream.fileno())
    finally:
        writer.close()


def copied_fields(
    reader: GGUFReader, changed: Mapping[str, Any]
) -> Iterator[tuple[str, Any, GGUFValueType, GGUFValueType | None]]:
    """Yield (name, value, type, type of an array's entries) of each field in order, with new values if changed.

    The architecture is left out, since the writer adds it; so are empty arrays, which readers ignore, and the fields
    of a part of a split file.
    """
    for name, field in reader.fields.items():
        if name == Keys.General.ARCHITECTURE or name.startswith("GGUF.") or name in SPLIT_FIELDS:
            continue
        value = changed.get(name, _raw(field))
        is_array = isinstance(value, list)
        if not is_array or value:
            item_kind = _item_kind(field, value) if is_array else None
            yield name, value, GGUFValueType.ARRAY if is_array else field.types[-1], item_kind


def _item_kind(field: ReaderField, value: list[Any]) -> GGUFValueType:
    was_array = field.types[0] == GGUFValueType.ARRAY
    return field.types[-1] if was_array else GGUFValueType.get_type(value[0])


def _raw(field: ReaderField) -> Any:
    """Return the field's value, with texts as bytes, since they may not be UTF-8."""
    if field.types[-1] != GGUFValueType.STRING:
        return field.contents()
    texts = [field.parts[place].tobytes() for place in field.data]
    return texts if field.types[0] == GGUFValueType.ARRAY else texts[-1]
