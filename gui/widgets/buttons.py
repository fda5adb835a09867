"""Push buttons in four styles, and the segmented choice."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QWidget

from gui.look.icons import ICON_SIZE, icon
from gui.look.theme import Theme, current_theme


class Button(QPushButton):
    """A push button whose icon follows the theme.

    ``primary`` marks the next action, ``quiet`` is a link, and ``danger`` deletes something for good.
    """

    def __init__(
        self, text: str, icon_name: str = "", primary: bool = False, quiet: bool = False, danger: bool = False
    ) -> None:
        super().__init__(text)
        self._icon_name = icon_name
        self._drawn: tuple[str, str, Theme] | None = None
        self.setProperty("primary", primary)
        self.setProperty("quiet", quiet)
        self.setProperty("danger", danger)
        self._gap = 4 if text else 0
        self.setIconSize(QSize(ICON_SIZE + self._gap, ICON_SIZE))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._draw_icon()

    def set_primary(self, primary: bool) -> None:
        """Mark the button as the next action, or as an ordinary one."""
        if primary != self.property("primary"):
            self.setProperty("primary", primary)
            self.style().unpolish(self)
            self.style().polish(self)
            self._draw_icon()

    def set_icon_name(self, icon_name: str) -> None:
        """Show another icon."""
        if icon_name != self._icon_name:
            self._icon_name = icon_name
            self._draw_icon()

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the icon in the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()

    def _draw_icon(self) -> None:
        if not self._icon_name:
            return
        theme = current_theme()
        colour = (
            theme.accent_text if self.property("primary") else theme.accent if self.property("quiet") else theme.text
        )
        drawn = (self._icon_name, colour, theme)
        if drawn != self._drawn:  # the palette also changes whenever a widget gets a parent
            self._drawn = drawn
            self.setIcon(icon(self._icon_name, colour, self._gap))


class SegmentedChoice(QWidget):
    """A row of buttons of which at most one is checked."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], accessible_name: str) -> None:
        """Create one button per pair of value and text in ``choices``."""
        super().__init__()
        self.setAccessibleName(accessible_name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, (value, text) in enumerate(choices):
            button = QPushButton(text)
            button.setCheckable(True)
            button.setProperty("segment", True)
            button.setProperty("place", "first" if place == 0 else "last" if place == len(choices) - 1 else "middle")
            button.setProperty("value", value)
            button.setAccessibleName(f"{accessible_name}: {text}")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(button)
            row.addWidget(button)
        self._group.buttonClicked.connect(self._emit_chosen)

    def show_value(self, value: str | None) -> None:
        """Check the button of ``value``, or none, without emitting a signal."""
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(button.property("value") == value)
        self._group.setExclusive(True)
        self._lead_tab_to_choice()

    def _lead_tab_to_choice(self) -> None:
        """Let the Tab key stop at the chosen button only, from which the arrow keys lead on."""
        chosen = self._group.checkedButton()
        for button in self._group.buttons():
            is_stop = chosen in (None, button)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)

    def show_note(self, value: str, note: str) -> None:
        """Show a second line on the button of ``value``; none if it is empty."""
        button = self.button(value)
        title = button.text().partition("\n")[0]
        text = f"{title}\n{note}" if note else title
        if text != button.text():
            button.setText(text)
            button.setAccessibleName(f"{self.accessibleName()}: {text}".replace("\n", ", "))
            button.setMinimumHeight(button.sizeHint().height())

    def button(self, value: str) -> QAbstractButton:
        """Return the button of one value."""
        return next(button for button in self._group.buttons() if button.property("value") == value)

    @Slot(QAbstractButton)
    def _emit_chosen(self, button: QAbstractButton) -> None:
        self.chosen.emit(button.property("value"))
