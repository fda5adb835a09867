"""Refuse an export that does not fit on its disk."""

from pathlib import Path

from engine.api.errors import LayerSwarmError
from engine.api.message import worded


def check_room(existing: Path, needed: int, free: int) -> None:
    """Check that the disk of an existing folder, with ``free`` bytes, has room for an export of ``needed`` bytes.

    Raises:
        LayerSwarmError: It has not.
    """
    if free < needed:
        raise LayerSwarmError(
            worded(
                "The export needs {0:,.0f} MB but {1} has {2:,.0f} MB free; make room, or choose a folder on another "
                "disk.",
                needed / 1e6,
                existing,
                free / 1e6,
            )
        )
