"""Turn Qt's abort at the start - no screen, a library missing, no platform that works - into a sentence."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from engine.api.errors import in_one_line
from engine.api.exit_codes import FAILED
from engine.api.native_dialog import show_sentence
from engine.api.window_libraries import missing_libraries, packages_advice

_COMMAND = "'layerswarm doctor' checks the installation, and 'layerswarm run' does the same work without a window."


@contextmanager
def explained_failure() -> Iterator[None]:
    """End with a sentence, on the terminal or in a dialog of the system, where Qt would abort inside a ``with`` block.

    Qt logs why it cannot start, and aborts the process when the last line of that was logged.
    """
    logged: list[str] = []

    def receive(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        logged.append(text)
        if kind == QtMsgType.QtFatalMsg:
            _end(failure_words(logged))

    before = qInstallMessageHandler(receive)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
    for text in logged:
        print(text, file=sys.stderr)


def failure_words(logged: list[str]) -> str:
    """Return why the window cannot be opened, and what to do.

    Args:
        logged: What Qt has logged until it gave up.
    """
    text = "\n".join(logged)
    if sys.platform == "linux" and (missing := missing_libraries()):
        reason = f"the system lacks {', '.join(missing)}"
        return f"The window cannot be opened: {reason}. {packages_advice(missing)} {_COMMAND}"
    if "could not connect to display" in text or 'load the Qt platform plugin "wayland' in text:
        screen = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
        reason = f"the screen '{screen}' does not answer" if screen else "there is no screen"
        return f"The window cannot be opened: {reason}. Start it from a desktop session. {_COMMAND}"
    reason = in_one_line(logged[0] if logged else "Qt ended without a reason", 300).rstrip(".")
    return f"The window cannot be opened: {reason}. {_COMMAND}"


def _end(sentence: str) -> NoReturn:
    terminal = sys.stderr is not None and sys.stderr.isatty()
    if sys.stderr is not None:
        print(f"Error: {sentence}", file=sys.stderr, flush=True)
    if not terminal:  # started from a menu, where nobody reads what is printed
        show_sentence(sentence)
    os._exit(FAILED)
