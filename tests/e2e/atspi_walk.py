"""Print the accessibility tree of an application as a screen reader gets it, one JSON object per line.

/usr/bin/python3 atspi_walk.py PROCESS_ID

It runs in the system's Python, whose packages hold the bindings of AT-SPI (gir1.2-atspi-2.0, python3-gi).
"""

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  # only after the version is chosen

_PATIENCE = 60.0
_STATES = ("enabled", "focusable", "focused", "showing", "checkable", "checked", "editable", "selectable")


def main() -> None:
    Atspi.init()
    application = found(int(sys.argv[1]))
    for node in walked(application, 0):
        print(json.dumps(node))


def found(process: int) -> Any:
    """Return the application of a process once it is on the bus."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        desktop = Atspi.get_desktop(0)
        for place in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(place)
            if child is not None and child.get_process_id() == process and child.get_child_count():
                return child
        time.sleep(0.2)
    sys.exit("the application is not on the bus")


def walked(node: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield a node and everything below it that is showing."""
    try:
        states = node.get_state_set()
        yield {
            "depth": depth,
            "role": node.get_role_name(),
            "name": node.get_name(),
            "description": node.get_description(),
            "states": [state for state in _STATES if states.contains(getattr(Atspi.StateType, state.upper()))],
            "interfaces": list(node.get_interfaces()),
            "middle": middle(node),
        }
        count = min(node.get_child_count(), 400)
    except GLib.Error:
        return  # it has gone meanwhile
    for place in range(count):
        child = node.get_child_at_index(place)
        if child is not None and (depth == 0 or child.get_state_set().contains(Atspi.StateType.SHOWING)):
            yield from walked(child, depth + 1)


def middle(node: Any) -> tuple[int, int]:
    """Return the centre of what a node shows, on the screen."""
    if node.get_component_iface() is None:
        return (-1, -1)
    seen = node.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
    return (seen.x + seen.width // 2, seen.y + seen.height // 2)


if __name__ == "__main__":
    main()
