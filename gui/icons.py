"""Icons drawn from ``resources/icons`` in the colour of the text they stand beside."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.theme import RESOURCES, current_theme

_SCALE = 3  # sharp up to a screen scale of 300 %


def application_icon() -> QIcon:
    """The application's own icon."""
    return QIcon(str(RESOURCES / "icons" / "layerswarm.svg"))


def icon(name: str, colour: str | None = None, size: int = 16) -> QIcon:
    """One symbol; ``colour`` is ``#rrggbb`` and the text colour when not given."""
    theme = current_theme()
    result = QIcon(_pixmap(name, colour or theme.text, size))
    result.addPixmap(_pixmap(name, theme.muted, size), QIcon.Mode.Disabled)
    return result


def _pixmap(name: str, colour: str, size: int) -> QPixmap:
    drawing = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", QColor(colour).name()).encode()))
    pixmap = QPixmap(size * _SCALE, size * _SCALE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size * _SCALE, size * _SCALE))
    painter.end()
    pixmap.setDevicePixelRatio(_SCALE)
    return pixmap
