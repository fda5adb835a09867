"""What the operating system refuses - a full disk, a folder that may not be written - in one sentence."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.api.locations import cache_folder

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
WRONG_PATH = frozenset({errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG})

# How Rust's libraries, safetensors and tokenizers among them, tell what the system said; they raise no OSError.
_RUST = re.compile(r"\(os error (\d+)\)")


def system_error(error: BaseException) -> OSError | None:
    """The refusal of the system that ``error`` is or tells of, if it is one that a person can do something about."""
    found = error if isinstance(error, OSError) else None
    if found is None and (match := _RUST.search(str(error))):
        found = OSError(int(match[1]), os.strerror(int(match[1])))
    return found if found is not None and found.errno in FULL | FORBIDDEN | WRONG_PATH else None


@contextmanager
def named(path: Path) -> Iterator[None]:
    """What the system refuses in here names ``path``: a write through an open file, for one, tells no name."""
    try:
        yield
    except Exception as error:
        refused = system_error(error)
        if refused is None or refused.filename is not None:
            raise
        raise OSError(refused.errno, refused.strerror, str(path)) from error


def refusal(error: OSError) -> str:
    """Where, what the system says, and what to do."""
    if error.filename is None and isinstance(error, FileNotFoundError) and not _stands_somewhere():
        return "The folder that this was started in is gone; change to one that exists."
    if error.errno is None:  # a library's own words, such as those of a connection that broke
        return " ".join(str(error).split())[:300] or type(error).__name__
    where = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes | os.PathLike) else ""
    return f"{where + ': ' if where else ''}{error.strerror}; {_advice(error.errno, where)}."


def _advice(number: int, where: str) -> str:
    other = "name another cache folder: LAYERSWARM_CACHE=/path" if _is_cached(where) else "choose another folder"
    if number in FULL and not where:
        return f"free some space for what is written, and for the cache ({cache_folder()})"
    if number in FULL:
        return f"free some space there, or {other}"
    if number in FORBIDDEN:
        return f"allow your account to read and write there, or {other}"
    return f"check this path, or {other}" if where else "look at the disk and its folders, then try again"


def _is_cached(where: str) -> bool:
    return bool(where) and Path(where).is_relative_to(cache_folder())


def _stands_somewhere() -> bool:
    try:
        return Path.cwd().is_dir()
    except OSError:
        return False
