"""Overlays of a chart: the values of the nearest point, and the button to follow the data.

They are widgets over the plot instead of items in it, so that moving the pointer repaints a few pixels and no curve.
"""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from gui.look.theme import Theme
from gui.widgets.text import PlainLabel, font_of, label

_GAP = 10
"""Pixels between the line and the note."""
_MENU_SIZE = (28, 18)
_EDGE, _TOP = 8, 2
"""Pixels between the buttons and the edges of the chart."""


@dataclass(frozen=True)
class PointReading:
    """A point to read out: its position on the x axis, and its text."""

    x: float
    words: str


class ReadOut(PlainLabel):
    """A note next to a thin vertical line; both ignore the mouse."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(parent=viewport)
        self.reading: PointReading | None = None
        self._line = QFrame(viewport)
        self._line.setFixedWidth(1)
        for part in (self, self._line):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            part.hide()
        self.setFont(font_of("caption"))

    def paint(self, theme: Theme) -> None:
        """Apply the colours of a theme."""
        self._line.setStyleSheet(f"background: {theme.muted}; border: none;")
        self.setStyleSheet(
            f"background: {theme.window}; color: {theme.text}; border: 1px solid {theme.strong_border};"
            "border-radius: 4px; padding: 4px 7px;"
        )

    def show_reading(self, reading: PointReading, x: float, y: float, area: QRectF) -> None:
        """Show a point next to pixel (``x``, ``y``), inside ``area`` as far as there is room."""
        self._line.setGeometry(round(x), round(area.top()), 1, round(area.height()))
        self._line.show()
        if reading != self.reading:
            self.reading = reading
            self.setText(reading.words)
            self.adjustSize()
            self._announce(reading.words.replace("\n", ", "))
        left = x + _GAP if x + _GAP + self.width() <= area.right() else x - _GAP - self.width()
        top = min(max(y - self.height() - _GAP, area.top()), max(area.bottom() - self.height(), 0.0))
        self.move(round(max(left, 0.0)), round(max(top, 0.0)))
        self.show()
        self.raise_()

    def _announce(self, words: str) -> None:
        """Announce the text to assistive technology."""
        self.setAccessibleName(words)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    @Slot()
    def clear(self, *_: object) -> None:
        """Hide the read-out."""
        self.reading = None
        self.hide()
        self._line.hide()


class FollowButton(QToolButton):
    """A button in the upper right corner of a chart, shown while the chart does not follow its data."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self.setText(self.tr("Follow"))
        self.setToolTip(self.tr("Show all data and follow new points (Home)."))
        self.setAccessibleName(self.tr("Follow the data again"))
        self.setFont(label("", "caption").font())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("overChart", True)
        self.hide()

    def place(self) -> None:
        """Move the button beside that of the menu."""
        self.adjustSize()
        self.move(self._viewport.width() - self.width() - _MENU_SIZE[0] - 2 * _EDGE, _TOP)
        self.raise_()


class MenuButton(QToolButton):
    """A button in the upper right corner of a chart that opens its menu; the keyboard has the Menu key for it."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self.setText("…")
        self.setToolTip(self.tr("Save this chart, copy its values, or zoom."))
        self.setAccessibleName(self.tr("Menu of the chart"))
        self.setFont(label("", "caption").font())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("overChart", True)
        self.setFixedSize(*_MENU_SIZE)

    def place(self) -> None:
        """Move the button to its corner."""
        self.move(self._viewport.width() - self.width() - _EDGE, _TOP)
        self.raise_()


class FocusFrame(QFrame):
    """Shows which chart has the keyboard focus."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paint(self, theme: Theme) -> None:
        """Apply the colours of a theme."""
        self.setStyleSheet(f"background: transparent; border: 1px solid {theme.accent}; border-radius: 4px;")
