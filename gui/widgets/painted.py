"""Describe painted widgets to assistive technology: Qt takes each plain widget for a filler without content.

A painted widget names its ``accessible_role``, and may have its content as text (``accessible_text``).
"""

from typing import ClassVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QAccessibleWidget,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_WITH_OWN_INTERFACE = (QAbstractItemView, QTextEdit, QPlainTextEdit)
"""Scroll areas for which Qt has another interface, with cells or text."""


class PaintedWidget(QWidget):
    """A widget that paints its content itself."""

    accessible_role: ClassVar[QAccessible.Role] = QAccessible.Role.Graphic


class _Interface(QAccessibleWidget):
    """The standard interface of a widget with another role and, where the widget has one, a text of its own."""

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role, "")
        self._widget = widget

    def text(self, kind: QAccessible.Text) -> str:
        """Return a text of the widget; its description is made when it is asked for."""
        describe = getattr(self._widget, "accessible_text", None)
        if kind == QAccessible.Text.Description and describe is not None:
            return str(describe())
        return super().text(kind)


def describe_painted_widgets() -> None:
    """Have Qt use the interface above for painted widgets and scroll areas; calling this again changes nothing."""
    QAccessible.installFactory(_interface_of)


def _interface_of(_class_name: str, widget: QObject) -> QAccessibleInterface | None:
    role = getattr(type(widget), "accessible_role", _role_of_scroll_area(widget))
    return _Interface(widget, role) if isinstance(widget, QWidget) and role is not None else None


def _role_of_scroll_area(widget: QObject) -> QAccessible.Role | None:
    """Return the role of a scroll area; None for all else.

    Qt's own interface of these reads beyond its list of children, and ends the program, where a screen reader asks for
    a scroll bar that has been hidden since it counted them (QAccessibleAbstractScrollArea::child in Qt 6.10).
    """
    is_area = isinstance(widget, QAbstractScrollArea) and not isinstance(widget, _WITH_OWN_INTERFACE)
    return QAccessible.Role.Client if is_area else None
