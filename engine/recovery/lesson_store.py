"""Store the dense model's outputs on the training windows: in memory up to a budget, the rest on disk.

All of them are on disk where there is room, so that a resumed training runs the dense model on no window twice.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

from safetensors import SafetensorError, safe_open
from torch import Tensor

from engine.api.disk import free_disk
from engine.api.errors import LayerSwarmError
from engine.api.message import worded
from engine.models.weight_files import save_tensors

Record = dict[str, Tensor]
"""The outputs on one window: name -> tensor on the CPU."""
LESSONS = "lessons"
"""Folder of a recovery's lessons, in that of its checkpoint."""
SHARD = 8
"""Windows in one file."""
_SPARE_BYTES = 2**28
"""Disk space that stays free."""


class LessonStore:
    """Records of windows 0 to ``windows`` - 1, written shard by shard and read in any order.

    Which windows are in memory is fixed, since every epoch reads each of them once: a cache of the most recent ones
    would always have dropped the next one.

    Args:
        folder: Folder of the shards. The folders beside it belong to other trainings of this run and are deleted.
        windows: Number of windows.
        memory_bytes: Memory budget.
        is_first: Whether this is the first of the processes that share the folder; only that one deletes.
    """

    def __init__(self, folder: Path, windows: int, memory_bytes: int, is_first: bool = True) -> None:
        self._folder = folder
        self._windows = windows
        self._budget = memory_bytes
        self._kept: dict[int, Record] = {}
        self._on_disk = True
        if is_first:
            self._delete_others()

    def shards(self) -> list[range]:
        """Return the windows of each shard."""
        return [range(start, min(start + SHARD, self._windows)) for start in range(0, self._windows, SHARD)]

    def has(self, shard: range) -> bool:
        """Return whether a shard has been written, now or in an earlier session."""
        return shard.start in self._kept or _names(self._path(shard.start)) is not None

    def put(self, shard: range, records: Sequence[Record]) -> None:
        """Store the records of a shard.

        Raises:
            LayerSwarmError: They exceed the memory budget and the disk has no room for them.
        """
        size = sum(map(_bytes, records))
        self._on_disk = self._on_disk and self._disk_has_room(size)
        in_memory = self._remember(shard, records)
        if self._on_disk:
            tensors = {f"{place}/{name}": part for place, record in enumerate(records) for name, part in record.items()}
            save_tensors(self._path(shard.start), {name: part.contiguous() for name, part in tensors.items()}, {})
        elif not in_memory:
            raise LayerSwarmError(
                worded(
                    "The dense model's outputs on {0} recovery windows take about {1:,.0f} MB, more than "
                    "recovery.lesson_megabytes, and the disk of {2} has no room for the rest; make room, or lower "
                    "recovery.windows.",
                    self._windows,
                    size / len(shard) * self._windows / 1e6,
                    self._folder,
                )
            )

    def recall(self) -> None:
        """Load as many shards of an earlier session, or of another process, into memory as fit."""
        for shard in self.shards():
            if shard.start not in self._kept and not self._remember(shard, [self._read(index) for index in shard]):
                return

    def get(self, index: int) -> Record:
        """Return the record of one window."""
        return self._kept[index] if index in self._kept else self._read(index)

    def delete(self) -> None:
        """Free memory and disk."""
        self._kept.clear()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _delete_others(self) -> None:
        """Delete the lessons of other trainings: one that was resumed in another precision never reads them again."""
        for other in self._folder.parent.glob("*/"):
            if other != self._folder:
                shutil.rmtree(other, ignore_errors=True)

    def _remember(self, shard: range, records: Sequence[Record]) -> bool:
        size = sum(map(_bytes, records))
        if size > self._budget:
            self._budget = 0  # later shards are on disk only: the first windows stay in memory
            return False
        self._budget -= size
        self._kept.update(zip(shard, records, strict=True))
        return True

    def _read(self, index: int) -> Record:
        start = index - index % SHARD
        prefix = f"{index - start}/"
        with safe_open(self._path(start), framework="pt") as file:
            names = [name for name in file.keys() if name.startswith(prefix)]  # noqa: SIM118 - not a dict
            return {name.removeprefix(prefix): file.get_tensor(name) for name in names}

    def _path(self, start: int) -> Path:
        return self._folder / f"{start:08d}.safetensors"

    def _disk_has_room(self, size: int) -> bool:
        return free_disk(self._folder) > size + _SPARE_BYTES


def _names(path: Path) -> list[str] | None:
    """Return the tensor names in a file; None where it is missing or damaged."""
    try:
        with safe_open(path, framework="pt") as file:
            return list(file.keys())
    except (OSError, SafetensorError):
        return None


def _bytes(record: Record) -> int:
    return sum(part.numel() * part.element_size() for part in record.values())
