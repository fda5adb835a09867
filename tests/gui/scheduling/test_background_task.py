"""Background tasks: only the latest result is delivered, and no failure is lost."""

import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gui.scheduling.background_task import BackgroundTask


def test_work_is_done_in_another_thread_and_heard_of_in_this_one(qtbot: QtBot) -> None:
    owner = QObject()
    background = BackgroundTask(owner)
    heard: list[tuple[object, int]] = []
    background.done.connect(lambda thread: heard.append((thread, threading.get_ident())))
    background.start(threading.get_ident)
    assert background.busy
    qtbot.waitUntil(lambda: not background.busy)
    ((worked_in, heard_in),) = heard
    assert worked_in != heard_in == threading.get_ident()


def test_what_is_asked_later_takes_the_place_of_what_was_asked_before(qtbot: QtBot) -> None:
    owner = QObject()
    background = BackgroundTask(owner)
    heard: list[object] = []
    background.done.connect(heard.append)
    gate = threading.Event()
    background.start(lambda: gate.wait(10) and "first")
    background.start(lambda: "second")
    qtbot.waitUntil(lambda: heard == ["second"])
    gate.set()
    qtbot.wait(20)
    assert heard == ["second"]


def test_a_failure_is_raised_where_the_window_can_tell_of_it(qtbot: QtBot) -> None:
    owner = QObject()
    background = BackgroundTask(owner)

    def fail() -> None:
        raise ZeroDivisionError("no")

    with qtbot.captureExceptions() as raised:
        background.start(fail)
        qtbot.waitUntil(lambda: not background.busy and bool(raised))
    assert [kind for kind, *_ in raised] == [ZeroDivisionError]
    background.start(lambda: 1)
    with qtbot.waitSignal(background.done):
        pass
