"""Explain in one sentence what the operating system refuses: a full disk, a folder without write permission."""

import errno
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from engine.api.errors import quoted
from engine.api.locations import cache_folder
from engine.api.message import Message, worded

TOO_LARGE = frozenset({errno.EFBIG})
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
BROKEN = frozenset(
    getattr(errno, name) for name in ("EIO", "ESTALE", "ENODEV", "ENXIO", "EREMOTEIO") if hasattr(errno, name)
)
TOO_MANY_OPEN = frozenset({errno.EMFILE, errno.ENFILE})
WRONG_PATH = frozenset({errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP})
_REASONS: Mapping[int, Message] = {
    errno.ENOENT: worded("No such file or directory"),
    errno.EACCES: worded("Permission denied"),
    errno.EPERM: worded("Operation not permitted"),
    errno.EROFS: worded("Read-only file system"),
    errno.ENOSPC: worded("No space left on device"),
    errno.EDQUOT: worded("Disk quota exceeded"),
    errno.EFBIG: worded("File too large"),
    errno.EIO: worded("Input/output error"),
    errno.ENOTDIR: worded("Not a directory"),
    errno.EISDIR: worded("Is a directory"),
    errno.ENAMETOOLONG: worded("File name too long"),
    errno.ELOOP: worded("Too many levels of symbolic links"),
    errno.EMFILE: worded("Too many open files"),
    errno.ENFILE: worded("Too many open files in system"),
    errno.EEXIST: worded("File exists"),
    errno.ENOTEMPTY: worded("Directory not empty"),
    errno.EBUSY: worded("Device or resource busy"),
    errno.ETXTBSY: worded("Text file busy"),
    errno.EXDEV: worded("Invalid cross-device link"),
    errno.EINVAL: worded("Invalid argument"),
    errno.ENODEV: worded("No such device"),
    errno.ENXIO: worded("No such device or address"),
    errno.ENOMEM: worded("Cannot allocate memory"),
    errno.EPIPE: worded("Broken pipe"),
    errno.ETIMEDOUT: worded("Connection timed out"),
    errno.ECONNREFUSED: worded("Connection refused"),
    errno.ECONNRESET: worded("Connection reset by peer"),
}
"""The system's own words, of which Linux, macOS and Windows have different ones."""
_EXPLAINED = FULL | FORBIDDEN | TOO_LARGE | BROKEN | TOO_MANY_OPEN | WRONG_PATH

# The form in which Rust's libraries, safetensors and tokenizers among them, report a system error; not an OSError.
_RUST = re.compile(r"\(os error (\d+)\)")


def system_error(error: BaseException) -> OSError | None:
    """Return the system error that ``error`` is or reports, if the user can do something about it."""
    found = error if isinstance(error, OSError) else None
    if found is None and (match := _RUST.search(str(error))):
        found = OSError(int(match[1]), os.strerror(int(match[1])))
    return found if found is not None and found.errno in _EXPLAINED else None


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Name ``path`` in system errors of the block that name no file, such as writes through an open file."""
    try:
        yield
    except Exception as error:
        refused = system_error(error)
        if refused is None or refused.filename is not None:
            raise
        raise OSError(refused.errno, refused.strerror, str(path)) from error


def system_words(error: OSError) -> Message:
    """Return the system's reason for an error, as part of a sentence; a library's own reason as it is."""
    known = _REASONS.get(error.errno or 0)
    return quoted(error.strerror or error, 200) if known is None else known


def refusal(error: OSError) -> Message:
    """Return a sentence with the place, the system's reason, and advice."""
    if error.filename is None and isinstance(error, FileNotFoundError) and not _stands_somewhere():
        return worded("The working folder no longer exists; change to one that does.")
    if error.errno is None:  # a library's own message, such as that of a broken connection
        return quoted(error, 300)
    where = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes | os.PathLike) else ""
    reason = worded("{0}; {1}.", system_words(error), _advice(error.errno, where))
    return worded("{0}: {1}", where, reason) if where else reason


def reason_and_advice(error: OSError, where: Path) -> Message:
    """Return the system's reason for an error at a place, with advice where there is any, as part of a sentence."""
    if error.errno is None or error.errno not in _EXPLAINED:
        return system_words(error)
    return worded("{0}; {1}", system_words(error), _advice(error.errno, str(where)))


def _advice(number: int, where: str) -> Message:
    other = (
        worded("name another cache folder: LAYERSWARM_CACHE=/path")
        if _is_cached(where)
        else worded("choose another folder")
    )
    if number in FULL and not where:
        return worded("free some space on the disk of the output and of the cache ({0})", cache_folder())
    if number in FULL:
        return worded("free some space there, or {0}", other)
    if number in TOO_LARGE:
        return worded(
            "the file system there (FAT32 holds files of less than 4 GB), or a limit of your account, allows "
            "no file that large; {0}",
            other if _is_cached(where) else worded("choose a folder on another disk"),
        )
    if number in FORBIDDEN:
        return worded("allow your account to read and write there, or {0}", other)
    if number in TOO_MANY_OPEN:
        return worded("close other programs, or raise your account's limit of open files, then try again")
    if number in BROKEN:
        return worded("the disk or its connection fails: check both, or {0}", other)
    return (
        worded("check this path, or {0}", other) if where else worded("check the disk and its folders, then try again")
    )


def _is_cached(where: str) -> bool:
    return bool(where) and Path(where).is_relative_to(cache_folder())


def _stands_somewhere() -> bool:
    try:
        return Path.cwd().is_dir()
    except OSError:
        return False
