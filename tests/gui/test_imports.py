"""The window's process never holds the model libraries."""

import os
import subprocess
import sys
from pathlib import Path

FORBIDDEN = ("torch", "transformers", "peft", "accelerate", "datasets", "safetensors", "lm_eval")

WINDOW = f"""
import sys
from pathlib import Path
from gui.app import make_application
from gui.jobs import Jobs
from gui.main_window import MainWindow
from gui.preferences import Preferences
from gui.session import Session
from gui.theme import ThemeKeeper

folder, preferences, *engine = sys.argv[1:]
application = make_application()
window = MainWindow(Session(Jobs(engine), Preferences(Path(preferences))), ThemeKeeper(application))
window.show()
window.projects.open_path(Path(folder))
for page in window.pages:
    window.show_page(page)
    application.processEvents()
assert window.session.state.evaluated
window.close()
print([name for name in {FORBIDDEN!r} if name in sys.modules])
"""


def test_after_every_page_was_shown_none_of_them_is_imported(canned_project: Path, tmp_path: Path) -> None:
    engine = [sys.executable, str(Path(__file__).with_name("canned_engine.py"))]
    shown = subprocess.run(
        [sys.executable, "-c", WINDOW, str(canned_project), str(tmp_path / "window.ini"), *engine],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert shown.stdout.strip() == "[]", shown.stderr


START = """
import sys
from pathlib import Path
from gui.app import make_application
from gui.jobs import Jobs
from gui.main_window import MainWindow
from gui.preferences import Preferences
from gui.session import Session
from gui.theme import ThemeKeeper

application = make_application()
window = MainWindow(Session(Jobs(), Preferences(Path(sys.argv[1]))), ThemeKeeper(application))
window.show()
window.grab()
print([name for name in ("numpy", "pyqtgraph", "gui.pages.plan_page") if name in sys.modules])
"""


def test_the_first_frame_waits_for_no_chart_and_no_page(tmp_path: Path) -> None:
    shown = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path / "window.ini")],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert shown.stdout.splitlines()[0] == "[]", shown.stderr
