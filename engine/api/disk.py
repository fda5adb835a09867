"""Free disk space at places that need not exist yet."""

import shutil
from pathlib import Path


def existing_folder(path: Path) -> Path:
    """Return ``path`` where it is a folder, else the nearest of its parents that is one."""
    whole = path.absolute()
    return next(folder for folder in (whole, *whole.parents) if folder.is_dir())


def free_disk(path: Path) -> int:
    """Return the bytes free on the disk that holds ``path``, which need not exist yet."""
    return shutil.disk_usage(existing_folder(path)).free
