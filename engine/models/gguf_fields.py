"""The fields that a GGUF file states for its architecture, each read once and by its type."""

from typing import Any

from engine.api.errors import BadInput
from engine.models.gguf_parts import Gguf
from engine.models.gguf_reading import shown


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

    def whole(self, name: str, default: int | None = None) -> int:
        """A whole number.

        Raises:
            BadInput: the file states none where there is no default, or something else.
        """
        value = self._one(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self._unusable(name, value)
        return value

    def real(self, name: str, default: float | None = None) -> float:
        """A number.

        Raises:
            BadInput: the file states none where there is no default, or something else.
        """
        value = self._one(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            raise self._unusable(name, value)
        return float(value)

    def flag(self, name: str, default: bool) -> bool:
        """Whether something is so.

        Raises:
            BadInput: the file states something else than yes or no.
        """
        value = self._one(name, default)
        if not isinstance(value, bool):
            raise self._unusable(name, value)
        return value

    def text(self, name: str, default: str) -> str:
        """A word.

        Raises:
            BadInput: the file states something else.
        """
        value = self._one(name, default)
        if not isinstance(value, str):
            raise self._unusable(name, value)
        return value

    def any(self, name: str) -> Any:
        """Whatever the file states; None where it states nothing."""
        self._read.add(name)
        return self._values.get(name)

    def skip(self, *names: str) -> None:
        """Count fields as read that change nothing of what the model computes."""
        self._read.update(names)

    def unread(self) -> dict[str, Any]:
        """The fields nobody has asked for, without those whose value means that there is nothing to do."""
        neutral: tuple[object, ...] = (0, 1.0, "", "none")
        return {
            name: value
            for name, value in self._values.items()
            if name not in self._read and not (value in neutral and value is not True and type(value) is not list)
        }

    def _one(self, name: str, default: object) -> object:
        """The field's value; of a list that repeats one value, that value."""
        self._read.add(name)
        value: object = self._values.get(name, default)
        if isinstance(value, list) and value and all(entry == value[0] for entry in value):
            return value[0]
        return value

    def _unusable(self, name: str, value: object) -> BadInput:
        key = f"{self.gguf.architecture}.{name}"
        stated = f"does not state {key}" if value is None else f"states {shown(value)} for {key}"
        return BadInput(
            f"{self.gguf.files[0]} {stated}, so the model in it cannot be built; download or convert it again."
        )
