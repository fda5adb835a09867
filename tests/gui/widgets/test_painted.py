"""What assistive technology may ask of the window's widgets at any time."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QGraphicsView, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.painted import describe_painted_widgets


@pytest.mark.parametrize("kind", [QScrollArea, QGraphicsView, QAbstractScrollArea])
def test_a_scroll_bar_that_has_gone_since_it_was_counted_can_be_asked_for(
    qtbot: QtBot, kind: type[QAbstractScrollArea]
) -> None:
    describe_painted_widgets()
    area = kind()
    qtbot.addWidget(area)
    if isinstance(area, QScrollArea):
        area.setWidget(QWidget())
    area.show()
    seen = QAccessible.queryAccessibleInterface(area)
    assert seen is not None
    assert seen.role() == QAccessible.Role.Client
    counted = seen.childCount()
    assert seen.child(counted - 1) is not None
    for index in (counted, counted + 1, counted + 40, -1):
        assert seen.child(index) is None
