"""The size of the main window, from the room that the screen leaves to windows."""

from PySide6.QtCore import QMargins, QRect, QSize

_SMALLEST = QSize(940, 520)
"""The size at which no page scrolls sideways. 1080p at 200 % leaves hardly more."""
_LARGEST_FIRST = QSize(1680, 1050)
_SHARE = 0.85
"""Share of a large screen that a new window covers."""
_COMFORTABLE = QSize(1180, 800)
_USUAL_FRAME = QMargins(6, 34, 6, 6)
"""Title bar and borders before the window manager has drawn them."""


def smallest_size(room: QSize) -> QSize:
    """Return the minimum size of the window on a screen with this much room."""
    return _SMALLEST.boundedTo(_inside(room, _USUAL_FRAME))


def first_size(room: QSize) -> QSize:
    """Return the size of the first window: comfortable where the screen has room for it, and no larger than that."""
    wanted = (room * _SHARE).boundedTo(_LARGEST_FIRST).expandedTo(_COMFORTABLE)
    return wanted.boundedTo(_inside(room, _USUAL_FRAME))


def is_usual(frame: QMargins) -> bool:
    """Return whether a frame takes no more than was assumed before it was drawn."""
    assumed = _USUAL_FRAME
    return (
        frame.left() + frame.right() <= assumed.left() + assumed.right()
        and frame.top() + frame.bottom() <= assumed.top() + assumed.bottom()
    )


def moved_inside(window: QRect, frame: QMargins, room: QRect) -> QRect:
    """Return a window's place, without its frame, such that the window with its frame is within the room."""
    size = window.size().boundedTo(_inside(room.size(), frame))
    inner = room.marginsRemoved(frame)
    left = max(inner.left(), min(window.left(), inner.left() + inner.width() - size.width()))
    top = max(inner.top(), min(window.top(), inner.top() + inner.height() - size.height()))
    return QRect(left, top, size.width(), size.height())


def _inside(room: QSize, frame: QMargins) -> QSize:
    return room.shrunkBy(frame)
