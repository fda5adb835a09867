"""A window of LayerSwarm on an X server of its own, driven by mouse and keyboard."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from tests.e2e.x11_input import InputDevice
from tests.warm_process import server_address

PATIENCE = 500.0


@contextmanager
def x_server(width: int, height: int) -> Iterator[str]:
    """Start an X server without a monitor, and yield the name of its display."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def window_manager(display: str) -> Iterator[None]:
    """Start a window manager, which draws title bars and gives windows the focus."""
    manager = subprocess.Popen(
        ["openbox", "--sm-disable"], env=os.environ | {"DISPLAY": display}, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        manager.terminate()
        manager.wait()


class Screen:
    """One window of LayerSwarm on the X server, with an input device and a watcher."""

    def __init__(self, display: str, environment: dict[str, str], *arguments: str) -> None:
        self._input = InputDevice(display)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.watched_window", *arguments],
            env=os.environ | environment | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONFAULTHANDLER": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.until(lambda: self.state()["platform"] == "xcb")
        self.take_keyboard()

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert "fault" not in answer, answer
        return answer

    def state(self) -> dict[str, Any]:
        return self.ask({"state": True})

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until the window shows something; only a failing test waits long."""
        end, pause = time.monotonic() + PATIENCE, 0.05
        while not is_so():
            if time.monotonic() > end:
                self.photograph(Path(tempfile.gettempdir()) / "layerswarm-screen.png")
                pytest.fail(f"waited in vain; see layerswarm-screen.png in {tempfile.gettempdir()}: {self.state()}")
            time.sleep(pause)
            pause = min(1.2 * pause, 0.25)  # what takes long is asked for more rarely, since answering takes time too

    def photograph(self, file: Path) -> None:
        width, height, dots = self._input.picture()
        QImage(dots, width, height, QImage.Format.Format_RGB32).save(str(file))

    def rests(self) -> dict[str, Any]:
        self.until(lambda: not self.state()["job"])
        return self.state()

    def take_keyboard(self) -> None:
        """Focus the top window, since there is no window manager to do it."""
        self._input.focus(self.state()["top"])

    def has_keyboard(self) -> bool:
        """Return whether the top window has the keyboard."""
        return self._input.has_focus(self.state()["top"])

    def finds(self, question: dict[str, Any]) -> dict[str, Any]:
        """Scroll until a widget can be clicked, and wait until it has stopped moving."""
        found: dict[str, Any] = {}

        def is_reached() -> bool:
            nonlocal found
            before, found = found, self.ask(question)
            if found and not found["reachable"] and found["room"]:
                self._input.turn_wheel(tuple(found["room"]), down=not found["above"])
            return bool(found) and found["reachable"] and found["enabled"] and found["place"] == before.get("place")

        self.until(is_reached)
        return found

    def click(self, name: str) -> None:
        self._input.click(tuple(self.finds({"where": name, "kind": "button"})["place"]))

    def click_layer(self, layer: int) -> None:
        self._input.click(tuple(self.finds({"cell": layer})["place"]))

    def fill(self, name: str, text: str, leave_by: str = "Tab") -> None:
        """Click into a field, replace its content, and leave it by a key."""
        field = {"where": name, "kind": "field"}

        def has_focus() -> bool:  # the page may still be scrolling to where the Tab key led
            self._input.click(tuple(self.finds(field)["place"]))
            return bool(self.ask(field)["focus"])

        self.until(has_focus)
        self._input.press("Control_L", "a")
        self._input.type(text)
        self._input.press(leave_by)

    def slide(self, name: str, share: float) -> None:
        """Drag the handle of a slider by a share of its width."""
        found = self.finds({"handle": name})
        x, y = found["place"]
        self._input.drag((x, y), (x + int(share * found["width"]), y))

    def press(self, *keys: str) -> None:
        self._input.press(*keys)

    def type(self, text: str) -> None:
        self._input.type(text)

    def starts_engines_warm(self) -> None:
        """Save the engines from now on the seconds of importing the model libraries."""
        self.ask({"server": server_address()})

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()
        self._input.close()
