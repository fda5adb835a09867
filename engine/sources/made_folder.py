"""Make model folders in the cache: each once, complete or not at all, by one process at a time."""

import hashlib
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from filelock import FileLock

from engine.api.disk import free_disk
from engine.api.errors import LayerSwarmError
from engine.api.files import make_folder, move_into_place
from engine.api.locations import Part, cache_folder
from engine.api.message import worded
from engine.api.temporary import partial_export
from engine.model_files.origin import Origin, write_origin
from engine.models.companion_files import companion_files, is_own

_CARD = "README.md"
_SPARE = 100e6
"""Bytes to leave free on the disk."""


def made_once(part: Part, key: str, origin: Origin, make: Callable[[Path], None]) -> Path:
    """Return a folder of the cache, after filling it if it does not exist yet.

    It is filled under a temporary name and renamed when it is complete, so an incomplete one is never used.

    Args:
        part: The part of the cache (``CONVERTED``).
        key: The folder's name, which depends on everything that it is made from.
        origin: Stored in the folder.
        make: Fills the empty folder that it is given.
    """
    folder = cache_folder() / part / key
    make_folder(folder.parent)
    with FileLock(f"{folder}.lock"):
        if not folder.is_dir():
            with partial_export(folder) as partial:
                partial.mkdir()
                make(partial)
                write_origin(partial, origin)
                for written in partial.iterdir():
                    written.chmod(0o755 if written.is_dir() else 0o644)  # safetensors files are created with 0600
                move_into_place(partial, folder)
    return folder


def check_room(needed: float, purpose: str) -> None:
    """Check that ``needed`` bytes fit on the cache's disk.

    Args:
        needed: Bytes.
        purpose: What they are for, as the subject of a sentence.

    Raises:
        LayerSwarmError: The disk has too little room.
    """
    free = free_disk(cache_folder())
    if needed + _SPARE > free:
        raise LayerSwarmError(
            worded(
                "{0} needs {1:.1f} GB, but only {2:.1f} GB are free where the cache is ({3}); make room, or set "
                "LAYERSWARM_CACHE to another folder.",
                purpose,
                needed / 1e9,
                free / 1e9,
                cache_folder(),
            )
        )


def small_files(folder: Path) -> list[Path]:
    """Return a model's files beside config and weights: tokenizer, chat templates, licence, model card."""
    card = folder / _CARD
    return [*companion_files(folder), *([card] if card.is_file() and is_own(card, folder) else [])]


def copy_small_files(source: Path, target: Path) -> None:
    """Copy the ``small_files`` unchanged."""
    for file in small_files(source):
        copy = target / file.relative_to(source)
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(file, copy)


def content_key(digests: Iterable[str], files: Iterable[Path]) -> str:
    """Return 32 hex characters that change with any digest, and with the name or content of any file."""
    key = hashlib.sha256(repr(list(digests)).encode())
    for file in files:
        with file.open("rb") as stream:
            key.update(repr((file.name, hashlib.file_digest(stream, "sha256").hexdigest())).encode())
    return key.hexdigest()[:32]
