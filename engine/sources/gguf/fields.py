"""Typed access to the metadata fields of a GGUF file's architecture, with a record of those that were read."""

import math
from typing import Any

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.sources.gguf.metadata import shown
from engine.sources.gguf.parts import Gguf


class Fields:
    """The fields of the file's architecture, by their names without it (``block_count``).

    Each requested field counts as read. ``unread`` returns the others, since an ignored field may change the model.
    """

    def __init__(self, gguf: Gguf) -> None:
        self.gguf = gguf
        prefix = f"{gguf.architecture}."
        self._values = {
            name.removeprefix(prefix): value for name, value in gguf.metadata.items() if name.startswith(prefix)
        }
        self._read: set[str] = set()

    def count(self, name: str, default: int | None = None) -> int:
        """Return a whole number of at least 1, such as a width.

        Raises:
            BadInput: The file states something else, or nothing and there is no default.
        """
        value = self.whole(name, default)
        if value < 1:
            raise self.unusable(name, value)
        return value

    def whole(self, name: str, default: int | None = None) -> int:
        """Return a whole number of at least 0, such as a window where 0 means none.

        Raises:
            BadInput: The file states something else, or nothing and there is no default.
        """
        value = self._one(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.unusable(name, value)
        return value

    def real(self, name: str, default: float | None = None) -> float:
        """Return a number of at least 0.

        Raises:
            BadInput: The file states something else, or nothing and there is no default.
        """
        value = self._one(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
            raise self.unusable(name, value)
        return float(value)

    def flag(self, name: str, default: bool) -> bool:
        """Return a boolean.

        Raises:
            BadInput: The file states something else.
        """
        value = self._one(name, default)
        if not isinstance(value, bool):
            raise self.unusable(name, value)
        return value

    def text(self, name: str, default: str) -> str:
        """Return a text.

        Raises:
            BadInput: The file states something else.
        """
        value = self._one(name, default)
        if not isinstance(value, str):
            raise self.unusable(name, value)
        return value

    def any(self, name: str) -> Any:
        """Return what the file states, or None."""
        self._read.add(name)
        return self._values.get(name)

    def skip(self, *names: str) -> None:
        """Mark fields as read that do not affect what the model computes."""
        self._read.update(names)

    def unread(self) -> dict[str, Any]:
        """Return the fields that were not read, except those whose value has no effect."""
        return {name: value for name, value in self._values.items() if name not in self._read and not _idle(value)}

    def unusable(self, name: str, value: object) -> BadInput:
        """Return an error for a field that is missing (None) or has an invalid value."""
        key = f"{self.gguf.architecture}.{name}"
        stated = worded("does not state {0}", key) if value is None else worded("states {0} for {1}", shown(value), key)
        return BadInput(
            worded(
                "{0} {1}, so the model in it cannot be built; download or convert it again.", self.gguf.files[0], stated
            )
        )

    def _one(self, name: str, default: object) -> object:
        """Return the field's value; for a list that repeats one value, that value."""
        self._read.add(name)
        value: object = self._values.get(name, default)
        if isinstance(value, list) and value and all(entry == value[0] for entry in value):
            return value[0]
        return value


def _idle(value: object) -> bool:
    """Return whether a field with this value has no effect: a count of 0, a scale of 1, no name."""
    return any(type(value) is type(idle) and value == idle for idle in (0, 0.0, 1.0, False, "", "none"))
