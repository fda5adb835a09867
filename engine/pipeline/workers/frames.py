"""Messages in a stream of bytes: eight bytes of length, then so many bytes."""

from typing import IO

_HEAD = 8


def write_frame(stream: IO[bytes], content: bytes) -> None:
    """Write a message and flush it.

    Raises:
        OSError: The reader is gone.
    """
    stream.write(len(content).to_bytes(_HEAD, "little") + content)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Return the next message; None where the stream has ended, also within a message."""
    head = stream.read(_HEAD)
    if len(head) < _HEAD:
        return None
    size = int.from_bytes(head, "little")
    content = stream.read(size)
    return content if len(content) == size else None
