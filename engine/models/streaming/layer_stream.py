"""Bring the weights of decoder layers to the device one layer ahead of their use."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise

import torch
from torch import Tensor

Weights = Mapping[str, Tensor]
"""Weights of a layer by their names in the model."""


@dataclass
class Traffic:
    """Layers and bytes that were read, for estimates and benchmarks."""

    layers: int = 0
    bytes: int = 0

    def add(self, weights: Weights) -> None:
        """Count one layer."""
        self.layers += 1
        self.bytes += sum(tensor.numel() * tensor.element_size() for tensor in weights.values())


@dataclass
class _Arrival:
    """Weights on the device, and what a stream must wait for before it may use them."""

    weights: Weights
    ready: torch.Event | None = None


@dataclass
class LayerStream:
    """Reads layers in a thread of its own, so that one is fetched while the one before it computes.

    The order is learnt: the layer that followed another one the last time is fetched next. At most two layers are in
    memory, the one in use and the one that was fetched ahead.
    """

    read: Callable[[int], Weights]
    """Returns the weights of a layer in main memory; called in the thread."""
    device: torch.device
    streamed: Sequence[int]
    """The layers that it reads, in the order of a first pass."""
    keep: bool = False
    """Whether layers stay in main memory once they are read, which needs room for all of them."""
    traffic: Traffic = field(default_factory=Traffic)

    def __post_init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="layers")
        self._ahead: tuple[int, Future[_Arrival]] | None = None
        self._followers = dict(pairwise(self.streamed))
        self._last: int | None = None
        self._kept: dict[int, Weights] = {}
        self._copies = None if self.device.type == "cpu" else torch.Stream(self.device)

    def take(self, layer: int) -> Weights:
        """Return the weights of a layer on the device, and start to fetch the layer that is likely to be next."""
        arrival = self._arrival(layer)
        if self._last is not None:
            self._followers[self._last] = layer
        self._last = layer
        following = self._followers.get(layer, layer)
        if following != layer:
            self._ahead = following, self._thread.submit(self._fetch, following)
        return self._usable(arrival)

    def _arrival(self, layer: int) -> _Arrival:
        if self._ahead is not None:
            expected, arrival = self._ahead
            self._ahead = None
            fetched = arrival.result()
            if expected == layer:
                return fetched
            del fetched  # before the right one takes its place
        return self._thread.submit(self._fetch, layer).result()

    def _fetch(self, layer: int) -> _Arrival:
        weights = self._kept.get(layer)
        if weights is None:
            weights = self.read(layer)
            self.traffic.add(weights)
            if self.keep:
                weights = self._kept[layer] = {name: self._pinned(tensor) for name, tensor in weights.items()}
        if self._copies is None:
            return _Arrival(weights)
        with self._copies:
            there = {name: self._pinned(each).to(self.device, non_blocking=True) for name, each in weights.items()}
            return _Arrival(there, self._copies.record_event())

    def _usable(self, arrival: _Arrival) -> Weights:
        """Let the stream that computes wait for the copy."""
        if arrival.ready is not None:
            current = torch.accelerator.current_stream(self.device)
            current.wait_event(arrival.ready)
            for tensor in arrival.weights.values():
                tensor.record_stream(current)
        return arrival.weights

    def _pinned(self, tensor: Tensor) -> Tensor:
        return tensor.pin_memory() if self.device.type == "cuda" else tensor
