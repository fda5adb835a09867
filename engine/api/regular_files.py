"""Open regular files only: a named pipe would wait for a writer for ever, and a device may never end."""

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.message import worded

_KINDS = {
    stat.S_IFIFO: worded("a named pipe"),
    stat.S_IFSOCK: worded("a socket"),
    stat.S_IFCHR: worded("a device"),
    stat.S_IFBLK: worded("a device"),
}
_NON_BLOCKING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def open_regular(path: Path) -> BufferedReader:
    """Open a regular file, or a link to one, for reading.

    Raises:
        BadInput: It is a named pipe, a socket or a device.
        OSError: It cannot be opened; also for a folder.
    """
    check_regular(path)  # opening some devices has an effect, so look before it
    descriptor = os.open(path, os.O_RDONLY | _NON_BLOCKING)
    try:
        _check_mode(path, os.fstat(descriptor).st_mode)  # it may have been exchanged since
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_regular(path: Path, most: int) -> bytes:
    """Return the whole content of a regular file of at most ``most`` bytes.

    Raises:
        BadInput: It is larger, or no regular file.
        OSError: It cannot be read.
    """
    with open_regular(path) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise BadInput(
            worded("{0} is larger than the {1:,.0f} MB that such a file can have; check the file.", path, most / 1e6)
        )
    return content


def check_regular(path: Path) -> None:
    """Check that a path does not lead to a named pipe, a socket or a device.

    For libraries that open a file by its path.

    Raises:
        BadInput: It does.
        OSError: It leads nowhere, or to a folder.
    """
    try:
        mode = os.stat(path).st_mode
    except ValueError:  # it holds a NUL
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path)) from None
    _check_mode(path, mode)


def _check_mode(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if kind := _KINDS.get(stat.S_IFMT(mode)):
        raise BadInput(worded("{0} is {1}, not a file; put the file itself there, or name another one.", path, kind))
