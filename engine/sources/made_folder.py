"""Model folders that are made once and kept in the cache: whole or not at all, by one process at a time."""

import hashlib
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from filelock import FileLock

from engine.api.disk import free_disk
from engine.api.errors import LayerSwarmError
from engine.api.files import move_into_place
from engine.api.locations import Part, cache_folder
from engine.models.companion_files import companion_files
from engine.models.origin import Origin, write_origin

_CARD = "README.md"
_SPARE = 100e6
"""Bytes that making a folder leaves free."""


def made_once(part: Part, key: str, origin: Origin, make: Callable[[Path], None]) -> Path:
    """Return the folder ``key`` in a part of the cache (``CONVERTED``), after ``make`` has filled it, if it was new.

    It is filled under another name and renamed when it is whole, so that a torn one is never used.
    """
    folder = cache_folder() / part / key
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not folder.is_dir():
            partial = folder.with_name(f".{folder.name}.part")
            shutil.rmtree(partial, ignore_errors=True)  # left by a process that was killed; the lock is ours
            partial.mkdir()
            try:
                make(partial)
                write_origin(partial, origin)
                for written in partial.iterdir():
                    written.chmod(0o755 if written.is_dir() else 0o644)  # safetensors files are made 0600
                move_into_place(partial, folder)
            finally:
                shutil.rmtree(partial, ignore_errors=True)
    return folder


def check_room(needed: float, purpose: str) -> None:
    """See that so many bytes fit on the cache's disk.

    Args:
        needed: bytes.
        purpose: what they are for, as the subject of a sentence.

    Raises:
        LayerSwarmError: they do not.
    """
    free = free_disk(cache_folder())
    if needed + _SPARE > free:
        raise LayerSwarmError(
            f"{purpose} needs {needed / 1e9:.1f} GB, but only {free / 1e9:.1f} GB are free where the cache is "
            f"({cache_folder()}); make room, or name another place in LAYERSWARM_CACHE."
        )


def small_files(folder: Path) -> list[Path]:
    """Return what belongs to a model beside its config and weights: tokenizer, chat templates, licence, model card."""
    card = folder / _CARD
    return [*companion_files(folder), *([card] if card.is_file() else [])]


def copy_small_files(source: Path, target: Path) -> None:
    """Copy the ``small_files`` as they are."""
    for file in small_files(source):
        copy = target / file.relative_to(source)
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(file, copy)


def content_key(digests: Iterable[str], files: Iterable[Path]) -> str:
    """Return 32 hex characters that change with any of the digests, and with the name or content of any file."""
    key = hashlib.sha256(repr(list(digests)).encode())
    for file in files:
        with file.open("rb") as stream:
            key.update(repr((file.name, hashlib.file_digest(stream, "sha256").hexdigest())).encode())
    return key.hexdigest()[:32]
