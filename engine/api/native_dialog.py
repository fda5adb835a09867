"""Show a sentence in a dialog of the system where Qt cannot: it is for a window that cannot start."""

import os
import sys
from collections.abc import Sequence
from subprocess import DEVNULL

from engine.api.interpreter import child_environment
from engine.api.locations import program_on_path
from engine.api.tied_process import run_tied

_TITLE = "LayerSwarm"
_ERROR_ICON = 0x10
_ON_LINUX = (
    ("zenity", "--error", "--no-markup", "--title", _TITLE, "--text"),
    ("kdialog", "--title", _TITLE, "--error"),
    ("xmessage", "-center", "-title", _TITLE),
    ("notify-send", "--app-name", _TITLE, _TITLE),
)
"""Programs of desktops, each without the sentence that ends the command."""
_ALERT = ("on run given", f'display alert "{_TITLE}" message (item 1 of given)', "end run")
_ON_MAC = ("osascript", *(word for line in _ALERT for word in ("-e", line)))


def show_sentence(sentence: str) -> bool:
    """Show a sentence until the person closes it; return whether there was a way to."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, sentence, _TITLE, _ERROR_ICON)
        return True
    if sys.platform == "darwin":
        return _run((*_ON_MAC, sentence))
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    return any(_run((*command, sentence)) for command in _ON_LINUX)


def _run(command: Sequence[str]) -> bool:
    program = program_on_path(command[0])
    if program is None:
        return False
    silent = {"stdin": DEVNULL, "stdout": DEVNULL, "stderr": DEVNULL}
    try:
        return run_tied([program, *command[1:]], env=child_environment(), **silent).returncode == 0
    except OSError:
        return False
