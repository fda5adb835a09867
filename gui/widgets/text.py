"""Labels in the few text styles of the window."""

import html
from typing import Literal

from PySide6.QtCore import Slot
from PySide6.QtGui import (
    QClipboard,
    QContextMenuEvent,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    Qt,
)
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from engine.api.safe_text import safe_text
from gui.words.break_points import with_break_points, without_break_points

Role = Literal["body", "title", "heading", "muted", "caption", "value", "unit", "good", "bad", "warn", "code"]

_POINTS_LARGER = {"title": 7.0, "heading": 1.5, "value": 5.0, "caption": -1.0, "unit": -0.5}


class PlainLabel(QLabel):
    """A label that shows text as it is: no markup is interpreted, and no character is obeyed.

    A wrapped label breaks lines within long words too, so that no text makes a page wider.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._given = ""
        self._has_own_name = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def text(self) -> str:
        """Return the text without the points at which its lines may break."""
        return self._given

    def setText(self, text: str) -> None:
        """Show a text."""
        self._given = safe_text(text)
        shown = with_break_points(self._given) if self.wordWrap() else self._given
        super().setText(shown)
        self._name(shown)

    def _name(self, shown: str) -> None:
        """Let a screen reader read the text without break points, unless the label was given another name."""
        needs_name = shown != self._given
        if (needs_name and not self.accessibleName()) or self._has_own_name:
            self.setAccessibleName(self._given if needs_name else "")
            self._has_own_name = needs_name

    def setWordWrap(self, on: bool) -> None:
        """Wrap lines, or stop doing so."""
        super().setWordWrap(on)
        self.setText(self._given)

    def selectedText(self) -> str:
        """Return what is selected, as it was given."""
        return without_break_points(super().selectedText().replace("\u2029", "\n"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is selected."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            self._copy()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Offer what has just been selected to the middle mouse button, where the desktop has that."""
        super().mouseReleaseEvent(event)
        if self.hasSelectedText() and QGuiApplication.clipboard().supportsSelection():
            QGuiApplication.clipboard().setText(self.selectedText(), QClipboard.Mode.Selection)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy text that can be selected."""
        if not self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.addAction(self.tr("Copy"), self._copy).setEnabled(self.hasSelectedText())
        menu.addAction(self.tr("Select all"), self._select_all).setEnabled(bool(self._given))
        menu.exec(event.globalPos())
        menu.deleteLater()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.selectedText())

    @Slot()
    def _select_all(self) -> None:
        self.setSelection(0, len(super().text()))


def as_tooltip(text: str) -> str:
    """Return a text for ``setToolTip`` or a message box, which would read anything that looks like HTML as such."""
    words = safe_text(text)
    return html.escape(words).replace("\n", "<br>").join(("<p>", "</p>")) if Qt.mightBeRichText(words) else words


def label(text: str = "", role: Role = "body", wrap: bool = False, parent: QWidget | None = None) -> PlainLabel:
    """Return a label in the style of its role."""
    result = PlainLabel(text, parent)
    result.setWordWrap(wrap)
    set_role(result, role)
    return result


def set_role(widget: QLabel, role: Role) -> None:
    """Give a label another role."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    widget.setFont(font_of(role))
    # Qt polishes new widgets itself when they are shown
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def font_of(role: Role) -> QFont:
    """Return the application's font in the size and weight of a role, with digits of equal width."""
    font = QFont()
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setPointSizeF(font.pointSizeF() + _POINTS_LARGER.get(role, 0.0))
    if role in ("title", "heading", "value"):
        font.setWeight(QFont.Weight.DemiBold)
    if role == "code":
        font.setFamilies(["JetBrains Mono", "DejaVu Sans Mono", "Menlo", "Consolas", "monospace"])
        font.setStyleHint(QFont.StyleHint.Monospace)
    return font
