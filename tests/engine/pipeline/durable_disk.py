"""What a disk holds after a power cut: of files what was synchronised, of folders the names at their last fsync.

This is the least that POSIX promises. Real file systems keep more, so a program that is right here is right there.
"""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

Names = dict[str, int]
"""The entries of a folder: name -> inode."""


@dataclass
class Durable:
    """What has reached the disk, by inode; what is in neither table is an empty file or folder."""

    files: dict[int, bytes] = field(default_factory=dict)
    folders: dict[int, Names] = field(default_factory=dict)
    kinds: dict[int, int] = field(default_factory=dict)

    def copy(self) -> "Durable":
        """Return a copy that later synchronising does not change."""
        return Durable(dict(self.files), dict(self.folders), dict(self.kinds))


class DurableDisk:
    """Records what ``os.fsync`` makes durable below a folder; everything there when it is made is durable.

    Args:
        root: The folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._held: list[int] = []
        self.durable = Durable()
        for path in (root, *root.rglob("*")):
            if not path.is_symlink():
                self._take(path)

    def fsync(self, handle: int) -> None:
        """Record a file or folder; replaces ``os.fsync``."""
        path = Path(os.readlink(f"/proc/self/fd/{handle}"))
        if path == self._root or self._root in path.parents:
            self._take(path)

    def close(self) -> None:
        """Let inodes be used again."""
        for handle in self._held:
            os.close(handle)

    def _take(self, path: Path) -> None:
        status = path.stat()
        self._hold(path)
        self.durable.kinds[status.st_ino] = status.st_mode
        if stat.S_ISREG(status.st_mode):
            self.durable.files[status.st_ino] = path.read_bytes()
            return
        names: Names = {}
        for entry in path.iterdir():
            found = entry.lstat()
            if not stat.S_ISLNK(found.st_mode):
                self._hold(entry)
                names[entry.name] = found.st_ino
                self.durable.kinds[found.st_ino] = found.st_mode
        self.durable.folders[status.st_ino] = names

    def _hold(self, path: Path) -> None:
        """Keep an inode in use, so that no later file gets its number."""
        self._held.append(os.open(path, os.O_RDONLY))


def restore(durable: Durable, root: Path, target: Path, change: Callable[[bytes], bytes] = lambda each: each) -> None:
    """Write what was durable below ``root`` into a new folder."""
    _write(durable, root.stat().st_ino, target, change)


def _write(durable: Durable, inode: int, target: Path, change: Callable[[bytes], bytes]) -> None:
    if stat.S_ISDIR(durable.kinds[inode]):
        target.mkdir(parents=True, exist_ok=True)
        for name, entry in durable.folders.get(inode, {}).items():
            _write(durable, entry, target / name, change)
    else:
        target.write_bytes(change(durable.files.get(inode, b"")))
