"""Names of small devices in the window's language."""

from engine.api.edge_devices import EDGE_DEVICES
from engine.api.safe_text import safe_line
from gui.words.translation import engine_text

_OURS = frozenset(device.name for device in EDGE_DEVICES)


def device_title(name: str) -> str:
    """Return the name of a device; a user's own ones are called as the user calls them."""
    return engine_text(name) if name in _OURS else safe_line(name)
