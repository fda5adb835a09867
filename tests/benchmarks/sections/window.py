"""Smoothness of the window: lateness of its event loop under load, and the time that users wait.

Lateness is how much later than due a timer of 4 ms fires: idle, and with an engine that emits 200 events a second while
the search and recovery charts are both visible. Without a display, Qt draws offscreen.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot

from engine.api.events import AnyEvent
from engine.api.journal import Journal
from engine.api.settings import Settings
from gui.app import make_application, spare_the_collector
from gui.engine_link.jobs import Jobs
from gui.look.theme import ThemeKeeper
from gui.pages.page import Page
from gui.project.preferences import Preferences
from gui.project.session import Session
from gui.shell.main_window import MainWindow
from tests.benchmarks.section import Bench, Content, Section, Tables
from tests.benchmarks.window.journals import long_run
from tests.gui.measure_start import measure as seconds_to_first_frame
from tests.gui.projects import add_run, new_project

_DUE_MS = 4
_FLOOD = str(Path(__file__).parents[1] / "window" / "flood.py")
_FEW_ITERATIONS = 100


@dataclass(frozen=True)
class Size:
    """Amount of work."""

    seconds: float = 8.0
    rate: float = 200.0
    runs: int = 200
    iterations: int = 10_000
    starts: int = 3


QUICK = Size(seconds=0.3, runs=3, iterations=200, starts=1)


def measure(bench: Bench) -> Iterator[Content]:
    """Yield all figures."""
    size = QUICK if bench.quick else Size()
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        content: Content = {"events_per_second": size.rate}
        content |= under_load(folder, size)
        content |= drawing(folder, size.iterations)
        content |= opening(folder, size)
    content["first_paint_s"] = statistics.median(seconds_to_first_frame([]) for _ in range(size.starts))
    yield content


class Lateness(QObject):
    """Record how late a timer fires, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_DUE_MS)
        self._timer.timeout.connect(self._note)

    def watch(self, seconds: float) -> dict[str, float]:
        """Return the lateness over some seconds."""
        self.values, self._last = [], time.perf_counter()
        self._timer.start()
        settle(seconds)
        self._timer.stop()
        ordered = sorted(self.values)
        return {
            "median_ms": statistics.median(ordered),
            "p95_ms": ordered[int(0.95 * (len(ordered) - 1))],
            "p99_ms": ordered[int(0.99 * (len(ordered) - 1))],
            "worst_ms": ordered[-1],
        }

    def watch_while(self, holds: Callable[[], bool]) -> float:
        """Return the worst lateness for as long as a condition holds."""
        self.values, self._last = [], time.perf_counter()
        self._timer.start()
        wait_while(holds)
        settle(0.05)
        self._timer.stop()
        return max(self.values)

    @Slot()
    def _note(self) -> None:
        now = time.perf_counter()
        self.values.append(max(1000 * (now - self._last) - _DUE_MS, 0.0))
        self._last = now


def settle(seconds: float) -> None:
    """Run the event loop for some seconds."""
    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()


def seconds_of(act: Callable[[], object]) -> float:
    """Return the seconds that a call takes on the window's thread."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def make_window(folder: Path, *engine: str) -> MainWindow:
    """Return a window whose engine is the flooding stand-in."""
    application = make_application()
    session = Session(Jobs([sys.executable, _FLOOD, *engine]), Preferences(folder / "window.ini"))
    window = MainWindow(session, ThemeKeeper(application, "light"))
    window.completed.connect(spare_the_collector)
    window.resize(1400, 1000)
    window.show()
    return window


def under_load(folder: Path, size: Size) -> Content:
    """Measure idle, then with a search at full pace and the charts of search and recovery visible together."""
    seconds, rate = size.seconds, size.rate
    project = new_project(folder / "live")
    project.new_run()
    window = make_window(folder, "--iterations", str(int(seconds * rate)), "--rate", str(rate))
    session, lateness = window.session, Lateness()
    session.open(project.folder)
    wait_while(lambda: is_at_work(window))
    window.show_page("search")
    beside = window.pages["recovery"]
    beside.setParent(None)  # a window of its own, so that both pages draw
    beside.resize(1000, 800)
    beside.show()
    settle(min(1.0, seconds))
    idle = lateness.watch(seconds)
    session.start()
    settle(min(1.5, seconds))
    loaded = lateness.watch(seconds)
    session.jobs.end_all()
    beside.close()
    window.close()
    return {"idle": idle, "loaded": loaded, "p95_ratio": loaded["p95_ms"] / max(idle["p95_ms"], 0.1)}


def drawing(folder: Path, iterations: int) -> dict[str, float]:
    """Measure a redraw after few and after many iterations."""
    project = new_project(folder / "drawn")
    window = make_window(folder)
    session = window.session
    session.open(project.folder)
    wait_while(lambda: is_at_work(window))
    window.show_page("search")
    page, times = window.pages["search"], {}
    for count in (_FEW_ITERATIONS, iterations):
        events: list[AnyEvent] = list(long_run(Settings(), "0001-pso", count))
        for event in events:
            session.state.apply(event)
        session.run_loaded.emit(events)
        wait_while(lambda: is_at_work(window))
        times[f"redraw_ms_at_{count}"] = 1000 * statistics.median(seconds_of(partial(_redraw, page)) for _ in range(9))
    window.close()
    return times


def _redraw(page: Page) -> None:
    page.refresh()
    page.grab()


def opening(folder: Path, size: Size) -> dict[str, float]:
    """Measure opening a project with many runs, and one with a long run."""
    many = new_project(folder / "many")
    for _ in range(size.runs):
        add_run(many)
    long = new_project(folder / "long")
    journal = Journal(long.new_run().journal_path)
    for event in long_run(Settings(), "0001-pso", size.iterations // 2):
        journal.append(event)
    journal.close()
    window, lateness = make_window(folder), Lateness()
    found: dict[str, float] = {}
    settle(min(2.0, size.seconds))
    for name, project in ((f"{size.runs}_runs", many), (f"{size.iterations}_events", long)):
        begun = time.perf_counter()
        window.session.open(project.folder)
        worst = lateness.watch_while(lambda: is_at_work(window))
        found |= {f"open_{name}_s": time.perf_counter() - begun, f"open_{name}_worst_ms": worst}
        wait_while(lambda: window.session.jobs.main is not None)
    window.session.jobs.end_all()
    window.close()
    return found


def is_at_work(window: MainWindow) -> bool:
    """Return whether the window still reads or draws something."""
    return bool(window.session.doing) or not window.session.turns.at_rest


def wait_while(holds: Callable[[], bool]) -> None:
    """Run the event loop for as long as a condition holds."""
    while holds():
        settle(0.005)


def tables(content: Content) -> Tables:
    """Return the lateness, and the figures of the rest."""
    kinds = ("median", "p95", "p99", "worst")
    lateness = [
        {
            "event loop": name,
            **{kind: f"{content[name][f'{kind}_ms']:.1f} ms" for kind in kinds},
        }
        for name in ("idle", "loaded")
    ]
    others = [
        {"what": _label(name), "time": f"{value:.2f} s" if name.endswith("_s") else f"{value:.0f} ms"}
        for name, value in content.items()
        if isinstance(value, float) and name not in ("events_per_second", "p95_ratio")
    ]
    return [lateness, others]


def _label(name: str) -> str:
    name = name.replace("redraw_ms_at_", "redraw after iterations: ").removesuffix("_s")
    return name.replace("_worst_ms", ", longest halt").replace("_", " ")


SECTION = Section(measure, tables)
