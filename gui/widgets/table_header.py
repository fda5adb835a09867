"""The heading row of a table: no heading is cut off; one that is wider than its column is set in several lines."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QTableView, QWidget

_PADDING = QSize(14, 16)
"""Space around a heading, including that of the style sheet."""
_SORT_MARK = 16


class TableHeader(QHeaderView):
    """Wraps headings between words, and is as high as the longest of them needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)

    def need(self, section: int) -> int:
        """Return the width that the longest word of a heading needs, in pixels."""
        metrics = QFontMetrics(self.font())
        words = self._heading(section).split()
        return max(map(metrics.horizontalAdvance, words), default=0) + self._beside()

    def one_line(self, section: int) -> int:
        """Return the width that a heading needs in one line, in pixels."""
        return QFontMetrics(self.font()).horizontalAdvance(self._heading(section)) + self._beside()

    def sizeHint(self) -> QSize:
        """Return a size as high as the headings at their present widths."""
        lines = (self._lines(section) for section in range(self.count()) if not self.isSectionHidden(section))
        most = max(map(len, lines), default=1)
        height = most * QFontMetrics(self.font()).lineSpacing() + _PADDING.height()
        return QSize(super().sizeHint().width(), height)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, logicalIndex: int) -> None:  # noqa: N803
        """Break a heading into its lines."""
        super().initStyleOptionForIndex(option, logicalIndex)
        option.text = "\n".join(self._lines(logicalIndex))

    def _heading(self, section: int) -> str:
        model = self.model()
        return "" if model is None else str(model.headerData(section, Qt.Orientation.Horizontal) or "")

    def _lines(self, section: int) -> list[str]:
        metrics, room = QFontMetrics(self.font()), self.sectionSize(section) - self._beside()
        lines: list[str] = []
        for word in self._heading(section).split():
            if lines and metrics.horizontalAdvance(f"{lines[-1]} {word}") <= room:
                lines[-1] = f"{lines[-1]} {word}"
            else:
                lines.append(word)
        return lines

    def _beside(self) -> int:
        return _PADDING.width() + (_SORT_MARK if self.isSortIndicatorShown() else 0)


def share_width(needs: Sequence[int], room: int, least_first: int) -> list[int]:
    """Return widths of columns for a room, in pixels.

    The first column, which names the rows, gets what it needs, and less down to ``least_first`` where room is short.
    The others are equally wide where each of them has what it needs.
    """
    if not needs:
        return []
    first = max(min(needs[0], room - sum(needs[1:])), min(needs[0], least_first))
    others = list(needs[1:])
    left, growing = room - first, set(range(len(others)))
    while growing:
        share = (left - sum(need for place, need in enumerate(others) if place not in growing)) // len(growing)
        settled = {place for place in growing if others[place] > share}
        if not settled:
            for place in growing:
                others[place] = share
            break
        growing -= settled
    return [first, *others]


def column_needs(view: QTableView, header: TableHeader) -> list[int]:
    """Return the width that each visible column of a table needs for its cells and the words of its heading."""
    visible = [place for place in range(header.count()) if not view.isColumnHidden(place)]
    return [max(view.sizeHintForColumn(place), header.need(place)) for place in visible]
