"""Write and read single weights as plain tensors in a safetensors file, with one tensor in memory at a time."""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from engine.api.errors import BadInput, LayerSwarmError, unusable_file
from engine.api.files import make_folder, move_into_place
from engine.api.message import worded
from engine.api.system_errors import named
from engine.api.temporary import temporary_file
from engine.model_files.safetensors_header import TensorEntry, pack_header, read_header

NUMBER_FORMATS: Mapping[str, torch.dtype] = {
    "F64": torch.float64,
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
    "I64": torch.int64,
    "I32": torch.int32,
    "I16": torch.int16,
    "I8": torch.int8,
    "U8": torch.uint8,
    "BOOL": torch.bool,
}
"""Number formats by their names in safetensors files."""
_SUMS, _SUM_DIGITS = "checksums", 8
"""Key of the metadata with a CRC-32 for each tensor, and its number of hexadecimal digits."""
_NAMES: Mapping[torch.dtype, str] = {dtype: name for name, dtype in NUMBER_FORMATS.items()}


@dataclass(frozen=True)
class PlannedTensor:
    """A tensor that is computed only when it is written."""

    dtype: torch.dtype
    shape: tuple[int, ...]
    make: Callable[[], Tensor]

    @classmethod
    def of(cls, tensor: Tensor) -> "PlannedTensor":
        """Return the plan of a tensor that exists."""
        return cls(tensor.dtype, tuple(tensor.shape), lambda: tensor)

    @property
    def bytes(self) -> int:
        """Return the bytes of the values."""
        return self.dtype.itemsize * torch.Size(self.shape).numel()


def save_tensors(path: Path, tensors: Mapping[str, Tensor], metadata: dict[str, str]) -> None:
    """Write a safetensors file under a temporary name, with checksums, make it durable and rename it."""
    save_in_turn(path, {name: PlannedTensor.of(tensor) for name, tensor in tensors.items()}, metadata)


def save_in_turn(path: Path, tensors: Mapping[str, PlannedTensor], metadata: Mapping[str, str]) -> None:
    """Write a file like ``save_tensors``, but compute each tensor only then, so that memory holds one at a time.

    Raises:
        LayerSwarmError: A tensor is not as it was planned.
    """
    # Wide numbers first, as safetensors orders them, so that every tensor begins at a multiple of its number's size.
    ordered = sorted(tensors.items(), key=lambda item: (-item[1].dtype.itemsize, item[0]))
    layout = {name: (_NAMES[planned.dtype], planned.shape, planned.bytes) for name, planned in ordered}
    sums = dict.fromkeys(layout, "0" * _SUM_DIGITS)  # of a fixed length, so that the header can be written again
    with _replaced(path) as temporary, temporary.open("wb") as out:
        out.write(pack_header(layout, {**metadata, _SUMS: json.dumps(sums)}))
        for name, planned in ordered:
            content = _made(name, planned)
            sums[name] = checksum(content)
            out.write(content)
        out.seek(0)
        out.write(pack_header(layout, {**metadata, _SUMS: json.dumps(sums)}))


def checksum(content: memoryview) -> str:
    """Return the CRC-32 of a tensor's bytes, in eight digits."""
    return f"{zlib.crc32(content):0{_SUM_DIGITS}x}"


def known_sums(metadata: Mapping[str, str]) -> Mapping[str, str]:
    """Return the checksums in the metadata of a file by the names of its tensors; none in files of older versions."""
    try:
        sums = json.loads(metadata.get(_SUMS, "{}"))
    except (ValueError, RecursionError):
        return {}
    return sums if isinstance(sums, dict) else {}


def _made(name: str, planned: PlannedTensor) -> memoryview:
    tensor = planned.make()
    if (tensor.dtype, tuple(tensor.shape)) != (planned.dtype, planned.shape):
        raise LayerSwarmError(
            worded("The tensor {0} is not of the number format and shape expected; report this.", name)
        )
    return tensor_bytes(tensor)


@contextmanager
def _replaced(path: Path) -> Iterator[Path]:
    """Yield a temporary name to write to; make the file durable and rename it to ``path``, or delete it."""
    make_folder(path.parent)
    with named(path), temporary_file(path) as temporary:
        yield temporary
        temporary.chmod(0o644)
        move_into_place(temporary, path)


def tensor_bytes(tensor: Tensor) -> memoryview:
    """Return the bytes of a tensor as a safetensors file holds them."""
    return tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy().data


def read_tensor(file: Path, entry: TensorEntry) -> Tensor:
    """Read one tensor of a safetensors file into memory of its own.

    The file is not mapped: Linux refuses to map a file that is larger than the machine's memory as torch does it.

    Raises:
        OSError: The file became shorter, or cannot be read.
    """
    tensor = torch.empty(entry.shape, dtype=NUMBER_FORMATS[entry.dtype])
    with file.open("rb") as stream:
        stream.seek(entry.start)
        if entry.size and stream.readinto(tensor.reshape(-1).view(torch.uint8).numpy().data) != entry.size:
            raise OSError(f"{file} became shorter while it was read")
    return tensor


class TensorFile(Mapping[str, Tensor]):
    """The tensors of a safetensors file by their names; each is read from the disk whenever it is looked up.

    Args:
        path: A file of a run.

    Raises:
        BadInput: The file is missing or damaged.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            header = read_header(path)
            self._entries = {entry.name: entry for entry in header.tensors}
            self._sums = known_sums(header.metadata)
        except BadInput:
            raise unusable_file(path) from None

    def __getitem__(self, name: str) -> Tensor:
        tensor = read_tensor(self._path, self._entries[name])
        known = self._sums.get(name)
        if known is not None and known != checksum(tensor_bytes(tensor)):
            raise unusable_file(self._path)
        return tensor

    def shape_of(self, name: str) -> tuple[int, ...]:
        """Return the shape of a tensor without reading it."""
        return self._entries[name].shape

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def names_in(path: Path) -> set[str]:
    """Return the names of the tensors in a safetensors file, from its header; none where it is missing or damaged."""
    try:
        return set(TensorFile(path))
    except BadInput:
        return set()
