"""Read the header of a GGUF file: its metadata and the position of each tensor, without the weights.

Every claim of the header is checked against the size of the file first, so a damaged or hostile file costs no more
memory and time than the limits below allow. A header that passes is safe to give to a library's reader, which checks
nothing.
"""

import math
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from gguf import GGML_QUANT_SIZES, GGMLQuantizationType

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.api.regular_files import open_regular
from engine.model_files.gguf_start import MAGIC, read_start
from engine.sources.gguf.metadata import MOST_BYTES, HeaderReading, Value, shown

LARGEST_ALIGNMENT = 1 << 16
Metadata = Mapping[str, Value]

T = TypeVar("T")
_ALIGNMENT = "general.alignment"
_VERSIONS = (2, 3)
_LATEST_VERSION = 99
"""Above any plausible version; a higher one means damage."""
_MOST_FIELDS = 1 << 16
_MOST_TENSORS = 1 << 18
_MOST_DIMENSIONS = 4
_SHORTEST_FIELD = 8 + 4 + 1
"""Bytes: the length of its name, its type, a value of one byte."""
_SHORTEST_TENSOR = 8 + 4 + 8 + 4 + 8
"""Bytes: the length of its name, one dimension, its type, its offset."""
_DROPPED_KINDS: Mapping[int, str] = {
    4: "Q4_2",
    5: "Q4_3",
    31: "Q4_0_4_4",
    32: "Q4_0_4_8",
    33: "Q4_0_8_8",
    36: "IQ4_NL_4_4",
    37: "IQ4_NL_4_8",
    38: "IQ4_NL_8_8",
}
"""Number formats that llama.cpp has dropped; their numbers are not reused."""


@dataclass(frozen=True)
class GgufTensor:
    """A tensor of a file: its number format, and the position of its bytes."""

    name: str
    shape: tuple[int, ...]
    """In the file's order: the contiguous dimension first."""
    kind: GGMLQuantizationType
    start: int
    """Offset of the first byte, from the start of the file."""
    size: int
    """Bytes."""

    @property
    def elements(self) -> int:
        """Return the number of its elements."""
        return math.prod(self.shape)


@dataclass(frozen=True)
class GgufHeader:
    """All tensors of one file in the order of the header, and the metadata of the file."""

    file: Path
    metadata: Metadata
    tensors: tuple[GgufTensor, ...]
    end: int
    """Offset after the last byte of the last tensor."""


def read_gguf_header(file: Path) -> GgufHeader:
    """Read the header of ``file``.

    Raises:
        BadInput: The file is not GGUF, is cut short or damaged, or its version or byte order is not supported.
    """
    read_start(file)
    with open_regular(file) as stream:
        reading = HeaderReading(file, stream, file.stat().st_size)
        _check_version(reading)
        tensors, fields = reading.number("<Q"), reading.number("<Q")
        _check_counts(reading, tensors, fields)
        metadata = dict(_unique(reading, reading.fields(fields), worded("fields")))
        infos = dict(_unique(reading, _tensor_infos(reading, tensors), worded("tensors")))
        start = _aligned(reading.place, _alignment(reading, metadata))
    placed = tuple(_placed(name, *info, start) for name, info in infos.items())
    _check_places(file, placed, start)
    end = max((tensor.start + tensor.size for tensor in placed), default=start)
    size = file.stat().st_size
    if placed and end > size:
        raise BadInput(worded("{0} is cut short at byte {1:,} of {2:,}; download it again.", file, size, end))
    return GgufHeader(file, metadata, placed, end)


def _check_version(reading: HeaderReading) -> None:
    reading.take(len(MAGIC))
    version = reading.number("<I")
    if int.from_bytes(version.to_bytes(4, "little"), "big") in (1, *_VERSIONS):
        raise BadInput(
            worded(
                "{0} is a big-endian GGUF file, made for processors such as IBM Z; download the little-endian one, "
                "or convert a copy with 'gguf-convert-endian FILE little' of the Python package gguf.",
                reading.file,
            )
        )
    if version == 1:
        raise BadInput(
            worded(
                "{0} is GGUF of version {1}, from August 2023, which is no longer supported; download or convert the "
                "model again.",
                reading.file,
                version,
            )
        )
    if not 1 < version <= _LATEST_VERSION:
        reading.damaged(worded("it claims to be GGUF of version {0}", version))
    if version > _VERSIONS[-1]:
        raise BadInput(
            worded(
                "{0} is GGUF of version {1}, which is newer than this LayerSwarm (it reads {2} and {3}); update "
                "LayerSwarm, or download a file of version {3}.",
                reading.file,
                version,
                _VERSIONS[0],
                _VERSIONS[-1],
            )
        )


def _check_counts(reading: HeaderReading, tensors: int, fields: int) -> None:
    claims = (
        (tensors, _MOST_TENSORS, _SHORTEST_TENSOR, worded("tensors")),
        (fields, _MOST_FIELDS, _SHORTEST_FIELD, worded("fields")),
    )
    for claimed, most, shortest, what in claims:
        if claimed > most:
            reading.damaged(worded("its header claims {0:,} {1}", claimed, what))
        if claimed * shortest > reading.size:
            raise BadInput(
                worded(
                    "{0} is cut short at byte {1:,}, within its header, which claims {2:,} {3}; download it again.",
                    reading.file,
                    reading.size,
                    claimed,
                    what,
                )
            )


def _tensor_infos(
    reading: HeaderReading, count: int
) -> Iterator[tuple[str, tuple[tuple[int, ...], GGMLQuantizationType, int]]]:
    """Yield name -> (shape, format, offset from the start of the weights)."""
    for _ in range(count):
        name = reading.text()
        dimensions = reading.number("<I")
        if not 1 <= dimensions <= _MOST_DIMENSIONS:
            reading.damaged(worded("its tensor {0} has {1:,} dimensions", shown(name), dimensions))
        shape = struct.unpack(f"<{dimensions}Q", reading.take(8 * dimensions))
        kind = _kind(reading, name, reading.number("<I"))
        if not 0 < math.prod(shape) <= MOST_BYTES or shape[0] % GGML_QUANT_SIZES[kind][0]:
            reading.damaged(
                worded("its tensor {0} has the shape {1} in {2}", shown(name), " x ".join(map(str, shape)), kind.name)
            )
        yield name, (shape, kind, reading.number("<Q"))


def _kind(reading: HeaderReading, name: str, number: int) -> GGMLQuantizationType:
    if number in _DROPPED_KINDS:
        raise BadInput(
            worded(
                "{0} uses the number format {1}, which llama.cpp has dropped; download the model in another one, "
                "such as Q4_0 or Q8_0.",
                reading.file,
                _DROPPED_KINDS[number],
            )
        )
    try:
        return GGMLQuantizationType(number)
    except ValueError:
        raise BadInput(
            worded(
                "{0} is damaged, or uses an unknown number format (tensor {1} is of type {2}); download it again, or "
                "in another format such as Q8_0.",
                reading.file,
                shown(name),
                number,
            )
        ) from None


def _unique(reading: HeaderReading, entries: Iterator[tuple[str, T]], what: str) -> Iterator[tuple[str, T]]:
    names: set[str] = set()
    for name, entry in entries:
        if name in names:
            reading.damaged(worded("it has two {0} named {1}", what, shown(name)))
        names.add(name)
        yield name, entry


def _alignment(reading: HeaderReading, metadata: Metadata) -> int:
    alignment = metadata.get(_ALIGNMENT, 32)
    possible = type(alignment) is int and 0 < alignment <= LARGEST_ALIGNMENT and alignment & (alignment - 1) == 0
    if not possible:
        reading.damaged(worded("its weights are aligned to {0} bytes", repr(alignment)))
    return int(alignment)  # type: ignore[arg-type]  # checked above


def _aligned(place: int, alignment: int) -> int:
    return place + -place % alignment


def _placed(name: str, shape: tuple[int, ...], kind: GGMLQuantizationType, offset: int, start: int) -> GgufTensor:
    block, block_bytes = GGML_QUANT_SIZES[kind]
    return GgufTensor(name, shape, kind, start + offset, math.prod(shape) // block * block_bytes)


def _check_places(file: Path, tensors: tuple[GgufTensor, ...], start: int) -> None:
    """Refuse tensors that overlap or lie beyond the end of any file."""
    end = start
    for tensor in sorted(tensors, key=lambda each: each.start):
        if tensor.start < end:
            raise BadInput(
                worded("{0} is damaged (its tensor {1} overlaps another); download it again.", file, shown(tensor.name))
            )
        end = tensor.start + tensor.size
    if end > MOST_BYTES:
        raise BadInput(
            worded("{0} is damaged (its header claims {1:,} bytes of weights); download it again.", file, end)
        )
