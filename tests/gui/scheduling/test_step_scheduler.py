"""Long work in the window's thread is done in steps, with everything else in between."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from gui.scheduling.step_scheduler import StepScheduler

pytestmark = pytest.mark.slow


@pytest.fixture
def done() -> list[str]:
    """Return a list that collects the steps in order."""
    return []


def steps(done: list[str], name: str, count: int) -> Iterator[None]:
    for step in range(count):
        done.append(f"{name}{step}")
        yield


def test_owners_take_turns(qtbot: QtBot, done: list[str]) -> None:
    scheduler, one, other = StepScheduler(), QObject(), QObject()
    scheduler.schedule(one, steps(done, "a", 3))
    scheduler.schedule(other, steps(done, "b", 2))
    assert done == [], "nothing is done before the event loop has its turn"
    qtbot.waitUntil(lambda: not scheduler.has_work(one) and not scheduler.has_work(other))
    assert done == ["a0", "b0", "a1", "b1", "a2"]


def test_the_event_loop_has_a_turn_between_steps(qtbot: QtBot, done: list[str]) -> None:
    scheduler, owner = StepScheduler(), QObject()

    def asking() -> Iterator[None]:
        for step in range(3):
            done.append(f"step{step}")
            QTimer.singleShot(0, lambda: done.append("person"))
            yield

    scheduler.schedule(owner, asking())
    qtbot.waitUntil(lambda: not scheduler.has_work(owner))
    assert done[:5] == ["step0", "person", "step1", "person", "step2"]


def test_new_work_takes_the_place_of_what_was_left(qtbot: QtBot, done: list[str]) -> None:
    scheduler, owner = StepScheduler(), QObject()
    scheduler.schedule(owner, steps(done, "old", 9))
    qtbot.waitUntil(lambda: bool(done))
    scheduler.schedule(owner, steps(done, "new", 2))
    qtbot.waitUntil(lambda: not scheduler.has_work(owner))
    assert done[-2:] == ["new0", "new1"]
    assert "old8" not in done


def test_work_can_be_finished_at_once_or_dropped(done: list[str]) -> None:
    scheduler, owner = StepScheduler(), QObject()
    scheduler.schedule(owner, steps(done, "a", 3))
    scheduler.finish(owner)
    scheduler.finish(owner)
    assert done == ["a0", "a1", "a2"]
    scheduler.schedule(owner, steps(done, "b", 3))
    scheduler.cancel(owner)
    assert not scheduler.has_work(owner)
    assert "b0" not in done


def test_a_step_may_end_work_and_begin_other(qtbot: QtBot, done: list[str]) -> None:
    scheduler, one, other = StepScheduler(), QObject(), QObject()

    def meddling() -> Iterator[None]:
        scheduler.cancel(other)
        yield
        done.append("went on")
        scheduler.schedule(other, steps(done, "b", 1))
        scheduler.cancel(one)
        yield
        done.append("dropped itself, yet went on")

    scheduler.schedule(one, meddling())
    qtbot.waitUntil(lambda: not scheduler.has_work(one) and not scheduler.has_work(other))
    assert done == ["went on", "b0"]


def test_a_step_that_fails_ends_its_own_work_only(qtbot: QtBot, done: list[str]) -> None:
    scheduler, one, other = StepScheduler(), QObject(), QObject()

    def failing() -> Iterator[None]:
        done.append("bad")
        raise ValueError("no")
        yield

    with qtbot.captureExceptions() as raised:
        scheduler.schedule(one, failing())
        scheduler.schedule(other, steps(done, "good", 2))
        qtbot.waitUntil(lambda: not scheduler.has_work(other))
    assert done == ["bad", "good0", "good1"]
    assert [kind for kind, *_ in raised] == [ValueError]


def test_once_the_window_goes_no_work_is_taken(qtbot: QtBot, done: list[str]) -> None:
    scheduler, owner = StepScheduler(), QObject()
    scheduler.schedule(owner, steps(done, "a", 3))
    scheduler.stop()
    scheduler.schedule(owner, steps(done, "b", 3))
    assert scheduler.is_idle
    qtbot.wait(50)
    assert done == []
