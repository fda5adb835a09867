"""The thread that runs one engine process: batches, silence, and stopping."""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from engine.api.commands import Command, ListDevices, RunProject
from engine.api.events import AnyEvent, DeviceFound, Heartbeat, RunFinished
from engine.api.project import Project
from engine.api.settings import Settings
from gui.engine_link.engine_thread import EngineThread, Timing
from gui.engine_link.job_end import JobEnd
from tests.gui.conftest import canned_engine
from tests.warm_process import running_children

pytestmark = pytest.mark.slow

QUICK = Timing(batch=0.02, silence=0.3, ask=0.3, terminate=0.3)
ThreadMaker = Callable[..., EngineThread]


@pytest.fixture
def make_thread() -> Iterator[ThreadMaker]:
    """Make threads that end with the test."""
    made: list[EngineThread] = []

    def make(
        *arguments: str, command: Command | None = None, engine: list[str] | None = None, timing: Timing = QUICK
    ) -> EngineThread:
        thread = EngineThread(engine or canned_engine(*arguments), command or ListDevices(), timing)
        made.append(thread)
        return thread

    yield make
    for thread in made:
        thread.end_now()
        thread.wait()


def run_to_end(qtbot: QtBot, thread: EngineThread) -> tuple[list[AnyEvent], JobEnd]:
    """Run a thread and return its events and its end."""
    events: list[AnyEvent] = []
    thread.events_arrived.connect(events.extend)
    with qtbot.waitSignal(thread.ended, timeout=10_000) as ended:
        thread.start()
    thread.wait()
    return events, ended.args[0]


def start_run(qtbot: QtBot, thread: EngineThread) -> None:
    """Start a thread and wait for the engine's first event."""
    with qtbot.waitSignal(thread.events_arrived, timeout=10_000):
        thread.start()


@pytest.fixture
def run_command(tmp_path: Path) -> RunProject:
    """Return the command that runs a new project."""
    return RunProject(project=str(Project.create(tmp_path / "project", Settings()).folder))


def test_a_command_that_no_line_can_hold_ends_the_job_before_an_engine_starts(
    qtbot: QtBot, make_thread: ThreadMaker
) -> None:
    events, end = run_to_end(qtbot, make_thread(command=RunProject(project="latin-1: \udce4")))
    assert (events, end.ending) == ([], "bad_input")
    assert "holds a character that is not Unicode" in end.sentence


def test_every_event_arrives_in_order(qtbot: QtBot, make_thread: ThreadMaker) -> None:
    events, end = run_to_end(qtbot, make_thread())
    told = [event for event in events if not isinstance(event, Heartbeat)]
    assert [event.name for event in told if isinstance(event, DeviceFound)] == ["cpu", "cuda:0"]
    assert isinstance(told[-1], RunFinished)
    assert end.ending == "finished"


def test_events_come_in_batches(qtbot: QtBot, make_thread: ThreadMaker, run_command: RunProject) -> None:
    thread = make_thread(command=run_command)
    sizes: list[int] = []
    thread.events_arrived.connect(lambda batch: sizes.append(len(batch)))
    with qtbot.waitSignal(thread.ended, timeout=10_000):
        thread.start()
    thread.wait()
    assert sum(sizes) > 200
    assert len(sizes) < sum(sizes) / 4


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has classes of priority instead")
def test_the_engine_leaves_the_processor_to_the_window(
    qtbot: QtBot, make_thread: ThreadMaker, run_command: RunProject
) -> None:
    start_run(qtbot, make_thread("--pace", "0.02", command=run_command))
    (engine,) = running_children()
    assert engine.nice() > psutil.Process().nice()


def test_a_pause_is_answered(qtbot: QtBot, make_thread: ThreadMaker, run_command: RunProject) -> None:
    thread = make_thread("--pace", "0.02", command=run_command)
    start_run(qtbot, thread)
    with qtbot.waitSignal(thread.ended, timeout=10_000) as ended:
        thread.request_stop("pause")
    assert ended.args[0].ending == "paused"


def test_a_child_that_ignores_the_stop_is_terminated(
    qtbot: QtBot, make_thread: ThreadMaker, run_command: RunProject
) -> None:
    thread = make_thread("--pace", "60", "--fault", "ignore-stop", command=run_command)
    start_run(qtbot, thread)
    with qtbot.waitSignal(thread.ended, timeout=10_000) as ended:
        thread.request_stop("pause")
    assert ended.args[0].ending == "ended"
    assert "was killed" not in ended.args[0].sentence


def test_a_child_that_ignores_termination_is_killed(
    qtbot: QtBot, make_thread: ThreadMaker, run_command: RunProject
) -> None:
    thread = make_thread("--pace", "60", "--fault", "ignore-terminate", command=run_command)
    start_run(qtbot, thread)
    with qtbot.waitSignal(thread.ended, timeout=10_000) as ended:
        thread.request_stop("pause")
    assert ended.args[0].ending == "ended"
    assert "was killed" in ended.args[0].sentence


def test_a_stop_that_still_works_is_given_time(qtbot: QtBot, make_thread: ThreadMaker, run_command: RunProject) -> None:
    """Events after the stop command show that the engine is still finishing, so it is not terminated yet."""
    timing = replace(QUICK, ask=1.5)  # far more than a pause between events on a busy machine
    thread = make_thread("--pace", "0.01", "--fault", "ignore-stop", command=run_command, timing=timing)
    start_run(qtbot, thread)
    asked = time.monotonic()
    with qtbot.waitSignal(thread.ended, timeout=60_000) as ended:
        thread.request_stop("keep_best")
    assert ended.args[0].ending == "finished"
    assert time.monotonic() - asked > timing.ask


def test_silence_is_noticed(qtbot: QtBot, make_thread: ThreadMaker) -> None:
    thread = make_thread("--fault", "silent")
    with qtbot.waitSignal(thread.silence_changed, timeout=10_000) as silence:
        thread.start()
    assert silence.args == [True]
    with qtbot.waitSignal(thread.ended, timeout=10_000):
        thread.end_now()


@pytest.mark.skipif(sys.platform == "win32", reason="signals as exit codes are a POSIX matter")
def test_a_crash_keeps_the_last_words(qtbot: QtBot, make_thread: ThreadMaker, run_command: RunProject) -> None:
    _, end = run_to_end(qtbot, make_thread("--fault", "crash", command=run_command))
    assert end.ending == "crashed"
    assert "asked to crash" in end.detail


@pytest.mark.skipif(sys.platform == "win32", reason="signals as exit codes are a POSIX matter")
def test_a_kill_from_outside_is_told_as_memory(qtbot: QtBot, make_thread: ThreadMaker, run_command: RunProject) -> None:
    _, end = run_to_end(qtbot, make_thread("--fault", "out-of-memory", command=run_command))
    assert end.ending == "out_of_memory"


def test_bad_input_shows_the_engines_sentence(qtbot: QtBot, make_thread: ThreadMaker) -> None:
    _, end = run_to_end(qtbot, make_thread("--fault", "bad-input"))
    assert end.ending == "bad_input"
    assert "check the id" in end.sentence


def test_an_engine_that_is_not_there_is_an_error(qtbot: QtBot, make_thread: ThreadMaker) -> None:
    _, end = run_to_end(qtbot, make_thread(engine=["/nowhere/python"]))
    assert end.title == "The engine did not start"


def test_lines_that_are_no_events_go_to_the_report(qtbot: QtBot, make_thread: ThreadMaker) -> None:
    stray = "import sys; print('a stray print'); sys.exit(1)"
    _, end = run_to_end(qtbot, make_thread(engine=[sys.executable, "-c", stray]))
    assert "a stray print" in end.detail
