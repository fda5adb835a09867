"""Read the headers of a GGUF model that is split into parts, and check that they belong together."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.model_files.gguf_names import check_parts, check_piece, model_name, part_files, part_number
from engine.model_files.gguf_start import MAGIC
from engine.model_files.given_name import given_name
from engine.sources.gguf.header import LARGEST_ALIGNMENT, GgufHeader, GgufTensor, Metadata, read_gguf_header
from engine.sources.gguf.metadata import shown

SPLIT_FIELDS = ("split.no", "split.count", "split.tensors.count")
_NUMBER, _COUNT, _TENSORS = SPLIT_FIELDS


@dataclass(frozen=True)
class Gguf:
    """A complete GGUF model: the headers of its files, in order."""

    parts: tuple[GgufHeader, ...]

    @property
    def metadata(self) -> Metadata:
        """Return all fields; those of the first part if there are several."""
        return self.parts[0].metadata

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the files, in order."""
        return tuple(part.file for part in self.parts)

    @cached_property
    def tensors(self) -> dict[str, GgufTensor]:
        """Return every tensor by its name, in the order of the files."""
        return {tensor.name: tensor for part in self.parts for tensor in part.tensors}

    @property
    def name(self) -> str:
        """Return the model's short name: that of its file, without the number of a part."""
        return given_name(self.files[0])

    @property
    def architecture(self) -> str:
        """Return llama.cpp's name of the architecture, or an empty text if the file states none."""
        return str(self.metadata.get("general.architecture", ""))


def read_gguf(file: Path) -> Gguf:
    """Read the headers of the model of which ``file`` is the only file or a part.

    Raises:
        BadInput: A part is missing or damaged, or the parts do not belong together.
    """
    header = _header(file)
    count = header.metadata.get(_COUNT, 1)
    if not isinstance(count, int) or isinstance(count, bool) or count < 0:
        raise BadInput(
            worded("{0} is damaged (it claims to be one of {1} parts); download it again.", file, shown(count))
        )
    if count <= 1:
        return Gguf((header,))
    paths = _part_files(header, count)
    parts = tuple(header if path == file else read_gguf_header(path) for path in paths)
    _check_together(parts)
    return Gguf(parts)


def _header(file: Path) -> GgufHeader:
    """Read the header of one file, and explain it if the file is a piece of another one.

    Raises:
        BadInput: The header cannot be read.
    """
    try:
        return read_gguf_header(file)
    except BadInput:
        check_piece(file)
        raise


def _part_files(header: GgufHeader, count: int) -> list[Path]:
    """Return the files of a split model.

    Raises:
        BadInput: A file is missing, or the parts are concatenated or misnamed.
    """
    file, number = header.file, header.metadata.get(_NUMBER)
    if _is_concatenated(header):
        raise BadInput(
            worded(
                "{0} is a concatenation of the parts of a split GGUF file, which cannot be read; download the parts "
                "again and give one of them unchanged.",
                file,
            )
        )
    if not isinstance(number, int) or part_number(file) != (number + 1, count):
        own = number + 1 if isinstance(number, int) else 1
        raise BadInput(
            worded(
                "{0} is part {1} of {2} of a split GGUF file, but its name does not show that, and the others are "
                "found by their names; rename it, for example to {3}-{1:05d}-of-{2:05d}.gguf.",
                file,
                own,
                count,
                model_name(file),
            )
        )
    check_parts(file)
    return part_files(file)


def _is_concatenated(header: GgufHeader) -> bool:
    """Return whether another GGUF file begins where this one should end."""
    with header.file.open("rb") as stream:
        stream.seek(header.end)
        return MAGIC in stream.read(LARGEST_ALIGNMENT)


def _check_together(parts: Sequence[GgufHeader]) -> None:
    first = parts[0]
    names: set[str] = set()
    for number, part in enumerate(parts):
        fields = part.metadata
        own = {tensor.name for tensor in part.tensors}
        stranger = (
            fields.get(_NUMBER) != number
            or any(fields.get(name) != first.metadata.get(name) for name in (_COUNT, _TENSORS))
            or fields.get("general.architecture", first.metadata.get("general.architecture"))
            != first.metadata.get("general.architecture")
            or names & own
        )
        if stranger:
            raise BadInput(
                worded(
                    "{0} does not belong to {1}: they are parts of different models; download all parts from one "
                    "place again.",
                    part.file,
                    first.file,
                )
            )
        names |= own
    promised = first.metadata.get(_TENSORS)
    if promised != len(names):
        raise BadInput(
            worded(
                "{0} promises {1} tensors in its {2} parts, which hold {3}; they are parts of different models, so "
                "download all from one place again.",
                first.file,
                promised,
                len(parts),
                len(names),
            )
        )
