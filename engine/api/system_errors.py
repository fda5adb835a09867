"""Explain in one sentence what the operating system refuses: a full disk, a folder without write permission."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.api.errors import in_one_line
from engine.api.locations import cache_folder

TOO_LARGE = frozenset({errno.EFBIG})
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
BROKEN = frozenset(
    getattr(errno, name) for name in ("EIO", "ESTALE", "ENODEV", "ENXIO", "EREMOTEIO") if hasattr(errno, name)
)
TOO_MANY_OPEN = frozenset({errno.EMFILE, errno.ENFILE})
WRONG_PATH = frozenset({errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP})
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


def refusal(error: OSError) -> str:
    """Return a sentence with the place, the system's reason, and advice."""
    if error.filename is None and isinstance(error, FileNotFoundError) and not _stands_somewhere():
        return "The working folder no longer exists; change to one that does."
    if error.errno is None:  # a library's own message, such as that of a broken connection
        return in_one_line(error, 300) or type(error).__name__
    where = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes | os.PathLike) else ""
    return f"{where + ': ' if where else ''}{error.strerror}; {_advice(error.errno, where)}."


def reason_and_advice(error: OSError, where: Path) -> str:
    """Return the system's reason for an error at a place, with advice where there is any, as part of a sentence."""
    if error.errno is None or error.errno not in _EXPLAINED:
        return error.strerror or str(error)
    return f"{error.strerror}; {_advice(error.errno, str(where))}"


def _advice(number: int, where: str) -> str:
    other = "name another cache folder: LAYERSWARM_CACHE=/path" if _is_cached(where) else "choose another folder"
    if number in FULL and not where:
        return f"free some space on the disk of the output and of the cache ({cache_folder()})"
    if number in FULL:
        return f"free some space there, or {other}"
    if number in TOO_LARGE:
        return (
            "the file system there (FAT32 holds files of less than 4 GB), or a limit of your account, allows no file "
            f"that large; {'choose a folder on another disk' if other.startswith('choose') else other}"
        )
    if number in FORBIDDEN:
        return f"allow your account to read and write there, or {other}"
    if number in TOO_MANY_OPEN:
        return "close other programs, or raise your account's limit of open files, then try again"
    if number in BROKEN:
        return f"the disk or its connection fails: check both, or {other}"
    return f"check this path, or {other}" if where else "check the disk and its folders, then try again"


def _is_cached(where: str) -> bool:
    return bool(where) and Path(where).is_relative_to(cache_folder())


def _stands_somewhere() -> bool:
    try:
        return Path.cwd().is_dir()
    except OSError:
        return False
