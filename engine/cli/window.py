"""Opening the window: the one place where the engine's command knows of it."""

import sys

from engine.api.errors import LayerSwarmError


def open_window(project: str | None) -> int:
    """Show the window until it is closed; its exit code.

    Raises:
        LayerSwarmError: the window's libraries are not there.
    """
    try:
        from gui.app import main
    except ImportError as error:
        raise LayerSwarmError(
            f"The window cannot be opened here ({error}); 'layerswarm doctor' names what is missing, and 'layerswarm "
            "run' does the same work without a window."
        ) from None
    sys.argv = ["layerswarm"]
    return main([project] if project else [])
