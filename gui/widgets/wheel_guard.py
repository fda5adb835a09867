"""Protection of fields from the mouse wheel, which should scroll the page, not change a setting."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QSlider, QWidget


class WheelGuard(QObject):
    """Passes wheel events of fields on to the page unless the field has the focus."""

    def watch(self, widget: QWidget) -> None:
        """Guard every field inside ``widget``."""
        fields = (*widget.findChildren(QAbstractSpinBox), *widget.findChildren(QComboBox))
        for field in (*fields, *widget.findChildren(QSlider)):
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refuse the wheel without focus; Qt then offers it to the page."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False
