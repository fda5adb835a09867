"""The fields that a GGUF file states for its architecture, each read once and by its type."""

import math
from typing import Any

from engine.api.errors import BadInput
from engine.sources.gguf.metadata import shown
from engine.sources.gguf.parts import Gguf


class Fields:
    """What the file says of its architecture, by the names behind it (``block_count``).

    Each field that is asked for counts as read; ``unread`` names what nobody has asked for, since a field that is
    passed over may make another model.
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
            BadInput: the file states none where there is no default, or something else.
        """
        value = self.whole(name, default)
        if value < 1:
            raise self.unusable(name, value)
        return value

    def whole(self, name: str, default: int | None = None) -> int:
        """Return a whole number of at least 0, such as a window where 0 means none.

        Raises:
            BadInput: the file states none where there is no default, or something else.
        """
        value = self._one(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.unusable(name, value)
        return value

    def real(self, name: str, default: float | None = None) -> float:
        """Return a number of at least 0.

        Raises:
            BadInput: the file states none where there is no default, or something else.
        """
        value = self._one(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
            raise self.unusable(name, value)
        return float(value)

    def flag(self, name: str, default: bool) -> bool:
        """Return whether something is so.

        Raises:
            BadInput: the file states something else than yes or no.
        """
        value = self._one(name, default)
        if not isinstance(value, bool):
            raise self.unusable(name, value)
        return value

    def text(self, name: str, default: str) -> str:
        """Return a word.

        Raises:
            BadInput: the file states something else.
        """
        value = self._one(name, default)
        if not isinstance(value, str):
            raise self.unusable(name, value)
        return value

    def any(self, name: str) -> Any:
        """Return whatever the file states; None where it states nothing."""
        self._read.add(name)
        return self._values.get(name)

    def skip(self, *names: str) -> None:
        """Count fields as read that change nothing of what the model computes."""
        self._read.update(names)

    def unread(self) -> dict[str, Any]:
        """Return the fields nobody has asked for, without those whose value means that there is nothing to do."""
        return {name: value for name, value in self._values.items() if name not in self._read and not _idle(value)}

    def unusable(self, name: str, value: object) -> BadInput:
        """Say that a field is missing (None), or states what it cannot."""
        key = f"{self.gguf.architecture}.{name}"
        stated = f"does not state {key}" if value is None else f"states {shown(value)} for {key}"
        return BadInput(
            f"{self.gguf.files[0]} {stated}, so the model in it cannot be built; download or convert it again."
        )

    def _one(self, name: str, default: object) -> object:
        """The field's value; of a list that repeats one value, that value."""
        self._read.add(name)
        value: object = self._values.get(name, default)
        if isinstance(value, list) and value and all(entry == value[0] for entry in value):
            return value[0]
        return value


def _idle(value: object) -> bool:
    """Whether a field of this value asks for nothing: a count of 0, a scale of 1, no name."""
    return any(type(value) is type(idle) and value == idle for idle in (0, 0.0, 1.0, False, "", "none"))
