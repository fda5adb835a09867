"""The names of decoder layers: map tensors on disk and parameters in memory to layers, and renumber them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.models.removal import Removal


@dataclass(frozen=True)
class LayerNames:
    """Names of decoder layers: on disk ``prefix`` + number + ``.`` + rest, in memory ``path`` + the same."""

    prefix: str
    """Such as ``model.layers.``, on disk."""
    path: str
    """Such as ``model.language_model.layers.``, in memory."""
    layers: int

    def layer_of(self, name: str) -> int | None:
        """Return the layer of a tensor on disk, or None if it is outside the decoder layers."""
        return _number(name, self.prefix)

    def renamed(self, name: str, removal: Removal) -> str | None:
        """Return a tensor's name on disk after ``removal``, or None if its layer is removed."""
        return _renumbered(name, self.prefix, removal)

    def renamed_parameter(self, parameter: str, removal: Removal) -> str | None:
        """Return a parameter's name in the pruned model, or None if its layer is removed."""
        return _renumbered(parameter, self.path, removal)


def find_layer_names(tensors: Iterable[tuple[str, str]], path: str, layers: int) -> LayerNames:
    """Find the names of the decoder layers on disk.

    Args:
        tensors: Name on disk and name in memory of each weight.
        path: Path of the decoder layers in the model, such as ``model.layers``.
        layers: Number of decoder layers.

    Raises:
        BadInput: The tensors' names do not consist of a common prefix and the layer's number.
    """
    inside = 0
    prefixes: Counter[str] = Counter()
    for name, parameter in tensors:
        number = _number(parameter, f"{path}.")
        if number is not None:
            inside += 1
            prefixes.update(set(_prefixes(name, number)))
    common = [prefix for prefix, count in prefixes.items() if count == inside]
    if not common:
        raise BadInput(
            worded(
                "The files of this model do not name its {0} decoder layers by one prefix and their numbers, so it "
                "is not supported; choose another model.",
                layers,
            )
        )
    return LayerNames(min(common, key=len), f"{path}.", layers)


def _number(name: str, prefix: str) -> int | None:
    if not name.startswith(prefix):
        return None
    number = name[len(prefix) :].partition(".")[0]
    return int(number) if number.isdecimal() else None


def _renumbered(name: str, prefix: str, removal: Removal) -> str | None:
    number = _number(name, prefix)
    if number is None:
        return name
    new = removal.new_number.get(number)
    rest = name[len(prefix) :].partition(".")[2]
    return None if new is None else f"{prefix}{new}.{rest}"


def _prefixes(name: str, number: int) -> Iterator[str]:
    """Yield what precedes the layer's number, wherever the number occurs in the name."""
    for match in re.finditer(rf"(?<=\.){number}\.|^{number}\.", name):
        yield name[: match.start()]
