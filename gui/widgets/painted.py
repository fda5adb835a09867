"""Describe painted widgets to assistive technology: Qt takes each plain widget for a filler without content.

A painted widget names its ``accessible_role``, and may have its content as text (``accessible_text``).
"""

from typing import ClassVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget


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
    """Have Qt use the interface above for painted widgets; calling this again changes nothing."""
    QAccessible.installFactory(_interface_of)


def _interface_of(_class_name: str, widget: QObject) -> QAccessibleInterface | None:
    role = getattr(type(widget), "accessible_role", None)
    return _Interface(widget, role) if isinstance(widget, QWidget) and role is not None else None
