"""Write files so that each is either the old or the new one, whole, even after a power cut."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from engine.api.temporary import temporary_file


def write_atomically(path: Path, content: bytes) -> None:
    """Write to a temporary name beside ``path``, fsync, rename over it and fsync the folder.

    Raises:
        OSError: The write failed; the error names ``path``, whichever step failed.
    """
    try:
        _replace(path, content)
    except ValueError as error:  # the path holds a NUL
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path)) from error
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


def _replace(path: Path, content: bytes) -> None:
    make_folder(path.parent)
    with replacing(path) as file:
        file.write(content)


@contextmanager
def replacing(path: Path, mode: int = 0o644) -> Iterator[BinaryIO]:
    """Yield a new file that takes the place of ``path`` in one step at the end of the block, and is durable then.

    Args:
        path: The file; it need not exist.
        mode: Its permissions.
    """
    with temporary_file(path) as temporary:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        _rename(temporary, path)


def move_into_place(partial: Path, target: Path) -> None:
    """Rename a finished file, or a folder, to ``target`` and make the rename and the folder's content durable.

    A file at ``target`` is replaced, and so is an empty folder where ``partial`` is one.
    """
    _sync_everything_in(partial)
    _rename(partial, target)


def _rename(partial: Path, target: Path) -> None:
    """Rename to ``target`` what is on the disk, and make the rename durable."""
    if partial.is_dir() and target.is_dir():
        target.rmdir()  # some systems do not rename over a folder
    moved = partial.stat().st_ino
    try:
        os.replace(partial, target)
    except FileNotFoundError:
        # A file server whose reply was lost is asked again, and finds that it has moved the file already.
        if not target.exists() or target.stat().st_ino != moved:
            raise
    sync_folder(target.parent)


def make_folder(folder: Path) -> None:
    """Create a folder and its parents where they are missing, and make them durable."""
    missing = [each for each in (folder, *folder.parents) if not each.is_dir()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in missing:
        sync_folder(each.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable where the system supports it."""
    _sync(folder)


def _sync_everything_in(place: Path) -> None:
    for path in (*place.rglob("*"), place):
        if not path.is_symlink() and (path.is_dir() or path.is_file()):
            _sync(path)


def _sync(path: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
