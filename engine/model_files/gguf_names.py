"""Find the files of a GGUF model by the names that llama.cpp and uploaders give to its parts.

llama.cpp's ``gguf-split`` cuts between tensors: each part is a GGUF file of its own. Some uploads were cut at arbitrary
bytes (``.gguf.part1of2``, ``.gguf-split-a``); such pieces are refused with the command that joins them.
"""

import re
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.message import worded

_PART_NAME = re.compile(r"(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf")
_PIECE_NAME = re.compile(
    r"(?P<whole>.+\.gguf)(?P<mark>[.-](?:split[.-]?|part[.-]?)?)(?P<piece>\d{1,5}|[a-z]{1,2})(?:-?of-?(?P<count>\d{1,5}))?"
)


def model_name(file: Path) -> str:
    """Return the file's name without its ending and without the number of a part."""
    part = _PART_NAME.fullmatch(file.name)
    return part["stem"] if part else file.stem


def part_number(file: Path) -> tuple[int, int] | None:
    """Return the number of a part, from 1, and how many there are, by its name; None for other names."""
    part = _PART_NAME.fullmatch(file.name)
    return (int(part["number"]), int(part["count"])) if part else None


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


def check_parts(file: Path) -> None:
    """Check that all parts are beside a file that is named as one of several.

    Raises:
        BadInput: A part is missing.
    """
    paths = part_files(file)
    missing = [path.name for path in paths if not path.is_file()]
    if missing:
        more = worded(" ({0} of {1} parts are missing)", len(missing), len(paths)) if len(missing) > 1 else ""
        raise BadInput(
            worded(
                "{0} is one of {1} parts of a GGUF file, and {2} is not beside it{3}; put all parts into one folder.",
                file,
                len(paths),
                missing[0],
                more,
            )
        )


def check_piece(file: Path) -> None:
    """Check that a file without the beginning of a GGUF file is not named like a piece of one.

    Raises:
        BadInput: It is; the message has the command that joins the pieces.
    """
    name = _PIECE_NAME.fullmatch(file.name)
    if name is not None:
        raise _piece(file, name)


def _piece(file: Path, name: re.Match[str]) -> BadInput:
    whole = file.with_name(name["whole"])
    if whole.is_file():
        return BadInput(
            worded("{0} is a piece of a GGUF file that was cut for its upload; give the whole, {1}.", file, whole)
        )
    pieces = sorted(_siblings(file, name), key=_place)
    missing = _missing_piece(name, pieces)
    if missing:
        return BadInput(
            worded(
                "{0} is a piece of a GGUF file that was cut for its upload, and {1} is not beside it; "
                "download all pieces into one folder, then join them.",
                file,
                missing,
            )
        )
    command = shlex.join(["cat", *(str(piece) for piece in pieces)])
    return BadInput(
        worded(
            "{0} is a piece of a GGUF file that was cut for its upload; join the pieces with: {1} > {2}",
            file,
            command,
            shlex.quote(str(whole)),
        )
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
    return "" if missing is None else worded("piece {0} of {1}", missing, name["count"])
