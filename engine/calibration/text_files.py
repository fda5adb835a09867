"""Read text files: decompress them where needed; decode them by their byte order mark, else as UTF-8."""

import bz2
import codecs
import gzip
import io
import lzma
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar, cast

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.api.regular_files import check_regular, open_regular
from engine.api.system_errors import system_words

_CHUNK = 1 << 20
_MOST_HELD = 2 * 10**9
"""Bytes or characters of a file that is held as a whole: a document of JSON, a compressed table."""
_Part = TypeVar("_Part", str, bytes)
PARQUET, _ZIP = b"PAR1", b"PK\x03\x04"
_COMPRESSED = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"\xfd7zXZ\x00": "xz", b"BZh": "bzip2"}
"""First bytes of compressed files. Names are ignored, since browsers decompress files without renaming them."""
_BZIP2_BLOCK = b"1AY&SY"
COMPRESSED_SUFFIXES = (".gz", ".zst", ".xz", ".bz2")
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # before the mark of UTF-16, with which it begins
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_OFTEN = 0.4
"""Least share of zero bytes at every other place in UTF-16."""


class _Stream(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


def ensure_text_file(path: Path, purpose: str = "") -> None:
    """Check that a path leads to a file.

    Args:
        path: The path.
        purpose: What the text is for, such as ``" to measure on"``.

    Raises:
        BadInput: There is none, or it is a named pipe, a socket or a device.
    """
    if path.is_dir():
        raise BadInput(worded("{0} is a folder; name a text file in it.", path))
    try:
        check_regular(path)
    except OSError:
        raise BadInput(worded("There is no text file {0}{1}; check the path.", path, purpose)) from None


def text_suffix(path: Path) -> str:
    """Return the ending that states a file's kind, in lower case: ``.jsonl`` for ``a.jsonl.gz``."""
    is_compressed = path.suffix.lower() in COMPRESSED_SUFFIXES
    return (Path(path.stem) if is_compressed else path).suffix.lower()


def is_parquet(path: Path) -> bool:
    """Return whether a file begins like parquet, whatever its name.

    Raises:
        BadInput: The file cannot be read.
    """
    return next(_chunks(path), b"").startswith(PARQUET)


def whole_bytes(path: Path) -> bytes:
    """Return the whole content of a file, decompressed.

    Raises:
        BadInput: The file cannot be read, is truncated, or too large to be held.
    """
    return b"".join(_limited(path, _chunks(path)))


def whole_text(path: Path) -> str:
    """Return the whole text of a file, its line ends unchanged.

    Raises:
        BadInput: The file cannot be read, is truncated, or is neither UTF-8 nor marked as UTF-16.
    """
    return "".join(_limited(path, characters(path)))


def _limited(path: Path, parts: Iterable[_Part]) -> Iterator[_Part]:
    """Yield the parts of a file that is held as a whole; a small compressed file may unpack to any size."""
    taken = 0
    for part in parts:
        taken += len(part)
        if taken > _MOST_HELD:
            raise BadInput(
                worded(
                    "{0} unpacks to more than {1:.0f} GB, which are not held in memory; split it, or give it as "
                    ".jsonl or uncompressed .parquet.",
                    path,
                    _MOST_HELD / 1e9,
                )
            )
        yield part


def characters(path: Path) -> Iterator[str]:
    """Yield the text of a file in parts, without its byte order mark.

    Raises:
        BadInput: The file cannot be read, is truncated, or is neither UTF-8 nor marked as UTF-16.
    """
    chunks = _chunks(path)
    first = next(chunks, b"")
    mark = next((mark for mark in _MARKS if first.startswith(mark)), b"")
    if not mark and _looks_like_utf16(first):
        raise BadInput(
            worded(
                "{0} cannot be read as UTF-8 text: it looks like UTF-16 without its byte order mark; save it as UTF-8.",
                path,
            )
        )
    decoder = codecs.getincrementaldecoder(_MARKS.get(mark, "utf-8"))()
    position = len(mark)
    for chunk in _with_end(first[len(mark) :], chunks):
        waiting = len(decoder.getstate()[0])
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            raise _undecodable(path, error, position - waiting + error.start, is_end=not chunk) from None
        position += len(chunk)
        if text:
            yield text


def lines(parts: Iterable[str]) -> Iterator[str]:
    r"""Yield the lines of a text with their ends: ``\n``, ``\r\n`` or ``\r``, and no other character."""
    open_line: list[str] = []
    for part in filter(None, parts):
        if not open_line or "\n" in part or "\r" in part or open_line[-1].endswith("\r"):
            found = list(io.StringIO("".join([*open_line, part]), newline=""))
            open_line = [] if found[-1].endswith("\n") else [found.pop()]
            yield from found
        else:
            open_line.append(part)
    yield from io.StringIO("".join(open_line), newline="")


_WHOLE_AGAIN = worded("get the whole file again")


def cut_short(path: Path, how: str, advice: str = _WHOLE_AGAIN) -> BadInput:
    """Return the error for a truncated file: ``how`` it shows, and what to do."""
    return BadInput(worded("{0} is cut short and cannot be read{1}: {2}; {3}.", path, _as_its_kind(path), how, advice))


def _as_its_kind(path: Path) -> str:
    return worded(" as {0}", suffix) if (suffix := text_suffix(path)) else ""


def _with_end(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """Yield all chunks, then an empty one that marks the end."""
    if first:
        yield first
    yield from rest
    yield b""


def _chunks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file, decompressed."""
    kind = ""
    try:
        with open_regular(path) as file:
            kind = _compression(file, path)
            stream = _decompressed(file, kind)
            while chunk := stream.read(_CHUNK):
                yield chunk
    except EOFError:
        raise cut_short(path, worded("its {0} data end early", kind)) from None
    except (OSError, zlib.error, lzma.LZMAError) as error:
        raise _unreadable(path, kind, error) from None


def _compression(file: BinaryIO, path: Path) -> str:
    head = file.read(10)
    file.seek(0)
    if head.startswith(_ZIP):
        raise BadInput(worded("{0} is a zip archive; unpack it, and name the text file in it.", path))
    kind = next((kind for begins, kind in _COMPRESSED.items() if head.startswith(begins)), "")
    return "" if kind == "bzip2" and head[4:] != _BZIP2_BLOCK else kind


def _decompressed(file: BinaryIO, kind: str) -> _Stream:
    match kind:
        case "gzip":
            return gzip.GzipFile(fileobj=file)
        case "bzip2":
            return bz2.BZ2File(file)
        case "xz":
            return lzma.LZMAFile(file)
        case "zstd":
            from pyarrow import CompressedInputStream

            return cast(_Stream, CompressedInputStream(file, "zstd"))
        case _:
            return file


def _unreadable(path: Path, kind: str, error: Exception) -> BadInput:
    if isinstance(error, OSError) and error.errno is not None:
        return BadInput(
            worded(
                "{0} cannot be read: {1}; check the file, and whether your account may read it.",
                path,
                system_words(error),
            )
        )
    if "Truncated" in str(error):  # pyarrow raises this where other readers raise an EOFError
        return cut_short(path, worded("its {0} data end early", kind))
    return BadInput(
        worded("{0} cannot be decompressed: its {1} data are damaged; download the file again.", path, kind)
    )


def _looks_like_utf16(head: bytes) -> bool:
    """Return whether every other byte is often zero and the rest never is, as in UTF-16 of most languages."""
    even, odd = head[0:4096:2], head[1:4096:2]
    return any(
        zeros.count(0) > _OFTEN * len(zeros) and others.count(0) == 0 for zeros, others in ((odd, even), (even, odd))
    )


def _undecodable(path: Path, error: UnicodeDecodeError, position: int, is_end: bool) -> BadInput:
    name = error.encoding.upper().removesuffix("-LE").removesuffix("-BE")
    marked = "" if name == "UTF-8" else worded(", nor as the {0} text that it is by its byte order mark", name)
    if is_end:
        return BadInput(
            worded(
                "{0} cannot be read as UTF-8 text{1}: it ends in the middle of the character that begins at byte "
                "{2}; it is cut short, or saved in another encoding.",
                path,
                marked,
                position,
            )
        )
    byte = worded("byte {0} (0x{1:02x})", position, error.object[error.start])
    return BadInput(
        worded(
            "{0} cannot be read as UTF-8 text{1}: {2} does not belong to such a text; save the file as UTF-8 (it may "
            "be in Windows-1252 or another encoding now).",
            path,
            marked,
            byte,
        )
    )
