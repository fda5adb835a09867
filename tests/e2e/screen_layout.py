"""What of the visible windows does not fit the screen, or its place in the window."""

from typing import Any

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QTableView, QWidget

from gui.shell.main_window import MainWindow


def layout_of(window: MainWindow) -> dict[str, Any]:
    """Return the frames that leave the screen, the buttons that cannot be reached, and what scrolls sideways."""
    tops = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each.isWindow()]
    room = window.screen().availableGeometry()
    buttons = [each for top in tops for each in top.findChildren(QAbstractButton) if each.isVisible()]
    return {
        "screen": _sides(room),
        "window": _sides(window.frameGeometry()),
        "title_bar": window.geometry().top() - window.frameGeometry().top(),
        "outside": [_name(each) for each in tops if not room.contains(each.frameGeometry())],
        "out_of_reach": [_name(each) for each in buttons if not _can_be_reached(each)],
        "sideways": [_name(each) for top in tops for each in _sideways(top)],
        "buttons": len(buttons),
        "titles": [each.windowTitle() for each in tops],
    }


def _sides(box: QRect) -> tuple[int, int, int, int]:
    return box.left(), box.top(), box.width(), box.height()


def _global(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def _can_be_reached(button: QAbstractButton) -> bool:
    """Return whether all of a button is seen, at least after scrolling up or down."""
    area = _area_of(button)
    place, room = _global(button), _global(button.window() if area is None else area.viewport())
    if area is None:
        return room.contains(place)
    return room.left() <= place.left() and place.right() <= room.right()


def _area_of(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def _sideways(top: QWidget) -> list[QWidget]:
    areas = [*top.findChildren(QScrollArea), *top.findChildren(QTableView)]
    return [each for each in areas if each.isVisible() and each.horizontalScrollBar().maximum() > 0]


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text or widget.windowTitle() or type(widget).__name__
