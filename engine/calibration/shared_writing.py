"""Let several devices write the model's own text."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

from torch import Tensor

_LOOK_SECONDS = 0.1
"""Seconds between two looks at the user's wish to stop while other devices write."""
Group = Sequence[int]
"""Numbers of blocks that are written at once."""


Other = tuple[Callable[[], None], Callable[[Group], object]]
"""Waits until another device can write, and writes a group there; both raise ``WriterLost`` where it writes no more."""


class WriterLost(Exception):
    """A device writes no more."""


class BlockWriter(Protocol):
    """Writes blocks of a stream on another device."""

    def wait(self) -> None:
        """Wait until the device can write.

        Raises:
            WriterLost: It cannot.
        """

    def written(self, stream: str, blocks: Group, count: int) -> Tensor:
        """Return the windows of consecutive blocks [windows, length], as ``TextGenerator.written`` writes them.

        Raises:
            WriterLost: The device cannot write them.
        """


def write_together(
    groups: Sequence[Group],
    own: Callable[[Group], object],
    others: Sequence[Other],
    look: Callable[[], None],
) -> None:
    """Write groups of blocks on this process's device and on others; what another one cannot write is written here.

    Args:
        groups: The groups.
        own: Writes a group in the calling thread.
        others: Other devices, each in a thread of its own.
        look: Called while others write; may raise to stop.
    """
    work = _Work(groups)
    for wait, write in others:
        threading.Thread(target=_help, args=(work, wait, write), daemon=True).start()
    try:
        while work.left():
            look()
            if (group := work.take(wait=True)) is not None:
                own(group)
                work.done()
    finally:
        work.close()


def _help(work: "_Work", wait: Callable[[], None], write: Callable[[Group], object]) -> None:
    group: Group | None = None
    try:
        wait()
        while (group := work.take(wait=False)) is not None:
            write(group)
            work.done()
    except WriterLost:
        if group is not None:
            work.put_back(group)
    except Exception as error:  # it must not leave the others waiting
        work.fail(error)


class _Work:
    """Groups that are handed out; safe to use from several threads."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._waiting, self._left = deque(groups), len(groups)
        self._error: Exception | None = None
        self._changed = threading.Condition()

    def take(self, wait: bool) -> Group | None:
        """Return the next group; None if there is none now, where wanted after waiting a moment for one."""
        with self._changed:
            if not self._waiting and wait:
                self._changed.wait(_LOOK_SECONDS)
            return self._waiting.popleft() if self._waiting else None

    def put_back(self, group: Group) -> None:
        """Take a group back that could not be written."""
        with self._changed:
            self._waiting.appendleft(group)
            self._changed.notify_all()

    def done(self) -> None:
        """Count a group as written."""
        with self._changed:
            self._left -= 1
            self._changed.notify_all()

    def fail(self, error: Exception) -> None:
        """End the work with an error, which ``left`` raises."""
        with self._changed:
            self._error = error
            self._changed.notify_all()

    def left(self) -> int:
        """Return how many groups are not written yet; raise the error that ended the work."""
        with self._changed:
            if self._error is not None:
                raise self._error
            return self._left

    def close(self) -> None:
        """Hand out no more groups."""
        with self._changed:
            self._waiting.clear()
