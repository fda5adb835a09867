"""The real window as a screen reader finds it: through AT-SPI, on an X server and a message bus of their own."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("Xlib", reason="X11 input needs python-xlib: pip install python-xlib")
from tests.e2e.message_bus import message_bus
from tests.e2e.screen import Screen, x_server
from tests.gui import canned
from tests.gui.projects import add_run, new_project

WALK = Path(__file__).with_name("atspi_walk.py")
SYSTEM_PYTHON = "/usr/bin/python3"


def at_spi_is_missing() -> bool:
    """Return whether a program or binding that a screen reader uses is not installed."""
    if not all(map(shutil.which, ("Xvfb", "dbus-daemon", SYSTEM_PYTHON))):
        return True
    needed = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    return subprocess.run([SYSTEM_PYTHON, "-c", needed], capture_output=True, check=False).returncode != 0


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(at_spi_is_missing(), reason="packages xvfb, dbus, at-spi2-core, gir1.2-atspi-2.0, python3-gi"),
]
PAGES = ("model", "plan", "search", "recovery", "results", "export")
CONTROLS = ("push button", "toggle button", "check box", "radio button", "spin button", "combo box", "text", "slider")
VIEWS = ("list", "table", "chart", "image", "tree")
NO_ROLES = ("filler", "unknown", "invalid", "panel", "redundant object")


@pytest.fixture
def walked(tmp_path: Path) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """Yield what the accessibility tree of a project with a whole run holds, by page."""
    project = new_project(tmp_path / "project")
    add_run(project, more=canned.measured())
    with x_server(1280, 900) as display, message_bus(tmp_path / "bus") as environment:
        own = {"LANG": "C.UTF-8", "XDG_CONFIG_HOME": str(tmp_path / "config")}
        screen = Screen(display, environment | own, "--canned", str(project.folder))
        try:
            yield {page: nodes_of(screen, page, environment) for page in PAGES}
        finally:
            screen.close()


def nodes_of(screen: Screen, page: str, environment: dict[str, str]) -> list[dict[str, Any]]:
    """Turn to a page with its shortcut, and return everything that is showing."""
    screen.until(lambda: bool(screen.state()["page"]))
    screen.take_keyboard()
    screen.press("Control_L", str(PAGES.index(page) + 1))
    screen.until(lambda: screen.state()["page"] == page)
    screen.rests()
    command = [SYSTEM_PYTHON, str(WALK), str(screen.process.pid)]
    answer = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return [json.loads(line) for line in answer.stdout.splitlines()]


def test_every_control_of_every_page_has_a_role_a_name_and_a_state(walked: dict[str, list[dict[str, Any]]]) -> None:
    for page, nodes in walked.items():
        names = [node["name"] for node in nodes]
        assert len([node for node in nodes if node["role"] in CONTROLS]) >= 3, page
        assert "Steps" in names, page
        for node in nodes:
            if node["role"] in (*CONTROLS, *VIEWS) or "focusable" in node["states"]:
                if node["role"] != "table cell":
                    assert node["name"], (page, node)
                assert node["role"] not in NO_ROLES, (page, node)
                assert "showing" in node["states"], (page, node)
            if node["role"] in ("check box", "radio button"):
                assert "checkable" in node["states"], (page, node)
    steps = [node["name"] for node in walked["results"] if node["role"] == "list item"]
    assert len(steps) == len(PAGES)
    assert all(step.endswith((", done", ", ready", ", not yet")) for step in steps), steps

    pictures = {page: [node for node in nodes if node["role"] in ("chart", "image")] for page, nodes in walked.items()}
    for page in ("model", "search", "recovery", "results"):
        assert pictures[page], page
        for node in pictures[page]:
            assert node["name"], (page, node)
            assert any(sign.isdigit() for sign in node["description"]), (page, node)
