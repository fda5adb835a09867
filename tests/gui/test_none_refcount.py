"""A check of Qt for Python: calls that return None must not drop references to None."""

import sys

from PySide6.QtCore import QObject

CALLS = 20_000
SLACK = 100


def test_calls_that_return_none_leave_its_reference_count_alone(qapp: object) -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("")
    assert sys.getrefcount(None) > before - SLACK
