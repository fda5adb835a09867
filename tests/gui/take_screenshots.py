"""Pictures of every page: ``python -m tests.gui.take_screenshots OUTDIR [--project DIR]``.

Without a project a canned one is used. Needs a display (Xvfb will do) or QT_QPA_PLATFORM=offscreen.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtGui import QPixmap

from gui.app import make_application
from gui.jobs import Jobs
from gui.main_window import MainWindow
from gui.preferences import Preferences
from gui.session import Session
from gui.theme import ThemeChoice, ThemeKeeper
from tests.gui.projects import add_run, new_project

CANNED_ENGINE = [sys.executable, str(Path(__file__).with_name("canned_engine.py"))]


def make_canned_project(folder: Path) -> Path:
    """A project with one whole canned run, exported."""
    add_run(new_project(folder))
    return folder


def settle(seconds: float = 0.3) -> None:
    """Let the window draw, and its questions to the engine be answered."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def take(window: MainWindow, out: Path, name: str) -> None:
    """One picture of the window."""
    settle()
    picture: QPixmap = window.grab()
    picture.save(str(out / f"{name}.png"))


def take_all(window: MainWindow, project: Path, out: Path, suffix: str, whole: bool) -> None:
    """The first screen, then every page of the project; ``whole`` makes the window as tall as each page."""
    take(window, out, f"welcome{suffix}")
    window.projects.open_path(project)
    for key, page in window.pages.items():
        window.show_page(key)
        settle(2.5 if key == "plan" else 0.3)
        body = page.widget()
        if whole and body is not None:
            window.resize(window.width(), body.sizeHint().height() + 140)
        take(window, out, f"{key}{suffix}")


def main() -> int:
    """Parse the command line and take the pictures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--project", type=Path)
    parser.add_argument("--theme", choices=["light", "dark", "both"], default="both")
    parser.add_argument("--size", default="1180x800")
    parser.add_argument("--whole", action="store_true", help="as tall as each page, so that nothing is scrolled away")
    parser.add_argument("--engine", nargs="+", help="command of the engine; the canned one without --project")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    width, height = map(int, arguments.size.split("x"))
    application = make_application()
    themes = ["light", "dark"] if arguments.theme == "both" else [arguments.theme]
    with tempfile.TemporaryDirectory() as temporary:
        project = arguments.project or make_canned_project(Path(temporary) / "smollm2-demo")
        engine = arguments.engine or (None if arguments.project else CANNED_ENGINE)
        for theme in themes:
            preferences = Preferences(Path(temporary) / f"{theme}.ini")
            keeper = ThemeKeeper(application, cast(ThemeChoice, theme))
            window = MainWindow(Session(Jobs(engine), preferences), keeper)
            window.resize(width, height)
            window.show()
            take_all(window, project, arguments.out, "-dark" if theme == "dark" else "", arguments.whole)
            window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
