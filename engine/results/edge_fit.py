"""Estimate from sizes alone whether a model fits a device, and how fast it may answer there.

Memory is the sum of weights, keys and values of a full context, and working space. The speed is an *estimate*: one
person is answered at a time, so every token reads all weights and the cache once, and memory bandwidth is the limit.
"""

from collections.abc import Iterable, Mapping

import msgspec

from engine.api.edge_devices import EdgeDevice
from engine.api.events import ModelPrepared, RemovalSet
from engine.api.export_targets import BUILT_IN
from engine.results.rows import Figure, Sentence

BITS_PER_WEIGHT: Mapping[str, float] = {
    precision.key: precision.bits for target in BUILT_IN if target.key == "gguf" for precision in target.precisions
}
"""Bits per weight, scales included, of each number format that small devices run: those of GGUF."""

FITS, TOO_LARGE = "{0} fits", "{0} too large"
KV_BITS = 16
"""Bits of a key or value: every runtime keeps them in 16 bits by default."""
REACHED_BANDWIDTH = 0.6
"""Share of the stated memory bandwidth that runtimes reach while decoding."""
_WORKING_SPACE = 0.05
_LEAST_WORKING_SPACE = 150_000_000
"""Bytes for the runtime itself, its buffers and the activations of one token."""


class ModelShape(msgspec.Struct, frozen=True, kw_only=True):
    """The sizes that memory and speed depend on."""

    parameters: int
    kv_elements: int
    """Key and value elements that one token adds, over all layers."""


class EdgeFit(msgspec.Struct, frozen=True, kw_only=True):
    """One model on one device; sizes in bytes."""

    device: EdgeDevice
    weights: int
    kv_cache: int
    working_space: int
    tokens_per_second: float
    """An estimate from memory bandwidth, at a full context."""

    @property
    def needed(self) -> int:
        """Total memory in bytes."""
        return self.weights + self.kv_cache + self.working_space

    @property
    def fits(self) -> bool:
        """Whether the device has that much usable memory."""
        return self.needed <= self.device.usable

    @property
    def verdict(self) -> Sentence:
        """The memory that the model needs, or how much of it is missing."""
        if self.fits:
            return Sentence(FITS, (Figure("bytes", self.needed),))
        return Sentence(TOO_LARGE, (Figure("bytes", self.needed - self.device.usable),))


def dense_shape(model: ModelPrepared) -> ModelShape:
    """Return the shape of the dense model; keys of unknown width are taken to be as wide as the model."""
    kv_elements = model.kv_elements or 2 * model.hidden_size * model.layers
    return ModelShape(parameters=model.parameters, kv_elements=kv_elements)


def pruned_shape(model: ModelPrepared, removed: RemovalSet) -> ModelShape:
    """Return the shape without the layers ``removed``."""
    dense = dense_shape(model)
    return ModelShape(
        parameters=dense.parameters - sum(model.layer_parameters[layer] for layer in removed),
        kv_elements=round(dense.kv_elements * (model.layers - len(removed)) / model.layers),
    )


def fit_device(shape: ModelShape, device: EdgeDevice, context: int, precision: str) -> EdgeFit:
    """Return ``fit_bits`` for a number format of the weights, a key of ``BITS_PER_WEIGHT``."""
    return fit_bits(shape, device, context, BITS_PER_WEIGHT[precision])


def fit_bits(shape: ModelShape, device: EdgeDevice, context: int, bits: float) -> EdgeFit:
    """Compare the memory that a model needs with what a device has.

    Args:
        shape: Sizes of the model.
        device: Memory and bandwidth of the device.
        context: Tokens for which keys and values are kept.
        bits: Bits per weight, scales included.
    """
    weights = round(shape.parameters * bits / 8)
    kv_cache = shape.kv_elements * context * KV_BITS // 8
    return EdgeFit(
        device=device,
        weights=weights,
        kv_cache=kv_cache,
        working_space=max(_LEAST_WORKING_SPACE, round(_WORKING_SPACE * (weights + kv_cache))),
        tokens_per_second=REACHED_BANDWIDTH * device.bandwidth * 1e9 / (weights + kv_cache),
    )


def fit_devices(shape: ModelShape, devices: Iterable[EdgeDevice], context: int, precision: str) -> list[EdgeFit]:
    """Return ``fit_device`` for each device."""
    return [fit_device(shape, device, context, precision) for device in devices]
