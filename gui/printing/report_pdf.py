"""The report as PDF: the engine's plain page on sheets of A4, with its charts drawn as vectors."""

import base64
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPyTextObject,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtSvg import QSvgRenderer

from engine.api.files import write_atomically
from gui.words.messages import system_reason

_MARGINS = QMarginsF(18, 16, 18, 18)
"""In millimetres."""
_CSS_DOTS, _DOTS = 96, 1200
"""Dots per inch of the layout and of the written page."""
_FOOT = 30.0
"""Height at the bottom of a page that is reserved for the page number."""
_MUTED = QColor("#56636d")


class PdfFailed(Exception):
    """Explains why the file cannot be written."""


class ReportPrinter:
    """Lays out a page of HTML on sheets of paper."""

    def __init__(self, html: str, title: str) -> None:
        self._html, self._title = html, title

    def write(self, file: Path) -> int:
        """Write the file and return its number of pages.

        Raises:
            PdfFailed: It cannot be written.
        """
        content = QBuffer()
        content.open(QIODevice.OpenModeFlag.WriteOnly)
        pages = self._print(content)
        try:
            write_atomically(file, bytes(content.data().data()))
        except OSError as error:
            words = QCoreApplication.translate("ReportPrinter", "{0} cannot be written ({1}); choose another place.")
            raise PdfFailed(words.format(file, system_reason(error))) from None
        return pages

    def _print(self, device: QIODevice) -> int:
        writer = QPdfWriter(device)
        writer.setTitle(self._title)
        writer.setCreator("LayerSwarm")
        writer.setResolution(_DOTS)
        size = QPageSize(QPageSize.PageSizeId.A4)
        writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, _MARGINS, QPageLayout.Unit.Millimeter))
        painter = QPainter(writer)
        scale = _DOTS / _CSS_DOTS
        painter.scale(scale, scale)
        sheet = QSizeF(writer.width() / scale, writer.height() / scale)
        document = self._laid_out(QSizeF(sheet.width(), sheet.height() - _FOOT))
        for page in range(document.pageCount()):
            if page:
                writer.newPage()
            self._draw(painter, document, page, sheet)
        painter.end()
        return document.pageCount()

    def _laid_out(self, page: QSizeF) -> QTextDocument:
        """Lay out the text, again for each heading that would be separated from the content that follows it.

        A document that is already laid out loses lines when a page break is inserted later.
        """
        breaks: set[int] = set()
        while True:
            document = _document(self._html, page, breaks)
            torn = _torn_heading(document, page.height())
            if torn is None or torn in breaks:
                return document
            breaks.add(torn)

    def _draw(self, painter: QPainter, document: QTextDocument, page: int, sheet: QSizeF) -> None:
        height = sheet.height() - _FOOT
        painter.save()
        painter.translate(0.0, -page * height)
        document.drawContents(painter, QRectF(0.0, page * height, sheet.width(), height))
        painter.restore()
        painter.save()
        font = QFont(document.defaultFont())
        font.setPointSizeF(8.0 * _CSS_DOTS / _DOTS)
        painter.setFont(font)
        painter.setPen(_MUTED)
        foot = QRectF(0.0, sheet.height() - _FOOT / 2, sheet.width(), _FOOT / 2)
        number = f"{page + 1} / {document.pageCount()}"
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, number)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, self._title)
        painter.restore()


def _document(html: str, page: QSizeF, breaks: set[int]) -> QTextDocument:
    """Return the text on pages of a size, with a page break before the headings at the positions ``breaks``."""
    document = QTextDocument()
    handler = _Charts(document, page.width())
    document.documentLayout().registerHandler(QTextFormat.ObjectTypes.ImageObject.value, handler)
    font = QFont()
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # the text is scaled when it is written
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.setHtml(html)
    turned = QTextBlockFormat()
    turned.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
    for place in breaks:
        QTextCursor(document.findBlock(place)).mergeBlockFormat(turned)
    document.setPageSize(page)
    return document


def _torn_heading(document: QTextDocument, height: float) -> int | None:
    """Return the position of the first heading that is on another page than the text or chart after it."""
    layout, block = document.documentLayout(), document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            page = layout.blockBoundingRect(block).bottom() // height
            below = [each for each in (block.next(), block.next().next()) if each.isValid()]
            if any(layout.blockBoundingRect(each).bottom() // height > page for each in below):
                return block.position()
        block = block.next()
    return None


class _Charts(QPyTextObject):
    """Draws the images of a document as vectors, no wider than the page."""

    def __init__(self, document: QTextDocument, width: float) -> None:
        super().__init__(document)
        self._width = width
        self._renderers: dict[str, QSvgRenderer] = {}

    def intrinsicSize(self, _document: QTextDocument, _place: int, image: QTextFormat) -> QSizeF:
        """Return the image's own size, or the page's width with the height scaled accordingly."""
        size = QSizeF(self._renderer(image).defaultSize())
        width = min(self._width, size.width())
        return QSizeF(width, size.height() * width / size.width())

    def drawObject(
        self, painter: QPainter, place: QRectF | QRect, _document: QTextDocument, _position: int, image: QTextFormat
    ) -> None:
        """Draw one image."""
        self._renderer(image).render(painter, QRectF(place))

    def _renderer(self, image: QTextFormat) -> QSvgRenderer:
        address = image.toImageFormat().name()
        if address not in self._renderers:
            self._renderers[address] = QSvgRenderer(base64.b64decode(address.partition(",")[2]), self)
        return self._renderers[address]
