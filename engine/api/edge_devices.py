"""Small devices that may run a model, with memory and memory bandwidth; pure data.

The user's own devices are in the setting ``edge.devices``, each written ``name:memory:bandwidth`` or
``name:memory:bandwidth:reserved``.
"""

from collections.abc import Iterable

import msgspec

from engine.api.errors import BadInput
from engine.api.message import worded

_GIB = 1 << 30
_EXAMPLE = "'My board:4:17' (name, GiB of memory, GB/s; a fourth number is the GiB that the system keeps)"


class EdgeDevice(msgspec.Struct, frozen=True, kw_only=True):
    """A device that serves one user at a time, so that reading the weights limits its speed."""

    name: str
    memory: int
    """Bytes of memory available to the processor that runs the model."""
    reserved: int
    """Bytes of it that the system and other programs need."""
    bandwidth: float
    """Memory bandwidth by the maker's specification, in 10^9 bytes per second."""

    @property
    def usable(self) -> int:
        """Bytes left for a model."""
        return max(self.memory - self.reserved, 0)


def _device(name: str, gib: float, bandwidth: float, reserved_gib: float) -> EdgeDevice:
    return EdgeDevice(name=name, memory=round(gib * _GIB), reserved=round(reserved_gib * _GIB), bandwidth=bandwidth)


EDGE_DEVICES: tuple[EdgeDevice, ...] = (
    _device("Raspberry Pi 5, 2 GB", 2, 17.1, 0.5),
    _device("Raspberry Pi 5, 4 GB", 4, 17.1, 0.7),
    _device("Raspberry Pi 5, 8 GB", 8, 17.1, 0.8),
    _device("Raspberry Pi 5, 16 GB", 16, 17.1, 1.0),
    _device("Jetson Orin Nano, 8 GB", 8, 68.0, 1.5),
    _device("Phone, 4 GB", 4, 17.1, 2.5),
    _device("Phone, 6 GB", 6, 34.1, 3.0),
    _device("Phone, 8 GB", 8, 51.2, 3.5),
    _device("Phone, 12 GB", 12, 76.8, 4.5),
    _device("Laptop, 8 GB", 8, 51.2, 3.5),
    _device("Laptop, 16 GB", 16, 76.8, 4.0),
    _device("Laptop with 6 GB graphics memory", 6, 192.0, 0.7),
    _device("Laptop with 8 GB graphics memory", 8, 256.0, 0.8),
)
"""Built-in devices, smallest first within a kind. Bandwidths are those of the usual memory: LPDDR4X-4267 with 32 bit
(Pi 5), LPDDR5 with 128 bit (Jetson), LPDDR4X to LPDDR5X (phones), two channels of DDR4-3200 or DDR5-4800 (laptops),
GDDR6 (graphics)."""


def edge_devices(own: Iterable[str] = ()) -> tuple[EdgeDevice, ...]:
    """Return the built-in devices followed by the user's own; one of the same name replaces the built-in one.

    Raises:
        BadInput: An own device is not written as ``name:memory:bandwidth``.
    """
    named = {device.name: device for device in EDGE_DEVICES}
    for text in own:
        device = parse_device(text)
        named[device.name] = device
    return tuple(named.values())


def parse_device(text: str) -> EdgeDevice:
    """Parse one of the user's own devices.

    Raises:
        BadInput: It is not written as ``name:memory:bandwidth``, or a number is not above zero.
    """
    name, *numbers = (part.strip() for part in text.split(":"))
    try:
        memory, bandwidth, *reserved = map(float, numbers)
    except ValueError:
        raise BadInput(worded("edge.devices: '{0}' is not a device; write one as {1}.", text, _EXAMPLE)) from None
    kept = reserved[0] if reserved else min(1.0, memory / 4)
    if not name or len(reserved) > 1 or not (0 < memory < 1e5 and 0 < bandwidth < 1e6 and 0 <= kept < memory):
        raise BadInput(worded("edge.devices: '{0}' is not a device; write one as {1}.", text, _EXAMPLE))
    return _device(name, memory, bandwidth, kept)
