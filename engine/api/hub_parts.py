"""Find and remove the parts of files that the Hub's library leaves in its cache when it is killed.

The library downloads to a name that it draws, so it never takes such a part up again. While it writes, it holds a lock
for the content; a part whose lock nobody holds has been left. Large files are downloaded by ``engine.sources.hub``,
whose parts have names of their own and are taken up by the next download.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from engine.api.leftovers import Leftover
from engine.api.locations import cache_folder, given_path

_PART = re.compile(r"[0-9a-f]{40,64}\.[0-9a-f]{8}\.incomplete")
"""Earlier versions of the library drew no letters; they take up what they have left."""
DOWNLOADS = "downloads"
"""Folder of our own cache with a note for each download that was begun, named like its folder in the Hub's cache."""


def hub_cache_folder() -> Path:
    """Return the folder of the Hub's cache, by the rule of its library, which only the engine has."""
    caches = os.environ.get("XDG_CACHE_HOME", "~/.cache")
    home = os.environ.get("HF_HOME", os.path.join(caches, "huggingface"))
    given = os.environ.get("HUGGINGFACE_HUB_CACHE", os.path.join(home, "hub"))
    return given_path(os.path.expandvars(os.environ.get("HF_HUB_CACHE", given)))


def hub_parts(cache: Path) -> list[Leftover]:
    """Return the parts in the Hub's cache that nobody writes, of every repository."""
    found = (part for storage in _folders(cache) for part in _parts(storage))
    return [Leftover(part, part.stat().st_size, None, "of the Hub's library") for part in found if _is_left(part)]


def sweep_parts(storage: Path) -> None:
    """Remove the parts in a repository's folder of the Hub's cache that nobody can use.

    Args:
        storage: The folder; it need not exist.
    """
    for part in _parts(storage):
        with suppress(OSError), _alone_with(part) as alone:
            if alone:
                part.unlink(missing_ok=True)


def sweep_begun_downloads() -> None:
    """Remove such parts of all downloads that were begun here."""
    cache = hub_cache_folder()
    with suppress(OSError):
        for note in (cache_folder() / DOWNLOADS).glob("*.json"):
            sweep_parts(cache / note.stem)


def _folders(cache: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from (each for each in cache.iterdir() if not each.is_symlink() and each.is_dir())


def _parts(storage: Path) -> Iterator[Path]:
    with suppress(OSError):
        for each in (storage / "blobs").iterdir():
            if _PART.fullmatch(each.name) and each.is_file() and not each.is_symlink():
                yield each


def _is_left(part: Path) -> bool:
    try:
        with _alone_with(part) as alone:
            return alone
    except OSError:
        return False


@contextmanager
def _alone_with(part: Path) -> Iterator[bool]:
    """Hold the library's lock of a part's content; yield whether nobody else holds it."""
    storage, (blob, *_) = part.parent.parent, part.name.split(".")
    path = storage.parent / ".locks" / storage.name / f"{blob}.lock"
    if not path.is_file():
        yield True
        return
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except (Timeout, NotImplementedError):  # a file system without locks
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
