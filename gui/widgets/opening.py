"""Open folders, reports and pages in other programs, and nothing that would start a program.

Paths come from journals and addresses from the Hub, and a desktop starts whatever file it is asked to open.
"""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

_REPORTS = (".html", ".htm", ".pdf")
_PAGES = ("https", "http")


def open_folder(folder: Path) -> bool:
    """Show a folder; return False where it is none. A folder with an ending may be a program, as on macOS."""
    if not folder.is_dir() or folder.suffix.lower() in (".app", ".bundle", ".workflow", ".prefpane", ".action"):
        return False
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def open_report(file: Path) -> bool:
    """Show a report; return False where the file is none."""
    if not file.is_file() or file.suffix.lower() not in _REPORTS:
        return False
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))


def open_page(address: str) -> bool:
    """Show a page of the web in the browser; return False for any other kind of address."""
    url = QUrl(address)
    return url.isValid() and url.scheme() in _PAGES and QDesktopServices.openUrl(url)
