"""Compare tensors on disk without loading them."""

from pathlib import Path

from engine.models.safetensors_header import TensorEntry

_BLOCK = 1 << 22


def same_content(first: tuple[Path, TensorEntry], second: tuple[Path, TensorEntry]) -> bool:
    """Return whether two tensors hold the same bytes in the same format and shape.

    Args:
        first: A file and a tensor in it.
        second: The file and tensor to compare with.
    """
    (one_file, one), (other_file, other) = first, second
    if (one.dtype, one.shape, one.size) != (other.dtype, other.shape, other.size):
        return False
    with one_file.open("rb") as here, other_file.open("rb") as there:
        here.seek(one.start)
        there.seek(other.start)
        for done in range(0, one.size, _BLOCK):
            length = min(_BLOCK, one.size - done)
            if here.read(length) != there.read(length):
                return False
    return True
