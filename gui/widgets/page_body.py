"""What a page scrolls: its heading above its cards, in one column or, on wide screens, in two."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from gui.widgets.text import label

_WIDEST_COLUMN = 1180
TWO_COLUMNS = 1288
"""Width of a page from which on cards stand side by side: that in a window of 1500 pixels."""
_SIDE, _TOP, _BOTTOM, _GAP = 28, 20, 28, 16


class PageBody(QWidget):
    """Heading, sentence and a column of cards. ``content`` holds the cards, ``column`` their layout."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self.setObjectName("pageBody")
        self.sentence = label(sentence, "muted", wrap=True)
        self.content = QWidget()
        self.column = QVBoxLayout(self.content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(_GAP)
        heading = QVBoxLayout()
        heading.setSpacing(3)
        heading.addWidget(label(title, "title"))
        heading.addWidget(self.sentence)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(_GAP)
        self._outer.addLayout(heading)
        self._outer.addWidget(self.content)
        self._pairs: list[QBoxLayout] = []
        self._columns: list[QVBoxLayout] = []
        self._is_wide = False
        self._set_side_margins(_SIDE)

    def add_below(self, widget: QWidget) -> None:
        """Add a widget below the cards that takes all the remaining height."""
        self._outer.addWidget(widget, 1)

    def add_columns(self) -> tuple[QVBoxLayout, QVBoxLayout]:
        """Add two columns for cards below those so far, and return them.

        They stand side by side on a wide page; on others, the second is below the first.
        """
        pair = QBoxLayout(_direction(self._is_wide))
        pair.setSpacing(_GAP)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(_GAP)
            pair.addLayout(column, 1)  # side by side, both are of the same width
        self._pairs.append(pair)
        self._columns += left, right
        self.column.addLayout(pair)
        return left, right

    def close_columns(self) -> None:
        """Leave what is too high for the cards below them; call this after the last card was added."""
        for column in self._columns:
            column.addStretch(1)
        self.column.addStretch(1)

    def fit_width(self, width: int) -> None:
        """Arrange the cards for a page of this width, centred where it is wider than two columns can use."""
        self._set_side_margins(max(_SIDE, (width - 2 * _WIDEST_COLUMN - _GAP) // 2))
        if self._is_wide != (width >= TWO_COLUMNS):
            self._is_wide = not self._is_wide
            for pair in self._pairs:
                pair.setDirection(_direction(self._is_wide))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest width, and no height.

        The scroll area asks for the height that belongs to the width. It would not go below the height of a minimum
        size, and a layout computes that for its narrowest width, at which wrapped text is several times as tall.
        """
        return QSize(super().minimumSizeHint().width(), 0)

    def _set_side_margins(self, side: int) -> None:
        self._outer.setContentsMargins(side, _TOP, side, _BOTTOM)


def _direction(is_wide: bool) -> QBoxLayout.Direction:
    return QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
