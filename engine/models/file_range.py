"""Copy ranges of bytes between files, within the kernel where it can.

``copy_file_range`` copies without passing the bytes through this process, on some file systems without copying at all.
Its faults differ by kernel and file system: ENOSYS and EPERM where a sandbox forbids it, EXDEV between file systems,
EINVAL or EOPNOTSUPP on eCryptfs, old NFS and CIFS, EAGAIN on ZFS, and 0 bytes instead of an error on some FUSE file
systems. So whatever it does not copy is copied by reading and writing, which succeeds, or raises an error that means
what it says.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

_BLOCK = 1 << 22
"""Bytes that are read at once."""
_PIECE = 1 << 26
"""Bytes that are copied before a person can stop the work."""


def copy_range(origin: BinaryIO, start: int, size: int, out: BinaryIO) -> Iterator[int]:
    """Copy a part of one open file to the current position of another, and yield the bytes of each piece.

    Args:
        origin: A file opened for reading.
        start: Offset of the first byte in ``origin``.
        size: Bytes to copy.
        out: A file opened for writing, but not for appending.

    Raises:
        OSError: ``origin`` became shorter, or a file cannot be read or written.
    """
    for done in range(0, size, _PIECE):
        piece = min(_PIECE, size - done)
        copied = _copied_by_kernel(origin, start + done, piece, out)
        out.writelines(read_range(origin, start + done + copied, piece - copied))
        yield piece


def read_range(origin: BinaryIO, start: int, size: int) -> Iterator[bytes]:
    """Yield a part of an open file, a few megabytes at a time.

    Raises:
        OSError: The file became shorter.
    """
    origin.seek(start)
    left = size
    while left:
        block = origin.read(min(_BLOCK, left))
        if not block:
            raise OSError(f"{origin.name} became shorter while it was read")
        yield block
        left -= len(block)


def _copied_by_kernel(origin: BinaryIO, start: int, size: int, out: BinaryIO) -> int:
    """Return how many of the bytes the kernel copied."""
    if not hasattr(os, "copy_file_range"):  # Linux alone
        return 0
    place, copied = out.tell(), 0
    out.flush()
    with suppress(OSError):
        while copied < size:
            more = os.copy_file_range(
                origin.fileno(), out.fileno(), size - copied, offset_src=start + copied, offset_dst=place + copied
            )
            if not more:
                break
            copied += more
    out.seek(place + copied)
    return copied
