"""Find and remove what killed processes have left: temporary files and folders whose owner no longer runs.

Nothing is ever removed but what carries a name of ``engine.api.owners``. What earlier versions have left has other
names; it is listed, and removed on request only.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from engine.api.locations import cache_folder
from engine.api.owners import Owner, owned_name, owner_of

_NOTES = "working"
"""Folder of the cache with a note for each place in which a process is writing now."""
_RANDOM = r"(?=[a-z]*[0-9_])(?!\d{8})[a-z0-9_]{8}"
"""As Python's ``tempfile`` draws it; eight digits are an account's number, and eight letters a word."""
_EARLIER = re.compile(
    rf"\.?layerswarm-{_RANDOM}|\.(text|onnx|rehearsal|converter|states)-{_RANDOM}|\..+\.(part|discarded)"
)
"""Names in the cache, in projects and (only the first) in the folder for temporary files."""
_EARLIER_EXPORT = re.compile(rf"\..+\.part|\..+\.{_RANDOM}")
_PARTS_OF_EXPORTS = (
    *("model/*.safetensors", ".model.part", "config.json"),
    *("layerswarm.json", "*.safetensors", "*.gguf", "*.onnx"),
)


@dataclass(frozen=True)
class Leftover:
    """A temporary file or folder of a process that may have ended."""

    path: Path
    bytes: int
    owner: Owner | None
    """None for what an earlier version or a library has left."""
    maker: str = ""
    """Who has left what has no owner."""

    @property
    def is_abandoned(self) -> bool:
        """Whether its owner is known to have ended."""
        return self.owner is not None and self.owner.is_gone

    @property
    def is_removable(self) -> bool:
        """Whether it may be removed on request: not if its owner runs, or is of a computer that shares the folder."""
        return self.owner is None or self.owner.is_gone


def sweep(place: Path, deep: bool = False) -> None:
    """Remove what ended processes have left in a folder, the largest first; what cannot be removed stays.

    Args:
        place: The folder; it need not exist.
        deep: Search the folders within it too, which must all be LayerSwarm's own.
    """
    _remove_in_turn(each for each in find_leftovers(place, deep) if each.is_abandoned)


@lru_cache(maxsize=256)
def sweep_once(place: Path) -> None:
    """Sweep a folder the first time that this process writes into it."""
    sweep(place)


def sweep_everywhere() -> None:
    """Sweep the cache, and every place where a process was writing when it was ended."""
    found = [*find_leftovers(cache_folder(), deep=True)]  # with the notes
    for place in _noted_places():
        found += find_leftovers(place, is_own(place))
    _remove_in_turn(each for each in found if each.is_abandoned)


def all_leftovers(further: Iterable[Path] = ()) -> list[Leftover]:
    """Return everything left in the cache, in the folder for temporary files, and where processes were writing.

    Args:
        further: More places to search, such as projects and the folders of exports.
    """
    places = {cache_folder(): True, Path(tempfile.gettempdir()): False, **dict.fromkeys(further, False)}
    places |= {place: False for place in _noted_places() if place not in places}
    found = {
        each.path.absolute(): each
        for place, own in places.items()
        for each in (*find_leftovers(place, own or is_own(place)), *_of_earlier_versions(place, own or is_own(place)))
    }
    notes = cache_folder() / _NOTES
    return sorted((each for each in found.values() if each.path.parent != notes), key=lambda each: -each.bytes)


def remove_leftovers(found: Iterable[Leftover]) -> list[Leftover]:
    """Remove those that are removable, the largest first, and return those that are still there."""
    wanted = [each for each in found if each.is_removable]
    _remove_in_turn(wanted)
    return [each for each in wanted if os.path.lexists(each.path)]


def find_leftovers(place: Path, deep: bool = False) -> list[Leftover]:
    """Return the temporary files and folders in a folder, with those of running processes."""
    return [
        Leftover(Path(entry.path), _size(entry), owner)
        for entry in _entries(place, deep)
        if (owner := owner_of(entry.name)) is not None and _is_ours(entry)
    ]


@contextmanager
def noted(place: Path) -> Iterator[None]:
    """Note in the cache that this process writes into a folder, so that the next start finds what it leaves there."""
    note = cache_folder() / _NOTES / owned_name(hidden=False)
    with suppress(OSError):  # without a note, the next start that writes there finds it
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_bytes(os.fsencode(place.absolute()))
    try:
        yield
    finally:
        _remove(note)


def is_own(place: Path) -> bool:
    """Return whether a folder is a project, in which every folder is LayerSwarm's own."""
    return (place / "project.layerswarm").is_file()


def _noted_places() -> Iterator[Path]:
    """Yield the places where processes were writing when they were ended."""
    for entry in _entries(cache_folder() / _NOTES, deep=False):
        owner = owner_of(entry.name)
        if owner is not None and owner.is_gone and entry.is_file(follow_symlinks=False):
            with suppress(OSError):
                yield Path(os.fsdecode(Path(entry.path).read_bytes()))


def _of_earlier_versions(place: Path, own: bool) -> Iterator[Leftover]:
    for entry in _entries(place, own):
        if owner_of(entry.name) is None and _is_ours(entry) and _is_earlier(entry, own):
            yield Leftover(Path(entry.path), _size(entry), None, "of an earlier version")


def _is_earlier(entry: "os.DirEntry[str]", own: bool) -> bool:
    """Return whether an earlier version has made a file or folder; outside our own folders its content decides."""
    if own:
        return _EARLIER.fullmatch(entry.name) is not None
    if entry.name.endswith(".gguf.part") and entry.name.startswith("."):
        return entry.is_file(follow_symlinks=False)
    if not entry.is_dir(follow_symlinks=False):
        return False
    if entry.name.removeprefix(".").startswith("layerswarm-"):
        return _EARLIER.fullmatch(entry.name) is not None
    is_named_so = _EARLIER_EXPORT.fullmatch(entry.name) is not None
    return is_named_so and any(next(Path(entry.path).glob(part), None) is not None for part in _PARTS_OF_EXPORTS)


def _entries(place: Path, deep: bool) -> Iterator["os.DirEntry[str]"]:
    """Yield the entries of a folder, and of those within it; links are not followed, unreadable folders left out."""
    try:
        with os.scandir(place) as found:
            entries = list(found)
    except OSError:
        return
    for entry in entries:
        yield entry
        is_whole = owner_of(entry.name) is not None or _EARLIER.fullmatch(entry.name) is not None
        if deep and not is_whole and entry.is_dir(follow_symlinks=False):
            yield from _entries(Path(entry.path), deep)


def _is_ours(entry: "os.DirEntry[str]") -> bool:
    """Return whether a file or folder belongs to this account; others' are left alone, as are links."""
    try:
        owner = entry.stat(follow_symlinks=False).st_uid
    except OSError:
        return False
    return not entry.is_symlink() and (not hasattr(os, "getuid") or owner == os.getuid())


def _size(entry: "os.DirEntry[str]") -> int:
    files = _everything(Path(entry.path)) if entry.is_dir(follow_symlinks=False) else (entry,)
    return sum(_bytes_of(each) for each in files)


def _bytes_of(entry: "os.DirEntry[str]") -> int:
    try:
        return 0 if entry.is_dir(follow_symlinks=False) else entry.stat(follow_symlinks=False).st_size
    except OSError:  # removed meanwhile
        return 0


def _everything(folder: Path) -> Iterator["os.DirEntry[str]"]:
    with suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            yield entry
            if entry.is_dir(follow_symlinks=False):
                yield from _everything(Path(entry.path))


def _remove_in_turn(found: Iterable[Leftover]) -> None:
    for each in sorted(found, key=lambda each: -each.bytes):
        _remove(each.path)


def _remove(path: Path) -> None:
    """Remove a file or folder if the system lets us."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)
