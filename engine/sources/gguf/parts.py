"""A GGUF model in one file or several: which files belong to it, and whether all of it is there.

llama.cpp's ``gguf-split`` cuts between tensors: each part is a GGUF file of its own. Uploads were also cut anywhere
(``.gguf.part1of2``, ``.gguf-split-a``); such pieces are refused with the command that joins them.
"""

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from engine.api.errors import BadInput
from engine.sources.gguf.header import LARGEST_ALIGNMENT, MAGIC, GgufHeader, GgufTensor, Metadata, read_gguf_header
from engine.sources.gguf.metadata import shown

SPLIT_FIELDS = ("split.no", "split.count", "split.tensors.count")
_NUMBER, _COUNT, _TENSORS = SPLIT_FIELDS
_PART_NAME = re.compile(r"(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf")
_PIECE_NAME = re.compile(
    r"(?P<whole>.+\.gguf)(?P<mark>[.-](?:split[.-]?|part[.-]?)?)(?P<piece>\d{1,5}|[a-z]{1,2})(?:-?of-?(?P<count>\d{1,5}))?"
)


@dataclass(frozen=True)
class Gguf:
    """A whole GGUF model: the headers of its files in their order."""

    parts: tuple[GgufHeader, ...]

    @property
    def metadata(self) -> Metadata:
        """All fields; those of the first part where there are several."""
        return self.parts[0].metadata

    @property
    def files(self) -> tuple[Path, ...]:
        """The files in their order."""
        return tuple(part.file for part in self.parts)

    @cached_property
    def tensors(self) -> dict[str, GgufTensor]:
        """Every tensor by its name, in the order of the files."""
        return {tensor.name: tensor for part in self.parts for tensor in part.tensors}

    @property
    def name(self) -> str:
        """The model's short name: that of its file, without the number of a part."""
        return model_name(self.files[0])

    @property
    def architecture(self) -> str:
        """What llama.cpp calls its kind of model; nothing where the file does not say."""
        return str(self.metadata.get("general.architecture", ""))


def model_name(file: Path) -> str:
    """Return the file's name without its ending and without the number of a part."""
    part = _PART_NAME.fullmatch(file.name)
    return part["stem"] if part else file.stem


def read_gguf(file: Path) -> Gguf:
    """Read the headers of the model that ``file`` is, or is a part of.

    Raises:
        BadInput: a part is missing or damaged, or the parts do not belong together.
    """
    header = _header(file)
    count = header.metadata.get(_COUNT, 1)
    if not isinstance(count, int) or isinstance(count, bool) or count < 0:
        raise BadInput(f"{file} is damaged (it says that it is one of {shown(count)} parts); download it again.")
    if count <= 1:
        return Gguf((header,))
    paths = _part_files(header, count)
    parts = tuple(header if path == file else read_gguf_header(path) for path in paths)
    _check_together(parts)
    return Gguf(parts)


def part_files(file: Path) -> list[Path]:
    """Return every file that the name of ``file`` says belongs to its model, whether it is there or not."""
    part = _PART_NAME.fullmatch(file.name)
    if part is None:
        return [file]
    count = int(part["count"])
    return [file.with_name(f"{part['stem']}-{number:05d}-of-{count:05d}.gguf") for number in range(1, count + 1)]


def is_later_part(file: Path) -> bool:
    """Return whether the file's name says that it is a part, and not the first."""
    part = _PART_NAME.fullmatch(file.name)
    return part is not None and int(part["number"]) != 1


def _header(file: Path) -> GgufHeader:
    """The header of one file; where it cannot be read because the file is a piece of another, say so.

    Raises:
        BadInput: the header cannot be read.
    """
    try:
        return read_gguf_header(file)
    except BadInput:
        name = _PIECE_NAME.fullmatch(file.name)
        if name is None:
            raise
    raise _piece(file, name)


def is_piece(file: Path) -> bool:
    """Return whether the file is named like a piece of a GGUF file that was cut anywhere."""
    return _PIECE_NAME.fullmatch(file.name) is not None


def _piece(file: Path, name: re.Match[str]) -> BadInput:
    """That a file is a piece of another one, with the command that joins it with its siblings."""
    whole = file.with_name(name["whole"])
    if whole.is_file():
        return BadInput(f"{file} is a piece of a GGUF file that was cut for its upload; give the whole, {whole}.")
    pieces = sorted(_siblings(file, name), key=_place)
    missing = _missing_piece(name, pieces)
    if missing:
        return BadInput(
            f"{file} is a piece of a GGUF file that was cut for its upload, and {missing} is not beside it; download "
            "all pieces into one folder, then join them."
        )
    command = shlex.join(["cat", *(str(piece) for piece in pieces)])
    return BadInput(
        f"{file} is a piece of a GGUF file that was cut for its upload; join the pieces with: "
        f"{command} > {shlex.quote(str(whole))}"
    )


def _part_files(header: GgufHeader, count: int) -> list[Path]:
    """The files of a split model, which must all be there."""
    file, number = header.file, header.metadata.get(_NUMBER)
    if _is_concatenated(header):
        raise BadInput(
            f"{file} is the parts of a split GGUF file, one behind the other, which cannot be read; download the parts "
            "again and give one of them as it is."
        )
    named = _PART_NAME.fullmatch(file.name)
    if named is None or int(named["count"]) != count or number != int(named["number"]) - 1:
        own = number + 1 if isinstance(number, int) else 1
        raise BadInput(
            f"{file} is part {own} of {count} of a split GGUF file, but its name does not say so, and the others are "
            f"found by their names; give it back a name such as {model_name(file)}-{own:05d}-of-{count:05d}.gguf."
        )
    paths = part_files(file)
    missing = [path.name for path in paths if not path.is_file()]
    if missing:
        more = f" ({len(missing)} of {count} parts are missing)" if len(missing) > 1 else ""
        raise BadInput(
            f"{file} is one of {count} parts of a GGUF file, and {missing[0]} is not beside it{more}; put all parts "
            "into one folder."
        )
    return paths


def _is_concatenated(header: GgufHeader) -> bool:
    """Whether another GGUF file begins where this one should end."""
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
                f"{part.file} does not belong to {first.file}: they are parts of different models; download all parts "
                "from one place again."
            )
        names |= own
    promised = first.metadata.get(_TENSORS)
    if promised != len(names):
        raise BadInput(
            f"{first.file} promises {promised} tensors in its {len(parts)} parts, which hold {len(names)}; they are "
            "parts of different models, so download all from one place again."
        )


def _siblings(file: Path, name: re.Match[str]) -> Iterator[Path]:
    """The pieces of the same file in the same folder, cut in the same way."""
    for other in file.parent.iterdir():
        match = _PIECE_NAME.fullmatch(other.name)
        same = match is not None and (match["whole"], match["mark"], match["count"]) == (
            name["whole"],
            name["mark"],
            name["count"],
        )
        if same and match is not None and match["piece"].isdigit() == name["piece"].isdigit():
            yield other


def _place(piece: Path) -> tuple[int, str]:
    name = _PIECE_NAME.fullmatch(piece.name)
    mark = name["piece"] if name else ""
    return (int(mark), "") if mark.isdigit() else (len(mark), mark)


def _missing_piece(name: re.Match[str], pieces: Sequence[Path]) -> str:
    """The first piece that is not there, where the names say how many there are; nothing when all are."""
    if name["count"] is None:
        return ""
    there = {_place(piece)[0] for piece in pieces}
    first = 0 if 0 in there else 1
    missing = next((number for number in range(first, first + int(name["count"])) if number not in there), None)
    return "" if missing is None else f"piece {missing} of {name['count']}"
