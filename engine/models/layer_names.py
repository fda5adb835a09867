"""Which tensor on disk belongs to which decoder layer."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from engine.api.errors import BadInput
from engine.models.removal import Removal

# Only these words may come before the list of layers, so that vision towers and encoders are never taken for it.
_TENSOR = re.compile(
    r"^(?P<prefix>(?:(?:model|language_model|text_model|transformer|gpt_neox|backbone|decoder)\.)*(?:layers|h|blocks)\.)"
    r"(?P<number>\d+)\.(?P<rest>.+)$"
)


@dataclass(frozen=True)
class LayerNames:
    """The naming of the decoder layers' tensors: ``prefix`` + layer number + ``.`` + the name within the layer."""

    prefix: str
    layers: int

    def split(self, name: str) -> tuple[int, str] | None:
        """(layer number, name within the layer), or None for a tensor outside the decoder layers."""
        match = _TENSOR.match(name)
        if match is None or match["prefix"] != self.prefix:
            return None
        return int(match["number"]), match["rest"]

    def layer_of(self, name: str) -> int | None:
        """The layer that the tensor belongs to; at or above ``layers`` for extra prediction layers (MTP)."""
        place = self.split(name)
        return None if place is None else place[0]

    def renamed(self, name: str, removal: Removal) -> str | None:
        """The tensor's name after the removal, or None when it goes: removed layers, and all prediction layers."""
        place = self.split(name)
        if place is None:
            return name
        number = removal.new_number.get(place[0])
        return None if number is None else f"{self.prefix}{number}.{place[1]}"


def find_layer_names(names: Iterable[str], layers: int) -> LayerNames:
    """Find how the ``layers`` decoder layers are named among the tensor ``names``.

    Raises:
        BadInput: no list of that many layers is there, or more than one.
    """
    numbers: dict[str, set[int]] = defaultdict(set)
    for name in names:
        match = _TENSOR.match(name)
        if match is not None:
            numbers[match["prefix"]].add(int(match["number"]))
    fitting = [prefix for prefix, found in numbers.items() if found >= set(range(layers))]
    if len(fitting) != 1:
        raise BadInput(
            f"The weights of this model do not hold one list of {layers} decoder layers under a known name "
            f"(found: {', '.join(sorted(numbers)) or 'none'}); this family is not supported."
        )
    return LayerNames(fitting[0], layers)


def split_module_name(name: str) -> tuple[int, str] | None:
    """(layer number, name within the layer) of a parameter of a loaded model, or None outside the decoder layers."""
    match = _TENSOR.match(name)
    return None if match is None else (int(match["number"]), match["rest"])
