"""The whole workflow with the real demo model by mouse and keyboard on an X server; engine and window are killed."""

import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.api.editing import with_values
from engine.api.own_presets import keep_preset
from engine.api.settings import Settings
from tests.e2e.test_person import load_with_stock_transformers
from tests.warm_process import started_by_servers

pytest.importorskip("Xlib", reason="X11 input needs python-xlib: pip install python-xlib")
from tests.e2e.screen import Screen, x_server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.demo_model,
    pytest.mark.skipif(shutil.which("Xvfb") is None, reason="an X server without a monitor: the package xvfb"),
]
LAYERS = 3
SHORT = {
    "Population": 4,
    "Iterations": 12,
    "Window length": 16,
    "Windows": 2,
    "Held-out windows": 2,
    "Windows to fit on": 8,
    "Sets to compare": 2,
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


ScreenMaker = Callable[..., Screen]


@pytest.fixture
def make_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ScreenMaker]:
    """Start LayerSwarm for a user with one preset and no project on an X server of its own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    keep_preset("Short", with_values(Settings(), PRESET))
    made: list[Screen] = []
    with x_server(1280, 900) as display:

        def make(*arguments: str) -> Screen:
            made.append(Screen(display, {"LANG": "C.UTF-8"}, *arguments))
            return made[-1]

        yield make
        for screen in made:
            screen.close()


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
