"""Film a run of the demo model in the window: ``python -m tests.gui.animate_run FILE.webp [--engine canned|real]``.

The film starts on the Plan page with a click on Start, follows the engine through the search and the recovery, and ends
on the results. It lasts 20 seconds, however long the run takes. ``--results FILE.png`` adds a picture of that page.
Needs a display or QT_QPA_PLATFORM=offscreen.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, cast

from PIL import Image
from PySide6.QtGui import QImage

from gui.app import make_application
from gui.engine_link.jobs import EngineJobs
from gui.look.theme import ThemeManager
from gui.project.preferences import Preferences
from gui.project.session import Session
from gui.shell.main_window import MainWindow
from tests.gui.pictures import save_small
from tests.gui.take_screenshots import CANNED_ENGINE, make_demo_project, settle, wait_until

SECONDS, RATE = 20, 8
"""Length of the film, and pictures in a second of it."""
_SHARES = {"plan": 0.08, "run": 0.72, "results": 0.2}
"""Share of the film that each part takes."""
_INTERVAL = {"canned": 0.02, "real": 0.5}
"""Seconds between two pictures of the run."""
_QUALITY = 60
_STILL = (1366, 768)


def film(window: MainWindow, project: Path, interval: float) -> Iterator[tuple[str, QImage]]:
    """Yield pictures of the window, with the part of the film that they belong to, while a run works."""
    session = window.session
    window.projects.open_path(project)
    wait_until(lambda: session.project is not None and not session.busy_text and session.jobs.main is None)
    window.show_page("plan")
    settle(3.0)
    yield "plan", _picture(window)
    window.bar.start.click()
    wait_until(lambda: session.jobs.main is not None)
    while session.jobs.main is not None:
        if session.state.steps:
            window.show_page("recovery")
        elif session.state.iterations:
            window.show_page("search")
        settle(interval)
        yield "run", _picture(window)
    window.show_page("results")
    settle(2.0)
    yield "results", _picture(window)


def thinned(pictures: list[tuple[str, QImage]]) -> list[QImage]:
    """Return as many pictures as the film has, evenly chosen within each part; few are repeated."""
    chosen = []
    for part, share in _SHARES.items():
        own = [picture for name, picture in pictures if name == part]
        frames = round(share * SECONDS * RATE)
        chosen += [own[place * len(own) // frames] for place in range(frames)]
    return chosen


def save(pictures: list[QImage], path: Path) -> None:
    """Write an animation that repeats for ever."""
    first, *others = map(_pillow, pictures)
    first.save(path, save_all=True, append_images=others, duration=1000 // RATE, loop=0, quality=_QUALITY, method=4)


def _picture(window: MainWindow) -> QImage:
    return window.grab().toImage()


def _pillow(picture: QImage) -> Image.Image:
    plain = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    size = plain.width(), plain.height()
    return Image.frombytes("RGBA", size, bytes(plain.constBits())).convert("RGB")


def main() -> int:
    """Parse the command line and make the film."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--results", type=Path)
    parser.add_argument("--theme", choices=["light", "dark"], default="light")
    parser.add_argument("--size", default="1180x760")
    parser.add_argument("--engine", choices=["canned", "real"], default="real")
    arguments = parser.parse_args()
    width, height = map(int, arguments.size.split("x"))
    application = make_application()
    with tempfile.TemporaryDirectory() as temporary:
        project = Path(temporary) / "smollm2-demo"
        make_demo_project(project)
        themes = ThemeManager(application, cast(Literal["light", "dark"], arguments.theme))
        jobs = EngineJobs(CANNED_ENGINE if arguments.engine == "canned" else None)
        window = MainWindow(Session(jobs, Preferences(Path(temporary) / "preferences.ini")), themes)
        window.resize(width, height)
        window.show()
        pictures = list(film(window, project, _INTERVAL[arguments.engine]))
        if arguments.results is not None:
            window.resize(*_STILL)
            settle(1.0)
            save_small(_picture(window), arguments.results)
        save(thinned(pictures), arguments.file)
        window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
