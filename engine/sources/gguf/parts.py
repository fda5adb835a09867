"""Find the files of a GGUF model that is split into parts, and check that all are present.

llama.cpp's ``gguf-split`` cuts between tensors: each part is a GGUF file of its own. Some uploads were cut at arbitrary
bytes (``.gguf.part1of2``, ``.gguf-split-a``); such pieces are refused with the command that joins them.
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
        return model_name(self.files[0])

    @property
    def architecture(self) -> str:
        """Return llama.cpp's name of the architecture, or an empty text if the file states none."""
        return str(self.metadata.get("general.architecture", ""))


def model_name(file: Path) -> str:
    """Return the file's name without its ending and without the number of a part."""
    part = _PART_NAME.fullmatch(file.name)
    return part["stem"] if part else file.stem


def read_gguf(file: Path) -> Gguf:
    """Read the headers of the model of which ``file`` is the only file or a part.

    Raises:
        BadInput: A part is missing or damaged, or the parts do not belong together.
    """
    header = _header(file)
    count = header.metadata.get(_COUNT, 1)
    if not isinstance(count, int) or isinstance(count, bool) or count < 0:
        raise BadInput(f"{file} is damaged (it claims to be one of {shown(count)} parts); download it again.")
    if count <= 1:
        return Gguf((header,))
    paths = _part_files(header, count)
    parts = tuple(header if path == file else read_gguf_header(path) for path in paths)
    _check_together(parts)
    return Gguf(parts)


def part_files(file: Path) -> list[Path]:
    """Return every file of the model by the name of ``file``, whether it exists or not."""
    part = _PART_NAME.fullmatch(file.name)
    if part is None:
        return [file]
    count = int(part["count"])
    return [file.with_name(f"{part['stem']}-{number:05d}-of-{count:05d}.gguf") for number in range(1, count + 1)]


def is_later_part(file: Path) -> bool:
    """Return whether the file is named as a part other than the first."""
    part = _PART_NAME.fullmatch(file.name)
    return part is not None and int(part["number"]) != 1


def _header(file: Path) -> GgufHeader:
    """Read the header of one file, and explain it if the file is a piece of another one.

    Raises:
        BadInput: The header cannot be read.
    """
    try:
        return read_gguf_header(file)
    except BadInput:
        name = _PIECE_NAME.fullmatch(file.name)
        if name is None:
            raise
    raise _piece(file, name)


def is_piece(file: Path) -> bool:
    """Return whether the file is named like a piece of a GGUF file that was cut at arbitrary bytes."""
    return _PIECE_NAME.fullmatch(file.name) is not None


def _piece(file: Path, name: re.Match[str]) -> BadInput:
    """Return an error for a file that is a piece of another one, with the command that joins the pieces."""
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
    """Return the files of a split model.

    Raises:
        BadInput: A file is missing, or the parts are concatenated or misnamed.
    """
    file, number = header.file, header.metadata.get(_NUMBER)
    if _is_concatenated(header):
        raise BadInput(
            f"{file} is a concatenation of the parts of a split GGUF file, which cannot be read; download the parts "
            "again and give one of them unchanged."
        )
    named = _PART_NAME.fullmatch(file.name)
    if named is None or int(named["count"]) != count or number != int(named["number"]) - 1:
        own = number + 1 if isinstance(number, int) else 1
        raise BadInput(
            f"{file} is part {own} of {count} of a split GGUF file, but its name does not show that, and the others "
            f"are found by their names; rename it, for example to {model_name(file)}-{own:05d}-of-{count:05d}.gguf."
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
    """Yield the pieces of the same file in the same folder, cut in the same way."""
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
    """Return the first missing piece if the names state how many there are, else an empty text."""
    if name["count"] is None:
        return ""
    there = {_place(piece)[0] for piece in pieces}
    first = 0 if 0 in there else 1
    missing = next((number for number in range(first, first + int(name["count"])) if number not in there), None)
    return "" if missing is None else f"piece {missing} of {name['count']}"
