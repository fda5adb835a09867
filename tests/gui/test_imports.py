"""The window's process never imports the model libraries."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

FORBIDDEN = ("torch", "transformers", "peft", "accelerate", "datasets", "safetensors", "lm_eval")

WINDOW = """
import sys
from pathlib import Path
from gui.app import make_application
from gui.engine_link.jobs import EngineJobs
from gui.shell.main_window import MainWindow
from gui.project.preferences import Preferences
from gui.project.session import Session
from gui.look.theme import ThemeManager

preferences, folder, *engine = sys.argv[1:]
application = make_application()
window = MainWindow(Session(EngineJobs(engine), Preferences(Path(preferences))), ThemeManager(application))
window.show()
"""
EVERY_PAGE = f"""
window.projects.open_path(Path(folder))
for page in window.pages:
    window.show_page(page)
    application.processEvents()
assert window.session.state.evaluated
window.close()
print([name for name in {FORBIDDEN!r} if name in sys.modules])
"""
FIRST_FRAME = """
window.grab()
print([name for name in ("numpy", "pyqtgraph", "gui.pages.plan_page") if name in sys.modules])
"""


def imported(script: str, folder: Path, preferences: Path) -> str:
    """Run a script in a window of a separate process and return what it reports about the imported modules."""
    engine = [sys.executable, str(Path(__file__).with_name("canned_engine.py"))]
    shown = subprocess.run(
        [sys.executable, "-c", WINDOW + script, str(preferences), str(folder), *engine],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert shown.stdout, shown.stderr
    return shown.stdout.strip()


def test_after_every_page_was_shown_none_of_them_is_imported(canned_project: Path, tmp_path: Path) -> None:
    assert imported(EVERY_PAGE, canned_project, tmp_path / "window.ini") == "[]"


def test_the_first_frame_waits_for_no_chart_and_no_page(canned_project: Path, tmp_path: Path) -> None:
    assert imported(FIRST_FRAME, canned_project, tmp_path / "window.ini") == "[]"
