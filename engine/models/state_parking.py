"""Where hidden states wait for their next layer: in memory, and in files where they do not fit there."""

import mmap
import sys
import tempfile
import weakref

import torch
from torch import Tensor

from engine.api.disk import free_disk
from engine.api.errors import LayerSwarmError
from engine.api.locations import cache_folder
from engine.api.message import worded
from engine.api.system_errors import system_words

LEAST_STATES = 256 * 2**20
"""Bytes of hidden states in memory with which a streamed model is still worked on at a good pace."""
_PARKED = "_parked_state"


class StateParking:
    """Keeps states in memory up to a limit, and further ones as mapped files that have no name.

    Such a file is gone when its tensor is, or the process, however it ends. The system keeps its pages in memory while
    there is room, so that a state which is soon dropped is often never on the disk.

    Args:
        memory: Bytes of states in memory.
        disk: Bytes of further states in files; 0 keeps all states in memory.
        moves: Whether states on another device are moved to main memory.
    """

    def __init__(self, memory: int = sys.maxsize, disk: int = 0, moves: bool = False) -> None:
        self._memory, self._disk, self._moves = memory, disk, moves
        self._used = 0

    @property
    def room(self) -> int:
        """Bytes of states that may wait at a time."""
        return self._memory + self._disk

    def parked(self, hidden: Tensor) -> Tensor:
        """Return hidden states with the same numbers where they wait.

        Raises:
            LayerSwarmError: The disk is full.
        """
        if hasattr(hidden, _PARKED):
            return hidden
        here = hidden.cpu() if self._moves else hidden
        if not self._disk:
            return here
        if self._used + here.nbytes > self._memory:
            here = _in_a_file(here)
        else:
            self._used += here.nbytes
            weakref.finalize(here, self._dropped, here.nbytes).atexit = False
        setattr(here, _PARKED, True)
        return here

    def _dropped(self, size: int) -> None:
        self._used -= size


def free_for_states() -> int:
    """Return the bytes that states may take on the disk: a quarter of what is free, since others write there too."""
    return free_disk(cache_folder()) // 4


def _in_a_file(hidden: Tensor) -> Tensor:
    """Return a tensor that is read from a file without a name; the bytes are written at once, so a full disk shows."""
    folder = cache_folder()
    content = hidden.cpu().contiguous().view(torch.uint8).numpy()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder, prefix=".states-") as file:
            file.write(content.data)
            file.flush()
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    except OSError as error:
        raise LayerSwarmError(
            worded(
                "Hidden states that do not fit into memory cannot be written to {0} ({1}); make room on that disk.",
                folder,
                system_words(error),
            )
        ) from None
    return torch.frombuffer(mapped, dtype=hidden.dtype).view(hidden.shape)
