"""Objects of Qt in a reference cycle are destroyed in the window's thread, whichever thread allocates."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gui.scheduling.garbage_collection import GarbageCollection


@pytest.fixture
def collection(qtbot: QtBot) -> Iterator[GarbageCollection]:
    parent = QObject()
    yield GarbageCollection(parent)
    gc.enable()
    parent.deleteLater()


def leave_a_cycle(destroyed_in: list[int]) -> None:
    class Cycle:
        def __init__(self) -> None:
            self.itself = self

        def __del__(self) -> None:
            destroyed_in.append(threading.get_ident())

    Cycle()


def test_a_busy_thread_destroys_nothing_of_the_windows(collection: GarbageCollection) -> None:
    destroyed_in: list[int] = []
    leave_a_cycle(destroyed_in)
    thread = threading.Thread(target=lambda: [[[]] for _ in range(50_000)])
    thread.start()
    thread.join()
    assert destroyed_in == []
    kept = [[[]] for _ in range(2_000)]
    collection.collect()
    assert destroyed_in == [threading.get_ident()]
    assert kept


def test_it_happens_by_itself(collection: GarbageCollection, qtbot: QtBot) -> None:
    destroyed_in: list[int] = []
    leave_a_cycle(destroyed_in)
    kept = [[[]] for _ in range(2_000)]
    qtbot.waitUntil(lambda: bool(destroyed_in), timeout=3_000)
    assert kept
