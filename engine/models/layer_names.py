"""Which tensor on disk, and which parameter in memory, belongs to which decoder layer."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.api.errors import BadInput
from engine.models.removal import Removal


@dataclass(frozen=True)
class LayerNames:
    """How the decoder layers are named: on disk ``prefix`` + number + ``.`` + rest, in memory ``path`` + the same."""

    prefix: str
    """Such as ``model.layers.``, on disk."""
    path: str
    """Such as ``model.language_model.layers.``, in memory."""
    layers: int

    def layer_of(self, name: str) -> int | None:
        """Return the layer of a tensor on disk, or None outside the decoder layers."""
        return _number(name, self.prefix)

    def renamed(self, name: str, removal: Removal) -> str | None:
        """Return the name on disk after the removal, or None for a tensor of a removed layer."""
        return _renumbered(name, self.prefix, removal)

    def renamed_parameter(self, parameter: str, removal: Removal) -> str | None:
        """Return the parameter's name in the pruned model, or None for one of a removed layer."""
        return _renumbered(parameter, self.path, removal)


def find_layer_names(tensors: Iterable[tuple[str, str]], path: str, layers: int) -> LayerNames:
    """Find how the decoder layers are named on disk.

    Args:
        tensors: Name on disk and name in memory of each weight.
        path: Where the model keeps its decoder layers, such as ``model.layers``.
        layers: How many there are.

    Raises:
        BadInput: the files have no common name with the layer's number in it.
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
            f"The files of this model do not name its {layers} decoder layers by one prefix and their numbers; this "
            "family is not supported."
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
    """Yield what stands before the layer's number, wherever that may be in the name."""
    for match in re.finditer(rf"(?<=\.){number}\.|^{number}\.", name):
        yield name[: match.start()]
