"""Open the window: the only place where the engine's command depends on it."""

import sys

from engine.api.errors import LayerSwarmError
from engine.api.message import joined


def open_window(project: str | None) -> int:
    """Show the window until it is closed and return its exit code.

    Raises:
        LayerSwarmError: The window's libraries are missing.
    """
    try:
        from gui.app import main
    except ImportError as error:
        words = (
            f"The window cannot be opened here ({error}); 'layerswarm doctor' lists what is missing, and 'layerswarm "
            "run' does the same work without a window."
        )
        raise LayerSwarmError(joined(words)) from None
    sys.argv = ["layerswarm"]
    return main([project] if project else [])
