"""Soak the window in the events of a long run at many times their pace, and print how much memory it takes.

Usage: python -m tests.gui.soak [--minutes 5] [--times 25]

The engine of a run emits at most some 200 events a second, most of them progress. Here a stand-in emits the same mix
``times`` as fast, so 24 hours pass in 58 minutes at 25 times the pace. It is also the check that opening a run of
200,000 events halts the window for no longer than a frame or two: ``--open FOLDER`` prints the most CPU time that the
window's thread takes between two turns of its event loop while it opens a project.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import msgspec
from PySide6.QtCore import QEventLoop, QObject, QTimer, Slot

from engine.api import events as ev
from engine.api.commands import RunProject, decode_command
from engine.api.settings import Settings
from gui.app import freeze_garbage_collector, make_application
from gui.engine_link.jobs import EngineJobs
from gui.look.theme import ThemeManager
from gui.project.preferences import Preferences
from gui.project.session import Session
from gui.shell.main_window import MainWindow
from tests.gui import canned
from tests.gui.projects import new_project

PACE = 200
"""Events of a second of the run."""


def second_of_a_run(number: int, sample: ev.IterationFinished, trained: ev.RecoveryStepped) -> Iterator[ev.AnyEvent]:
    """Yield what an engine emits in one second: an iteration, scores, optimiser steps, messages and much progress."""
    yield ev.Heartbeat(process_memory=1 << 30, cpu_load=0.5)
    yield msgspec.structs.replace(sample, iteration=number, iterations=number + 1000)
    removed, fitness = sample.candidates, sample.fitness
    yield from 5 * [ev.CandidatesScored(model="m", calibration="c", level=1, removed=removed, kl=fitness, nll=fitness)]
    yield from 3 * [ev.MessageLogged(level="info", message="The layers are read again.")]
    for step in range(10 * number + 1, 10 * number + 11):
        yield msgspec.structs.replace(trained, step=step, steps=1_000_000)
        yield from 18 * [ev.StageProgressed(stage="recover", done=step, total=1_000_000, message="Training")]


def emit(times: float) -> None:
    """Be the engine: emit seconds of a run until standard output is closed."""
    if not isinstance(decode_command(sys.stdin.buffer.readline()), RunProject):
        os.write(1, ev.encode_event(ev.RunFinished(outcome="finished", message="")) + b"\n")
        return
    run = canned.run_events(Settings())
    sample = next(event for event in run if isinstance(event, ev.IterationFinished))
    trained = next(event for event in run if isinstance(event, ev.RecoveryStepped))
    begin = run[: next(place for place, event in enumerate(run) if isinstance(event, ev.IterationFinished))]
    begun, seq = time.monotonic(), 0
    for event in begin:
        os.write(1, ev.encode_event(event) + b"\n")
    for second in count():
        lines = []
        for event in second_of_a_run(second, sample, trained):
            seq += not isinstance(event, ev.Heartbeat | ev.StageProgressed)
            lines.append(ev.encode_event(msgspec.structs.replace(event, time=time.time(), seq=len(begin) + seq)))
        for line in lines:
            os.write(1, line + b"\n")
        time.sleep(max(begun + (second + 1) / times - time.monotonic(), 0.0))


class LongestSlice(QObject):
    """The most CPU time, in milliseconds, that the window's thread takes between two turns of its event loop."""

    def __init__(self) -> None:
        super().__init__()
        self.milliseconds = 0.0
        self._spent = time.thread_time()
        self._timer = QTimer(self)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._note)
        self._timer.start()

    @Slot()
    def _note(self) -> None:
        spent = time.thread_time()
        self.milliseconds, self._spent = max(self.milliseconds, 1000 * (spent - self._spent)), spent


def megabytes() -> float:
    """Return the resident memory of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def wait(seconds: float) -> None:
    """Run the event loop for some seconds."""
    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()


def soak(minutes: float, times: float) -> None:
    """Show the search of a run that goes on and on, and print the memory every ten seconds."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        window = _window(folder, "--emit", "--times", str(times))
        project = new_project(folder / "project")
        project.new_run()
        window.session.open(project.folder)
        _wait_for_rest(window)
        window.show_page("search")
        while window.session.jobs.main is not None:
            wait(0.1)
        window.session.start()
        ends = time.monotonic() + 60 * minutes
        print("hours of the run | window MB | most CPU ms at a time")
        while time.monotonic() < ends:
            slices = LongestSlice()
            wait(10)
            last = window.session.state.last_iteration
            if window.session.jobs.main is None:
                sys.exit("The engine has ended; run it by itself to see why.")
            hours = last.iteration / 3600 if last else 0.0
            print(f"{hours:16.2f} | {megabytes():9.0f} | {slices.milliseconds:.0f}", flush=True)
            slices.deleteLater()
        window.session.jobs.end_all()
        window.close()


def open_project(folder: Path) -> None:
    """Open a project and print the longest slice and the memory, three times."""
    with tempfile.TemporaryDirectory() as temporary:
        window = _window(Path(temporary), "--emit", "--times", "0.001")
        wait(3)
        for _ in range(3):
            slices = LongestSlice()
            window.session.open(folder)
            _wait_for_rest(window)
            print(f"opened: {slices.milliseconds:.0f} ms of CPU at a time at most, {megabytes():.0f} MB", flush=True)
            slices.deleteLater()
            window.session.jobs.end_all()
        window.close()


def _window(folder: Path, *engine: str) -> MainWindow:
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application()
    root = str(Path(__file__).resolve().parents[2])  # an engine imports nothing from the working folder
    start = f"import sys; sys.path.insert(0, {root!r}); from tests.gui.soak import main; main()"
    command = [sys.executable, "-c", start, *engine]
    session = Session(EngineJobs(command), Preferences(folder / "window.ini"))
    window = MainWindow(session, ThemeManager(application, "light"))
    window.completed.connect(freeze_garbage_collector)
    window.resize(1400, 1000)
    window.show()
    return window


def _wait_for_rest(window: MainWindow) -> None:
    while window.session.busy_text or not window.session.scheduler.is_idle:
        wait(0.005)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--times", type=float, default=25.0)
    parser.add_argument("--open", type=Path)
    parser.add_argument("--emit", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.emit:
        emit(arguments.times)
    elif arguments.open:
        open_project(arguments.open)
    else:
        soak(arguments.minutes, arguments.times)


if __name__ == "__main__":
    main()
