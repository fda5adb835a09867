"""Open the window: the only place where the engine's command depends on it."""

import sys

from engine.api.errors import LayerSwarmError
from engine.api.message import joined
from engine.api.native_dialog import show_sentence
from engine.api.window_libraries import missing_libraries, packages_advice


def open_window(project: str | None) -> int:
    """Show the window until it is closed and return its exit code.

    Raises:
        LayerSwarmError: The window's libraries are missing.
    """
    try:
        from gui.app import main
    except ImportError as error:
        words = _missing_words(error)
        if sys.stderr is None or not sys.stderr.isatty():  # started from a menu
            show_sentence(words)
        raise LayerSwarmError(joined(words)) from None
    sys.argv = ["layerswarm"]
    return main([project] if project else [])


def _missing_words(error: ImportError) -> str:
    missing = missing_libraries() if sys.platform == "linux" else []
    advice = packages_advice(missing) if missing else "'layerswarm doctor' lists what is missing."
    command = "'layerswarm run' does the same work without a window."
    return f"The window cannot be opened here ({error}). {advice} {command}"
