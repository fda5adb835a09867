"""Sizes, counted from the tensors in the safetensors headers: no weight is read, nothing is estimated."""

from dataclasses import dataclass
from pathlib import Path

from engine.api.events import RemovalSet
from engine.models.inventory import take_inventory
from engine.models.removal import Removal


@dataclass(frozen=True)
class ModelSizes:
    """What the dense model holds, without the tensors that every export leaves out (``Inventory.left_out``)."""

    layers: int
    parameters: int
    """Numbers in the weights of the language model; a tied weight counts once."""
    bytes: int
    """Bytes of all tensors on disk, without the files' headers."""
    layer_parameters: tuple[int, ...]
    layer_bytes: tuple[int, ...]

    def after(self, removed: RemovalSet) -> tuple[int, int]:
        """(parameters, bytes) when the layers ``removed`` are gone; exact."""
        gone = Removal(self.layers, removed).removed
        parameters = self.parameters - sum(self.layer_parameters[layer] for layer in gone)
        return parameters, self.bytes - sum(self.layer_bytes[layer] for layer in gone)


def measure_sizes(folder: Path) -> ModelSizes:
    """Count parameters and bytes, in total and layer by layer.

    Raises:
        BadInput: the weights cannot be read, or do not fit the config (``take_inventory``).
    """
    inventory = take_inventory(folder)
    names = inventory.names
    layer_parameters, layer_bytes = [0] * names.layers, [0] * names.layers
    for stored in inventory.weights:
        layer = names.layer_of(stored.name)
        if layer is not None:
            layer_parameters[layer] += stored.entry.elements
    for stored in inventory.kept:
        layer = names.layer_of(stored.name)
        if layer is not None:
            layer_bytes[layer] += stored.entry.size
    return ModelSizes(
        names.layers,
        sum(stored.entry.elements for stored in inventory.weights),
        sum(stored.entry.size for stored in inventory.kept),
        tuple(layer_parameters),
        tuple(layer_bytes),
    )
