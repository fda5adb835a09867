"""Every button of every page is inside the screen, on small and large ones, under a window manager."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("Xlib", reason="X11 input needs python-xlib: pip install python-xlib")
from gui.project.preferences import Preferences
from tests.e2e.screen import Screen, window_manager, x_server
from tests.gui import canned
from tests.gui.projects import add_other_searches, add_run, new_project

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("Xvfb") is None, reason="an X server without a monitor: the package xvfb"),
    pytest.mark.skipif(shutil.which("openbox") is None, reason="a window manager: the package openbox"),
]

PAGES = ("model", "plan", "search", "recovery", "results", "export")


@pytest.fixture(params=[(1024, 700, 1), (1366, 768, 1), (3840, 2160, 2)], ids=["1024x700", "1366x768", "4K at 200 %"])
def screen(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    """Start LayerSwarm in German for the first time, on a project with a whole run."""
    width, height, scale = request.param
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    project = new_project(tmp_path / "canned")
    add_other_searches(project)
    add_run(project, more=canned.measured())
    preferences = Preferences()
    preferences.language = "de"
    preferences.save()
    environment = {"LANG": "C.UTF-8", "QT_SCALE_FACTOR": str(scale)}
    with x_server(width, height) as display, window_manager(display):
        screen = Screen(display, environment, "--canned", str(project.folder))
        yield screen
        screen.close()


def layout_at_rest(screen: Screen, is_shown: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Return the layout once it shows what is wanted and does not change any more."""
    found: dict[str, Any] = {}

    def rests() -> bool:
        nonlocal found
        before, found = found, screen.ask({"layout": True})
        return is_shown(found) and found == before

    screen.until(rests)
    return found


def layout(screen: Screen, number: int, page: str) -> dict[str, Any]:
    """Turn to a page, and return the layout once it is shown under a title bar and nothing moves any more."""

    def is_shown(found: dict[str, Any]) -> bool:
        state = screen.state()
        if state["page"] != page:  # a key that is pressed before the window has the keyboard is lost
            screen.press("Control_L", str(number))
            return False
        return state["idle"] and not state["job"] and found["title_bar"] > 0

    return layout_at_rest(screen, is_shown)


def layout_of_dialog(screen: Screen, title: str) -> dict[str, Any]:
    """Return the layout once a dialog is shown and the window manager has put it into its place."""
    return layout_at_rest(screen, lambda found: title in found["titles"] and title not in found["outside"])


def test_every_page_and_dialog_is_inside_the_screen(screen: Screen) -> None:
    for number, page in enumerate(PAGES, start=1):
        found = layout(screen, number, page)
        assert found["buttons"] >= 2
        check(found, page)
    for keys, title in ((("F1",), "Hilfe"), (("Control_L", "n"), "Neues Projekt")):
        screen.until(lambda: screen.state()["active"])
        screen.press(*keys)
        check(layout_of_dialog(screen, title), title)
        screen.press("Escape")
        screen.until(lambda: screen.state()["active"])


def check(found: dict[str, Any], place: str) -> None:
    """Check that all windows are inside the screen, and that all of their buttons can be reached."""
    assert found["outside"] == [], f"{place}: {found['window']} on {found['screen']}"
    assert found["out_of_reach"] == [], place
    assert found["sideways"] == [], place
