"""From a new project to an export by the keyboard alone, in German, on an X server."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("Xlib", reason="X11 input needs python-xlib: pip install python-xlib")
from tests.e2e.screen import Screen, x_server
from tests.gui.translations import FILES, translations

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("Xvfb") is None, reason="an X server without a monitor: the package xvfb"),
]
GERMAN = {source: forms[0] for (_, source), forms in translations(FILES[0]).items()}
MOST_STOPS = 150
"""More than any page has."""
PAGES = ("model", "plan", "search", "recovery", "results", "export")


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """Yield a window in German that has no project, on a screen without a mouse."""
    preferences = tmp_path / "layerswarm" / "window.ini"
    preferences.parent.mkdir()
    preferences.write_text("[General]\nlanguage=de\n")
    with x_server(1280, 900) as display:
        made = Screen(display, {"LANG": "C.UTF-8", "XDG_CONFIG_HOME": str(tmp_path)}, "--canned")
        yield made
        made.close()


def focus(screen: Screen) -> dict[str, Any]:
    found: dict[str, Any] = screen.ask({"focus": True})
    return found


def takes_keyboard(screen: Screen) -> None:
    """Give the keyboard to the top window until it stays there: a dialog that closes takes it along."""
    kept = 0

    def stays() -> bool:
        nonlocal kept
        kept = kept + 1 if screen.has_keyboard() and focus(screen)["number"] else 0
        if not kept:
            screen.take_keyboard()
        return kept > 3

    screen.until(stays)


def tabs_to(screen: Screen, name: str) -> None:
    """Press Tab until the widget with a name, given in English, has the keyboard; it must be visible then."""
    wanted = GERMAN.get(name, name)
    passed: list[str] = []
    for _ in range(MOST_STOPS):
        found = focus(screen)
        if found["name"] == wanted:
            screen.until(lambda: bool(focus(screen)["visible"]))
            return
        passed.append(found["name"])
        screen.press("Tab")
        screen.until(lambda number=found["number"]: focus(screen)["number"] != number)
    pytest.fail(f"Tab does not lead to {wanted}, only to {passed}")


def stops_of_page(screen: Screen, page: str) -> list[str]:
    """Turn to a page, walk once around with Tab, and return where it stopped; fail in a trap."""
    screen.press("Control_L", page)
    screen.until(lambda: screen.state()["page"] == PAGES[int(page) - 1])
    screen.until(lambda: bool(focus(screen)["visible"]))
    first = focus(screen)["number"]
    names: list[str] = []
    for _ in range(MOST_STOPS):
        screen.until(lambda: bool(focus(screen)["visible"]))  # the page may scroll to it
        before = focus(screen)
        names.append(before["name"])
        screen.press("Tab")
        screen.until(lambda number=before["number"]: focus(screen)["number"] != number)  # else it is a trap
        if focus(screen)["number"] == first:
            return names
    return pytest.fail(f"Tab does not come round: {names}")


def test_from_a_new_project_to_an_export(screen: Screen, tmp_path: Path) -> None:
    screen.press("Control_L", "n")
    screen.until(lambda: focus(screen)["name"] == GERMAN["Project name"])
    takes_keyboard(screen)
    screen.press("Control_L", "a")
    screen.type("kleiner")
    tabs_to(screen, "Project location")
    screen.press("Control_L", "a")
    screen.type(str(tmp_path / "projekte"))
    screen.press("Return")
    screen.until(lambda: screen.state()["page"] == "model")
    takes_keyboard(screen)

    tabs_to(screen, "Demo model")
    screen.press("space")
    screen.until(lambda: screen.state()["layers"] == 30)
    screen.rests()

    screen.press("Control_L", "2")
    screen.until(lambda: screen.state()["page"] == "plan")
    tabs_to(screen, f"{GERMAN['Layers to remove']} ({GERMAN['exactly']})")
    screen.press("Right")
    screen.until(lambda: screen.state()["settings"]["layers"] is not None)

    tabs_to(screen, "Start")
    screen.press("space")
    screen.until(lambda: bool(screen.state()["evaluated"]))
    assert screen.rests()["notice"] == GERMAN["Finished"]
    for page in "123456":
        stops = stops_of_page(screen, page)
        assert len(stops) > 5, stops
        assert all(stops), stops

    screen.press("Control_L", "6")
    screen.until(lambda: screen.state()["page"] == "export")
    tabs_to(screen, "Export")
    screen.press("space")
    screen.until(lambda: bool(screen.state()["exports"]))
    assert screen.rests()["notice"] == ""
