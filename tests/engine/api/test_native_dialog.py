"""A sentence reaches somebody who has started the window from a menu, by whatever the desktop has for it."""

import sys
from pathlib import Path

import pytest

from engine.api.native_dialog import show_sentence

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have one way each")


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desktop that has no program yet."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":0")
    return tmp_path


def install(desktop: Path, name: str, code: int = 0) -> None:
    """Give the desktop a program that notes its last argument."""
    (desktop / name).write_text(
        f'#!/bin/sh\nfor last; do :; done\nprintf %s "$last" >"{desktop / "said"}"\nexit {code}\n'
    )
    (desktop / name).chmod(0o755)


@pytest.mark.parametrize("name", ["zenity", "kdialog", "xmessage", "notify-send"])
def test_any_of_the_usual_programs_will_do(desktop: Path, name: str) -> None:
    assert not show_sentence("The window cannot be opened.")
    install(desktop, name)
    assert show_sentence("The window cannot be opened.")
    assert (desktop / "said").read_text() == "The window cannot be opened."


def test_where_one_fails_the_next_is_tried(desktop: Path) -> None:
    install(desktop, "zenity", code=1)
    install(desktop, "xmessage")
    assert show_sentence("A sentence.")


def test_without_a_screen_nothing_is_started(desktop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(desktop, "zenity")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not show_sentence("A sentence.")
    assert not (desktop / "said").exists()
