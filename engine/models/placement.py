"""Decide which decoder layers stay on the device, and where the others are while they are not applied."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import torch

from engine.api.errors import LayerSwarmError
from engine.api.message import NO_WORDS, Message, worded
from engine.api.settings import DeviceSettings
from engine.models.devices import free_memory
from engine.models.sizes import ModelSizes

_SHARE = 0.9
"""Share of the free memory that is used; allocators leave gaps."""
_AT_ONCE = 3
"""Streamed layers in memory at a time: the one in use, the one fetched ahead, and one that is being converted."""
_LEFT_IN_MEMORY = 4 * 10**9
"""Main memory that layers kept there must leave free."""

Store = Literal["memory", "disk"]
REMEDY = worded("choose another device, fewer or shorter calibration windows, or a larger device.memory_megabytes")
"""What to change in a project whose model does not fit."""


@dataclass(frozen=True)
class Placement:
    """Where the decoder layers of a model are while they are not applied."""

    streamed: tuple[int, ...] = ()
    """Layers that are fetched each time that they are applied; the others are always on the device."""
    store: Store = "disk"
    """Where streamed layers are fetched from."""
    elsewhere: tuple[tuple[int, str], ...] = ()
    """Layers that are on other devices than the rest, and their devices; no layer is streamed then."""


RESIDENT = Placement()
"""All layers are on the device."""


def choose_placement(
    sizes: ModelSizes,
    dtype: torch.dtype,
    device: str,
    settings: DeviceSettings,
    beside: int,
    remedy: str = REMEDY,
    beside_streamed: int | None = None,
    sharing: int = 1,
) -> Placement:
    """Keep as many layers on the device as fit, the last ones, which every candidate passes.

    Args:
        sizes: The model's sizes.
        dtype: Number format of its weights in memory.
        device: The device.
        settings: The memory that may be used, and whether layers may be streamed.
        beside: Bytes that the work needs beside the weights.
        remedy: What to do where even one layer after the other does not fit.
        beside_streamed: Bytes that the work needs beside the weights of a streamed model; ``beside`` by default.
        sharing: Processes that keep layers in the same main memory, each its own copy.

    Raises:
        LayerSwarmError: The model does not fit, and may not be streamed or has not even room for a few layers, or its
            streamed layers do not fit into main memory.
    """
    weights = sizes.parameters * dtype.itemsize
    if settings.offload == "never":
        _check_free(weights, device)
        return RESIDENT
    room = memory_to_use(device, settings) - beside
    if weights <= room:
        return RESIDENT
    if beside_streamed is not None:
        room, beside = room + beside - beside_streamed, beside_streamed
    layers = [parameters * dtype.itemsize for parameters in sizes.layer_parameters]
    least = bytes_in_memory(sizes, dtype, range(sizes.layers))
    if least > room:
        raise LayerSwarmError(
            worded(
                "The model needs {0:,} bytes on {1} even if its layers are fetched one by one, and {2:,} may be "
                "used; {3}.",
                least + beside,
                device,
                room + beside,
                remedy,
            )
        )
    resident: list[int] = []
    left = room - least
    for layer in range(sizes.layers - 1, -1, -1):
        left -= layers[layer]
        if left < 0:
            break
        resident.append(layer)
    streamed = tuple(layer for layer in range(sizes.layers) if layer not in resident)
    return Placement(streamed, _store(device, settings, sum(layers[layer] for layer in streamed), sharing))


def bytes_in_memory(sizes: ModelSizes, dtype: torch.dtype, streamed: Collection[int]) -> int:
    """Return the bytes of the weights that are in memory at a time where some layers are streamed."""
    fetched = [sizes.layer_parameters[layer] for layer in streamed]
    return (sizes.parameters - sum(fetched) + _AT_ONCE * max(fetched, default=0)) * dtype.itemsize


def spread_placement(
    sizes: ModelSizes, dtype: torch.dtype, devices: Sequence[str], room: int, beside: int
) -> Placement | None:
    """Keep all layers in the memory of several devices of one kind, the first ones on the first; None without room.

    Args:
        sizes: The model's sizes.
        dtype: Number format of its weights in memory.
        devices: The devices; the first one has all but the layers, and does all other work.
        room: Bytes of each device that may be used.
        beside: Bytes that the work needs on the first one beside the weights.
    """
    layers = [parameters * dtype.itemsize for parameters in sizes.layer_parameters]
    left = [room - beside - (sizes.parameters * dtype.itemsize - sum(layers)), *([room] * (len(devices) - 1))]
    elsewhere: list[tuple[int, str]] = []
    place = 0
    for layer, size in enumerate(layers):
        while place < len(devices) and left[place] < size:
            place += 1
        if place == len(devices) or left[0] < 0:
            return None
        left[place] -= size
        if place:
            elsewhere.append((layer, devices[place]))
    return Placement(elsewhere=tuple(elsewhere))


def streaming_words(placement: Placement, device: str, layers: int) -> Message:
    """Return a sentence about the streamed layers of a model with so many layers; empty where there are none."""
    count = len(placement.streamed)
    if not count:
        return NO_WORDS
    if placement.store == "memory":
        return worded(
            "The model does not fit into the memory of {0}: {1} of {2} layers are fetched from main memory each time "
            "that they are applied.",
            device,
            count,
            layers,
        )
    return worded(
        "The model does not fit into the memory of {0}: {1} of {2} layers are fetched from disk each time that they "
        "are applied.",
        device,
        count,
        layers,
    )


def memory_to_use(device: str, settings: DeviceSettings) -> int:
    """Return the bytes of the device that the engine may use."""
    return round(1e6 * settings.memory_megabytes) or round(_SHARE * free_memory(device))


def _check_free(weights: int, device: str) -> None:
    """Raise LayerSwarmError where the weights cannot be loaded: the system would end the process."""
    free = free_memory(device)
    if weights > free:
        raise LayerSwarmError(
            worded(
                "The model's weights need {0:.1f} GB on {1}, and {2:.1f} GB are free; close other programs, or set "
                "device.offload=auto, so that its layers are fetched one after the other.",
                weights / 1e9,
                device,
                free / 1e9,
            )
        )


def _store(device: str, settings: DeviceSettings, size: int, sharing: int) -> Store:
    """Choose main memory where another device computes and the layers fit into it.

    On a CPU, layers that do not fit into main memory cannot wait there, whatever the settings ask for.

    Raises:
        LayerSwarmError: They shall wait in main memory, which has no room for them.
    """
    if settings.offload == "disk" or torch.device(device).type == "cpu":
        return "disk"
    free = free_memory("cpu") // sharing
    if settings.offload == "memory" and size > free:
        raise LayerSwarmError(
            worded(
                "device.offload is 'memory', but the layers that do not fit on {0} need {1:.1f} GB, and {2:.1f} GB "
                "of main memory are free; set it to 'auto' or 'disk'.",
                device,
                size / 1e9,
                free / 1e9,
            )
        )
    return "memory" if settings.offload == "memory" or free >= size + _LEFT_IN_MEMORY else "disk"
