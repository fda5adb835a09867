"""Icons drawn from ``resources/icons`` in the colour of the text next to them."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.look.theme import RESOURCES, current_theme

ICON_SIZE = 16
_SCALE = 3  # sharp up to a screen scale of 300 %


def application_icon() -> QIcon:
    """Return the application's icon."""
    return QIcon(str(RESOURCES / "icons" / "layerswarm.svg"))


def icon(name: str, colour: str | None = None, gap: int = 0) -> QIcon:
    """Return an icon in ``colour`` (``#rrggbb``, by default the text colour), with ``gap`` pixels of space on its
    right.
    """
    theme = current_theme()
    result = QIcon(QPixmap.fromImage(_image(name, colour or theme.text, gap)))
    result.addPixmap(QPixmap.fromImage(_image(name, theme.muted, gap)), QIcon.Mode.Disabled)
    return result


@lru_cache(maxsize=256)  # many buttons share one; a pixmap must not outlive the application, an image may
def _image(name: str, colour: str, gap: int) -> QImage:
    drawing = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", QColor(colour).name()).encode()))
    size = ICON_SIZE
    image = QImage((size + gap) * _SCALE, size * _SCALE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size * _SCALE, size * _SCALE))
    painter.end()
    image.setDevicePixelRatio(_SCALE)
    return image
