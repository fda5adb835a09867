"""A combo box whose current text ends in an ellipsis where there is no room for it."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QStyle, QStyleOptionComboBox

from gui.widgets.text import as_tooltip

_LEAST = 140
_LIST_MARGINS, _WIDEST_LIST = 24, 640
_MARGIN = 2
"""Pixels that styles leave free beside the text."""


class ChoiceBox(QComboBox):
    """Shows the whole text as a tooltip, before its own, where it is cut off."""

    def __init__(self) -> None:
        super().__init__()
        self._about = ""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.currentTextChanged.connect(self._update_tooltip)

    def minimumSizeHint(self) -> QSize:
        """Allow the box to become narrower than its widest text."""
        size = super().minimumSizeHint()
        return QSize(min(size.width(), _LEAST), size.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box with as much of its text as fits."""
        option = self._option()
        painter = QPainter(self)
        self.style().drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option, painter, self)
        option.currentText = self._fitting(option)
        self.style().drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option, painter, self)
        painter.end()

    def showPopup(self) -> None:
        """Open the list, wide enough for its texts."""
        wanted = self.view().sizeHintForColumn(0) + _LIST_MARGINS
        self.view().setMinimumWidth(min(wanted, _WIDEST_LIST))
        frame = self.view().parentWidget()
        if isinstance(frame, QFrame):
            frame.setFrameShape(QFrame.Shape.NoFrame)  # the list has one of its own
        super().showPopup()

    def setToolTip(self, text: str) -> None:
        """Set what is shown under the whole text where that is cut off, or alone."""
        self._about = text
        self._update_tooltip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Note whether the text is cut off now."""
        super().resizeEvent(event)
        self._update_tooltip()

    def shown_text(self) -> str:
        """Return the text as it is drawn."""
        return self._fitting(self._option())

    @Slot()
    def _update_tooltip(self) -> None:
        is_cut = self.shown_text() != self._option().currentText
        whole = "\n".join(filter(None, (self._option().currentText, self._about)))
        tooltip = as_tooltip(whole) if is_cut else self._about
        super().setToolTip(tooltip)

    def _option(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        if self.currentIndex() < 0 and self.placeholderText():
            option.palette.setBrush(QPalette.ColorRole.ButtonText, option.palette.placeholderText())
            option.currentText = self.placeholderText()
        return option

    def _fitting(self, option: QStyleOptionComboBox) -> str:
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        room = field.width() - _MARGIN
        return self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
