"""A window that cannot start ends with one sentence: what is missing, and what to do; never by an abort."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.api.exit_codes import FAILED
from gui.shell import start_failure
from gui.shell.start_failure import failure_words

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have one platform, which always works")
START = """
from PySide6.QtWidgets import QApplication
from gui.shell.start_failure import explained_failure
with explained_failure():
    application = QApplication([])
"""


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":987654"}, "the screen ':987654' does not answer"),
        ({"QT_QPA_PLATFORM": "xcb"}, "there is no screen"),
        ({"QT_QPA_PLATFORM": "wayland", "WAYLAND_DISPLAY": "gone-0"}, "the screen 'gone-0' does not answer"),
        ({"QT_QPA_PLATFORM": "nowhere"}, 'the Qt platform plugin "nowhere"'),
    ],
)
def test_qts_abort_becomes_a_sentence_and_an_exit_code(variables: dict[str, str], words: str, tmp_path: Path) -> None:
    own = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment = own | variables | {"PATH": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    ran = subprocess.run([sys.executable, "-c", START], env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == FAILED
    (line,) = ran.stderr.splitlines()
    assert line.startswith("Error: The window cannot be opened: ")
    assert words.casefold() in line.casefold()
    assert "'layerswarm doctor'" in line


def test_a_missing_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start_failure, "missing_libraries", lambda: ["libxcb-cursor.so.0"])
    words = failure_words(['Could not load the Qt platform plugin "xcb"'])
    assert "the system lacks libxcb-cursor.so.0. On Debian and Ubuntu: sudo apt-get install libxcb-cursor0." in words


def test_a_start_that_works_prints_nothing() -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run([sys.executable, "-c", START], env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
