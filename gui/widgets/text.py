"""Labels in the few text styles of the window."""

import html
import re
from typing import Literal

from PySide6.QtGui import QFont, Qt
from PySide6.QtWidgets import QLabel, QWidget

from engine.api.safe_text import safe_text

Role = Literal["body", "title", "heading", "muted", "caption", "value", "unit", "good", "bad", "warn", "code"]

_BREAK = "\u200b"
_LONG_WORD = re.compile(rf"[^\s{_BREAK}]{{40}}(?=[^\s{_BREAK}])")
"""As much of a path, or of what a journal claims, as stays on one line."""
_POINTS_LARGER = {"title": 7.0, "heading": 1.5, "value": 5.0, "caption": -1.0, "unit": -0.5}


class PlainLabel(QLabel):
    """A label that shows text as it is: no markup is interpreted, and no character is obeyed."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def text(self) -> str:
        """Return the text, without the places at which long words may be broken."""
        return super().text().replace(_BREAK, "")

    def setText(self, text: str) -> None:
        """Show a text; a word of any length leaves the label as narrow as its layout wants it."""
        super().setText(_LONG_WORD.sub(rf"\g<0>{_BREAK}", safe_text(text)))


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
