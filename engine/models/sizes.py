"""Count parameters and bytes exactly, from the tensors in the safetensors headers."""

from dataclasses import dataclass
from pathlib import Path

from engine.api.events import RemovalSet
from engine.models.inventory import take_inventory
from engine.models.removal import Removal


@dataclass(frozen=True)
class ModelSizes:
    """Sizes of the dense model, without the tensors that exports leave out (``Inventory.left_out``)."""

    layers: int
    parameters: int
    """Elements of the language model's weights; a tied weight counts once."""
    bytes: int
    """Bytes of all tensors on disk, without file headers."""
    layer_parameters: tuple[int, ...]
    layer_bytes: tuple[int, ...]

    def after(self, removed: RemovalSet) -> tuple[int, int]:
        """Return the exact (parameters, bytes) without the layers ``removed``.

        Raises:
            BadInput: The removal set is not valid for this model.
        """
        gone = Removal(self.layers, removed).removed
        parameters = self.parameters - sum(self.layer_parameters[layer] for layer in gone)
        return parameters, self.bytes - sum(self.layer_bytes[layer] for layer in gone)


def measure_sizes(folder: Path) -> ModelSizes:
    """Count parameters and bytes, in total and layer by layer.

    Raises:
        BadInput: The weights cannot be read, or do not fit the config (``take_inventory``).
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
