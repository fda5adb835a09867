"""Write files so that each is either the old or the new one, whole, even after a power cut."""

import os
import tempfile
from pathlib import Path


def write_atomically(path: Path, content: bytes) -> None:
    """Write to a temporary name beside ``path``, fsync, rename over it and fsync the folder.

    Raises:
        OSError: The write failed; the error names ``path``, whichever step failed.
    """
    try:
        _replace(path, content)
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)  # mkstemp's 0600 would hide the file from the user's other accounts
        move_into_place(Path(temporary), path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def move_into_place(partial: Path, target: Path) -> None:
    """Rename a finished file or folder to ``target`` and make the rename durable.

    A file at ``target`` is replaced, and so is an empty folder where ``partial`` is one.
    """
    if partial.is_dir() and target.is_dir():
        target.rmdir()  # some systems do not rename over a folder
    os.replace(partial, target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable where the system supports it."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
