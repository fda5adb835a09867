"""The whole workflow with the real demo model by mouse and keyboard on an X server; engine and window are killed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from engine.api.editing import with_values
from engine.api.own_presets import keep_preset
from engine.api.settings import Settings
from tests.e2e.test_person import load_with_stock_transformers
from tests.warm_process import server_address, started_by_servers

x11_input = pytest.importorskip("tests.e2e.x11_input", reason="X11 input needs python-xlib: pip install python-xlib")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.demo_model,
    pytest.mark.skipif(shutil.which("Xvfb") is None, reason="an X server without a monitor: the package xvfb"),
]
PATIENCE = 500.0
LAYERS = 3
SHORT = {
    "Population": 4,
    "Iterations": 12,
    "Window length": 16,
    "Windows": 2,
    "Held-out windows": 2,
    "Windows to fit on": 8,
    "Sets to compare folded": 2,
    "Training windows": 8,
    "Steps": 4,
    "LoRA rank": 4,
}
"""Values typed into the fields of the plan so that the real model has little to do."""
PRESET = {
    "compensation.refitted_layers": 1,
    "evaluation.prompt_tokens": (8,),
    "evaluation.decode_tokens": 4,
    "evaluation.repeats": 1,
    "evaluation.prompts": ("def is_prime(n):",),
    "evaluation.written_tokens": 4,
    "evaluation.answer_tokens": 2,
}
"""The same for settings without a field, in the user's only preset."""


class Screen:
    """One window of LayerSwarm on the X server, with an input device and a watcher."""

    def __init__(self, display: str, environment: dict[str, str], *arguments: str) -> None:
        self._input = x11_input.InputDevice(display)
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

    def starts_engines_warm(self) -> None:
        """Save the engines from now on the seconds of importing the model libraries."""
        self.ask({"server": server_address()})

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()
        self._input.close()


ScreenMaker = Callable[..., Screen]


@pytest.fixture
def make_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ScreenMaker]:
    """Start LayerSwarm for a user with one preset and no project on an X server of its own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    keep_preset("Short", with_values(Settings(), PRESET))
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        display = f":{told.readline().strip()}"
    made: list[Screen] = []

    def make(*arguments: str) -> Screen:
        made.append(Screen(display, {"LANG": "C.UTF-8"}, *arguments))
        return made[-1]

    yield make
    for screen in made:
        screen.close()
    server.terminate()
    server.wait()


def makes_project(screen: Screen, place: Path) -> None:
    """Create a project of the demo model, with the keyboard where possible."""
    screen.press("Control_L", "n")
    screen.until(lambda: bool(screen.ask({"where": "Project name", "kind": "field"})))
    screen.take_keyboard()
    screen.fill("Project name", "smaller")
    screen.fill("Project location", str(place), leave_by="Return")
    screen.until(lambda: bool(screen.ask({"where": "Demo model", "kind": "button"})))
    screen.take_keyboard()
    screen.click("Demo model")
    screen.until(lambda: screen.state()["layers"] == 30)
    screen.rests()


def plans(screen: Screen) -> None:
    """Plan a short whale search: a preset, the budget by slider and by typing, a layer protected by a click."""
    screen.press("Control_L", "2")
    screen.click("My presets")
    screen.until(lambda: screen.state()["menu"])
    screen.press("Down")
    screen.press("Return")
    screen.until(lambda: screen.state()["settings"]["written_tokens"] == PRESET["evaluation.written_tokens"])
    screen.click("Amount of work: Quick")
    screen.click("Layers to remove")
    screen.until(lambda: screen.state()["settings"]["layers"] is not None)
    screen.slide("Layers to remove (exactly)", 0.5)
    screen.until(lambda: screen.state()["settings"]["layers"] > 8)
    screen.fill("Layers to remove", str(LAYERS))
    screen.until(lambda: screen.state()["settings"]["layers"] == LAYERS)
    screen.click_layer(5)
    screen.until(lambda: 5 in screen.state()["protected"])
    screen.press("Control_L", "z")
    screen.until(lambda: 5 not in screen.state()["protected"])
    screen.press("Control_L", "Shift_L", "z")
    screen.until(lambda: 5 in screen.state()["protected"])
    screen.click("Whale optimisation")
    for name, value in SHORT.items():
        screen.fill(name, str(value))
    screen.until(lambda: screen.state()["settings"]["population"] == 4)
    assert screen.state()["settings"]["algorithm"] == "woa"


def test_from_the_first_start_to_a_model_that_loads(make_screen: ScreenMaker, tmp_path: Path) -> None:
    screen = make_screen()
    makes_project(screen, tmp_path / "projects")  # by an engine that starts as a user's does
    screen.starts_engines_warm()
    plans(screen)

    screen.click("Start")
    screen.until(lambda: screen.state()["iterations"] >= 2)
    (engine,) = started_by_servers()
    engine.send_signal(signal.SIGKILL)
    assert screen.rests()["notice"] == "The system ended the engine"

    screen.click("Continue")
    known = screen.state()["iterations"]
    screen.until(lambda: screen.state()["iterations"] > known or bool(screen.state()["removed"]))
    (engine,) = started_by_servers()
    screen.process.kill()
    screen.process.wait()
    engine.wait(timeout=60)

    again = make_screen(str(tmp_path / "projects" / "smaller"))
    again.starts_engines_warm()
    again.until(lambda: again.state()["iterations"] > known)
    again.click("Continue")
    again.until(lambda: bool(again.state()["job"]))
    state = again.rests()
    assert state["notice"] == "Finished", state["sentence"]
    assert {"compensated", "dense", "pruned"} <= set(state["evaluated"])  # so short a training may not help
    assert len(state["removed"]) == LAYERS
    assert 5 not in state["removed"]

    again.press("Control_L", "6")
    again.click("Export")
    again.until(lambda: bool(again.state()["exports"]))
    again.rests()
    loaded = load_with_stock_transformers(Path(again.state()["exports"][0]))
    assert loaded["layers"] == 30 - LAYERS
