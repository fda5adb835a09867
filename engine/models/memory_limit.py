"""Read the memory limit that the system sets for this process: of containers, services and batch jobs.

Linux limits memory by control groups, in either of two versions. Groups are nested, and each of them may have a limit,
so the group of this process and all groups around it count (https://docs.kernel.org/admin-guide/cgroup-v2.html,
https://docs.kernel.org/admin-guide/cgroup-v1/memory.html).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_PROCESS = Path("/proc/self")
_ESCAPED = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True)
class MemoryLimit:
    """What this process may use of the main memory, in bytes."""

    free: int
    total: int


@dataclass(frozen=True)
class _Files:
    """Names of the files of one version of control groups."""

    limits: tuple[str, ...]
    used: str
    reclaimable: tuple[str, ...]
    """Entries of ``memory.stat`` with the page cache, which the kernel reclaims before it ends a process.

    Weights that were read once are inactive in it, those that were read again are active.
    """


_VERSION_1 = _Files(("memory.limit_in_bytes",), "memory.usage_in_bytes", ("total_inactive_file", "total_active_file"))
_VERSION_2 = _Files(("memory.max", "memory.high"), "memory.current", ("inactive_file", "active_file"))


def memory_limit(total: int) -> MemoryLimit | None:
    """Return the tightest limits of the control groups around this process; None where no group has a limit.

    Args:
        total: Bytes of the machine's main memory. A limit of that size or more, such as the 2^63 - 4096 with which the
            first version means none, is no limit.
    """
    found = [
        limit for files, group in _groups() if (limit := _limit_of(group, files)) is not None and limit.total < total
    ]
    if not found:
        return None
    return MemoryLimit(min(limit.free for limit in found), min(limit.total for limit in found))


def _groups() -> Iterator[tuple[_Files, Path]]:
    """Yield the folder of each group around this process, in both versions, the innermost first."""
    try:
        mounts = _mounts((_PROCESS / "mountinfo").read_text())
        memberships = (_PROCESS / "cgroup").read_text().splitlines()
    except (OSError, ValueError):  # not Linux, or a sandbox without /proc
        return
    for line in memberships:
        _, controllers, path = line.split(":", 2)
        files = _VERSION_2 if not controllers else _VERSION_1 if "memory" in controllers.split(",") else None
        if files is not None and files in mounts:
            root, folder = mounts[files]
            yield from ((files, group) for group in _nested(folder, root, path))


def _mounts(lines: str) -> dict[_Files, tuple[str, Path]]:
    """Return the group that is mounted, and where, for each version that is mounted with control of the memory."""
    found: dict[_Files, tuple[str, Path]] = {}
    for line in lines.splitlines():
        fields, _, system = line.partition(" - ")
        kind, _, options = system.split(" ", 2)
        root, folder = (_unescaped(field) for field in fields.split(" ")[3:5])
        if kind == "cgroup2":
            found.setdefault(_VERSION_2, (root, Path(folder)))
        elif kind == "cgroup" and "memory" in options.split(","):
            found.setdefault(_VERSION_1, (root, Path(folder)))
    return found


def _unescaped(field: str) -> str:
    """Return a field of mountinfo, in which spaces and the like are octal numbers."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8)), field)


def _nested(folder: Path, root: str, path: str) -> Iterator[Path]:
    """Yield the folder of the group ``path`` and of those around it, up to the one that is mounted.

    A container may see its own group as the mounted one while its path is the host's, or lies outside (``/..``).
    """
    inside = PurePosixPath(path)
    below = inside.relative_to(root) if inside.is_relative_to(root) else PurePosixPath()
    if ".." in below.parts or not (folder / below).is_dir():
        below = PurePosixPath()
    yield from (folder / each for each in (below, *below.parents))


def _limit_of(group: Path, files: _Files) -> MemoryLimit | None:
    """Return what one group leaves; None where it has no limit or no such files."""
    limits = [limit for name in files.limits if (limit := _number(group / name)) is not None]
    used = _number(group / files.used)
    if not limits or used is None:
        return None
    limit, statistics = min(limits), _statistics(group)
    reclaimable = sum(statistics.get(entry, 0) for entry in files.reclaimable)
    return MemoryLimit(max(limit - used + reclaimable, 0), limit)


def _number(file: Path) -> int | None:
    """Return the number in a file; None where there is none, such as ``max``."""
    try:
        return int(file.read_text())
    except (OSError, ValueError):
        return None


def _statistics(group: Path) -> Mapping[str, int]:
    try:
        lines = (group / "memory.stat").read_text().splitlines()
        return {name: int(number) for name, number in map(str.split, lines)}
    except (OSError, ValueError):
        return {}
