"""Lateness of the window's event loop under load, and how long the things take that a person waits for.

    python -m tests.benchmarks.window [--seconds S] [--rate N] [--out FILE.json]

Lateness: a timer that is due every 4 ms; how much later than due it fires. Told as 95th percentile, idle and with an
engine that says ``rate`` events a second while search and recovery charts are both visible. Needs a display (Xvfb will
do) or QT_QPA_PLATFORM=offscreen.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot

from engine.api.events import AnyEvent
from engine.api.journal import Journal
from engine.api.settings import Settings
from gui.app import freeze_garbage_collector, make_application
from gui.engine_link.jobs import EngineJobs
from gui.look.theme import ThemeManager
from gui.project.preferences import Preferences
from gui.project.session import Session
from gui.shell.main_window import MainWindow
from tests.benchmarks.window.journals import long_run
from tests.gui.measure_start import measure
from tests.gui.projects import add_run, new_project

_DUE_MS = 4
_MANY_RUNS = 200
_MANY_ITERATIONS = 10_000
FLOOD = str(Path(__file__).with_name("flood.py"))


class Lateness(QObject):
    """Notes how late a timer fires, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_DUE_MS)
        self._timer.timeout.connect(self._note)

    def watch(self, seconds: float) -> dict[str, float]:
        """Let the window live for so long."""
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
        """The worst for as long as something holds."""
        self.values, self._last = [], time.perf_counter()
        self._timer.start()
        wait_while(holds)
        settle(0.05)
        self._timer.stop()
        return max(self.values)

    @Slot()
    def _enqueue(self) -> None:
        now = time.perf_counter()
        self.values.append(max(1000 * (now - self._last) - _DUE_MS, 0.0))
        self._last = now


def settle(seconds: float) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()


def seconds_of(act: Callable[[], object]) -> float:
    """How long something takes on the window's thread."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def make_window(folder: Path, *engine: str) -> MainWindow:
    """A window over the flooding engine."""
    application = make_application()
    session = Session(EngineJobs([sys.executable, FLOOD, *engine]), Preferences(folder / "window.ini"))
    window = MainWindow(session, ThemeManager(application, "light"))
    window.completed.connect(freeze_garbage_collector)
    window.resize(1400, 1000)
    window.show()
    return window


def under_load(folder: Path, seconds: float, rate: float) -> dict[str, object]:
    """Idle, then with a search at full pace and the charts of search and recovery on the screen together."""
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
    settle(1.0)
    idle = lateness.watch(seconds)
    session.start()
    settle(1.5)
    loaded = lateness.watch(seconds)
    session.jobs.end_all()
    beside.close()
    window.close()
    return {"idle": idle, "loaded": loaded, "p95_ratio": loaded["p95_ms"] / max(idle["p95_ms"], 0.1)}


def drawing(folder: Path) -> dict[str, float]:
    """What one redraw costs with few and with many iterations behind it."""
    project = new_project(folder / "drawn")
    window = make_window(folder)
    session = window.session
    session.open(project.folder)
    wait_while(lambda: is_at_work(window))
    window.show_page("search")
    page, times = window.pages["search"], {}
    for count in (100, _MANY_ITERATIONS):
        events: list[AnyEvent] = list(long_run(Settings(), "0001-pso", count))
        for event in events:
            session.state.apply(event)
        session.run_loaded.emit(events)
        wait_while(lambda: is_at_work(window))
        times[f"redraw_ms_at_{count}"] = 1000 * statistics.median(
            seconds_of(lambda: (page.refresh(), page.grab())) for _ in range(9)
        )
    window.close()
    return times


def opening(folder: Path) -> dict[str, float]:
    """Projects with many runs, and with one long one."""
    many = new_project(folder / "many")
    for _ in range(_MANY_RUNS):
        add_run(many)
    long = new_project(folder / "long")
    journal = Journal(long.new_run().journal_path)
    for event in long_run(Settings(), "0001-pso", _MANY_ITERATIONS // 2):
        journal.append(event)
    journal.close()
    window, lateness, found = make_window(folder), Lateness(), {}
    settle(2.0)
    for name, project in (("200_runs", many), ("10000_events", long)):
        begun = time.perf_counter()
        window.session.open(project.folder)
        worst = lateness.watch_while(lambda: is_at_work(window))
        found |= {f"open_{name}_s": time.perf_counter() - begun, f"open_{name}_worst_ms": worst}
        wait_while(lambda: window.session.jobs.main is not None)
    window.session.jobs.end_all()
    window.close()
    return found


def is_at_work(window: MainWindow) -> bool:
    """Whether something is still to be read or drawn."""
    return bool(window.session.busy_text) or not window.session.scheduler.is_idle


def wait_while(holds: Callable[[], bool]) -> None:
    """Let the window live for as long as something holds."""
    while holds():
        settle(0.005)


def main() -> int:
    """Measure, print a table, write JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--rate", type=float, default=200.0)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        result: dict[str, object] = {"events_per_second": arguments.rate}
        result |= under_load(folder, arguments.seconds, arguments.rate)
        result |= drawing(folder)
        result |= opening(folder)
    result["first_paint_s"] = statistics.median(measure([]) for _ in range(3))
    for name, value in result.items():
        print(f"{name:24} {value:.3g}" if isinstance(value, float) else f"{name:24} {value}")
    if arguments.out:
        arguments.out.write_text(json.dumps(result, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
