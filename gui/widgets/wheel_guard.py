"""The wheel scrolls the page: it must not change a setting that the pointer happens to pass over."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QSlider, QWidget


class WheelGuard(QObject):
    """Hands wheel events of fields on to the page, unless the field has been clicked or tabbed into."""

    def watch(self, widget: QWidget) -> None:
        """Guard every field inside ``widget``."""
        fields = (*widget.findChildren(QAbstractSpinBox), *widget.findChildren(QComboBox))
        for field in (*fields, *widget.findChildren(QSlider)):
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refuse the wheel where there is no focus; Qt then offers it to the page."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False
