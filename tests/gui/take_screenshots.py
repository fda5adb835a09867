"""Take pictures of every page: ``python -m tests.gui.take_screenshots OUTDIR [--project DIR] [--engine canned|real]``.

Without a project, a canned one is used. A project that does not exist yet is created from the demo model and run
through the window, from the first click to the export, with pictures taken on the way; with ``--engine real`` this is
real work. Needs a display (such as Xvfb) or QT_QPA_PLATFORM=offscreen.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal, cast
from unittest.mock import patch

from PySide6.QtCore import QEventLoop, QTimer

from engine.api.editing import with_values
from engine.api.presets import with_preset
from engine.api.project import Project
from engine.api.settings import Settings
from engine.environment.machine import Gpu, Machine
from gui.app import make_application
from gui.dialogs.engine_dialog import EngineDialog
from gui.engine_link.engine_setup import EngineSetup
from gui.engine_link.jobs import EngineJobs
from gui.look.theme import ThemeManager
from gui.pages.export_page import ExportPage
from gui.project.preferences import Preferences
from gui.project.session import Session
from gui.shell.main_window import MainWindow
from gui.words.translation import install_translators
from tests.gui import canned
from tests.gui.pictures import save_small
from tests.gui.projects import add_other_searches, add_run, new_project

CANNED_ENGINE = [sys.executable, str(Path(__file__).with_name("canned_engine.py")), "--pace", "0.02"]
SHARE_OF_A_LIVE_PICTURE = 0.6
"""Progress of search and recovery at which their picture is taken."""
_AROUND_A_PAGE = 90
"""Height of the menu and of the bottom bar, in pixels."""
PATIENCE = 3600.0
"""Maximum seconds of a stage."""


class Photographer:
    """Switches pages and takes pictures of one window."""

    def __init__(self, window: MainWindow, out: Path, suffix: str, whole: list[str]) -> None:
        self.window, self.out, self.suffix, self.whole = window, out, suffix, whole

    def take(self, name: str) -> None:
        """Take a picture of the window, as tall as the page if the whole page is requested."""
        page = self.window.pages.get(name)
        body = page.widget() if page is not None else None
        if page is not None:
            self.window.show_page(name)
            settle(2.5 if name in ("plan", "search") else 1.0)
        usual = self.window.size()
        if name in self.whole and body is not None:
            self.window.resize(usual.width(), body.sizeHint().height() + _AROUND_A_PAGE)
        settle(0.3)
        save_small(self.window.grab().toImage(), self.out / f"{name}{self.suffix}{self._scale}.png")
        self.window.resize(usual)

    @property
    def _scale(self) -> str:
        """``@2x`` if QT_SCALE_FACTOR=2 doubles the pixels."""
        scale = self.window.devicePixelRatio()
        return "" if scale == 1 else f"@{scale:g}x"

    def take_engine(self) -> None:
        """Take the setup of the engine as a computer shows it that has none yet."""
        card = Gpu("nvidia", "NVIDIA GeForce RTX 4070", 12 * 10**9, (8, 9))
        machine = Machine("linux", "x86_64", (card,), "580.95", (13, 0))
        with patch("engine.environment.program._NEEDED_HERE", ("no_such_package_at_all",)):
            dialog = EngineDialog(EngineSetup(), machine, self.window)
            dialog.choices.place.setText(str(Path("/", "home", "ada", ".local", "share", "layerswarm", "engine")))
            dialog.show()
            settle(0.3)
            save_small(dialog.grab().toImage(), self.out / f"engine{self.suffix}{self._scale}.png")
            dialog.close()

    def take_all(self, project: Path) -> None:
        """Take the first screen, the setup of the engine, then every page of a project that has been run."""
        self.take("welcome")
        self.take_engine()
        self.window.projects.open_path(project)
        wait_until(lambda: self.window.session.project is not None and not self.window.session.busy_text)
        for name in self.window.pages:
            self.take(name)

    def take_on_the_way(self, project: Path) -> None:
        """Take pictures from the first screen to the export while the engine is running."""
        session = self.window.session
        self.take("welcome")
        self.window.projects.open_path(project)
        self.wait_for_rest()
        self.take("model")
        self.take("plan")
        self.wait_for_rest()
        self.take("plan")
        self.window.bar.start.click()
        self.window.show_page("search")
        wait_until(lambda: self.is_over() or _share(len(session.state.iterations), _planned(session)))
        self.take("search")
        self.window.show_page("recovery")
        wait_until(lambda: self.is_over() or _share(len(session.state.steps), session.settings.recovery.steps))
        self.take("recovery")
        self.wait_for_rest()
        self.take("results")
        page = self.window.pages["export"]
        assert isinstance(page, ExportPage)
        self.window.show_page("export")
        page.choice.export.click()
        self.wait_for_rest()
        self.take("export")

    def is_over(self) -> bool:
        """Return whether no main job is running."""
        return self.window.session.jobs.main is None

    def wait_for_rest(self) -> None:
        """Wait until the engine has finished its main job."""
        wait_until(self.is_over)


def _share(done: int, total: int) -> bool:
    return total > 0 and done >= SHARE_OF_A_LIVE_PICTURE * total


def _planned(session: Session) -> int:
    iterations = session.state.iterations
    return iterations[max(iterations)].iterations if iterations else 0


def wait_until(is_so: Callable[[], bool]) -> None:
    """Run the event loop until a condition holds."""
    until = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError("the engine did not come so far")
        settle(0.05)


def settle(seconds: float) -> None:
    """Let the window draw and the engine answer requests."""
    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()


def make_demo_project(folder: Path) -> None:
    """Create a project of the demo model like the welcome page does, with six layers to remove."""
    settings: Settings = with_values(with_preset(Settings(), "Quick"), {"budget.layers": 6})
    Project.create(folder, settings)


def main() -> int:
    """Parse the command line and take the pictures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--project", type=Path)
    parser.add_argument("--theme", choices=["light", "dark", "both"], default="both")
    parser.add_argument("--size", default="1180x800")
    parser.add_argument("--language", choices=["en", "de"], default="en")
    parser.add_argument("--whole", nargs="*", default=[], help="pages to show in full height, nothing scrolled away")
    parser.add_argument("--engine", choices=["canned", "real"], default="canned")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    width, height = map(int, arguments.size.split("x"))
    application = make_application()
    install_translators(application, cast(Literal["en", "de"], arguments.language))
    themes = ["light", "dark"] if arguments.theme == "both" else [arguments.theme]
    with tempfile.TemporaryDirectory() as temporary:
        project = arguments.project or Path(temporary) / "smollm2-demo"
        live = arguments.project is not None and not project.exists()
        if live:
            make_demo_project(project)
        elif arguments.project is None:
            made = new_project(project)
            add_other_searches(made)
            add_run(made, more=canned.measured())
        for theme in cast(list[Literal["light", "dark"]], themes):
            preferences = Preferences(Path(temporary) / f"{theme}.ini")
            keeper = ThemeManager(application, theme)
            jobs = EngineJobs(CANNED_ENGINE if arguments.engine == "canned" else None)
            window = MainWindow(Session(jobs, preferences), keeper)
            window.resize(width, height)
            window.show()
            photographer = Photographer(window, arguments.out, "-dark" if theme == "dark" else "", arguments.whole)
            (photographer.take_on_the_way if live else photographer.take_all)(project)
            live = False
            window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
