"""The pages of a project in a stack; created after the first frame, so that it is not delayed."""

import importlib
import threading
from collections.abc import Iterator

from PySide6.QtCore import Qt, QThreadPool, Signal, Slot
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from engine.api.events import AnyEvent
from gui.pages.page import Page
from gui.project.session import Session

PAGES = ("model", "plan", "search", "recovery", "results", "export")
_CLASSES = "gui.pages.all_pages"
"""Imported late: numpy and pyqtgraph take longer to import than the rest of the window."""


class PageStack(QStackedWidget):
    """Creates the pages step by step, the requested one first, or all at once as soon as they are needed.

    Args:
        ahead: Create also the pages that have not been requested yet, so that switching to them is quick.
    """

    completed = Signal()

    def __init__(self, session: Session, ahead: bool = True) -> None:
        super().__init__()
        self._session = session
        self._ahead = ahead
        self._pages: dict[str, Page] = {}
        self._missing = list(PAGES)
        """The pages that are not whole yet."""
        self._wanted = PAGES[0] if ahead else ""
        self._past_events: list[AnyEvent] = []
        """Events of the shown run so far, for the pages that are still to be created."""
        self._making: Iterator[None] | None = self._make()
        session.run_loaded.connect(self._note_run)
        session.events_arrived.connect(self._note_events)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._reveal)

    @property
    def pages(self) -> dict[str, Page]:
        """Return all pages by key, in the order of the work, creating those that do not exist yet."""
        self._ahead = True
        importlib.import_module(_CLASSES)  # waits for the thread that is importing
        self._session.scheduler.cancel(self)
        for _ in self._making or ():
            pass
        return self._pages

    def page(self, key: str) -> Page:
        """Show a page and return it, creating it first if it does not exist yet."""
        self.show_page(key)
        importlib.import_module(_CLASSES)
        while key in self._missing and self._making is not None:
            next(self._making, None)
        return self._pages[key]

    def show_page(self, key: str) -> None:
        """Show a page as far as it has been created."""
        self._wanted = key
        if key in self._pages:
            self.setCurrentWidget(self._pages[key])
        if key in self._missing and not self._ahead:
            self.schedule_creation()

    @Slot(QWidget, QWidget)
    def _reveal(self, before: QWidget | None, now: QWidget | None) -> None:
        """Scroll to a field that the Tab key has reached from outside of the page: Qt does so only from within."""
        page = self.currentWidget()
        if not isinstance(page, Page) or now is None or not page.isAncestorOf(now):
            return
        came_from_page = before is not None and page.isAncestorOf(before)
        if not came_from_page and QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            page.ensureWidgetVisible(now)

    def schedule_creation(self) -> None:
        """Start or continue to create the pages in the background."""
        if self._making is not None:
            self._session.scheduler.schedule(self, self._making)

    def pause_creation(self) -> None:
        """Pause the creation until the window is visible."""
        self._session.scheduler.cancel(self)

    def _make(self) -> Iterator[None]:
        yield from _imported_beside()
        from gui.pages.all_pages import PAGE_CLASSES

        for key in PAGES:
            self._pages[key] = PAGE_CLASSES[key](self._session)
            self.addWidget(self._pages[key])
            yield
        if self._wanted:
            self.setCurrentWidget(self._pages[self._wanted])
        yield from self._make_whole()

    def _make_whole(self) -> Iterator[None]:
        while self._missing and (self._ahead or self._wanted in self._missing):
            key = self._wanted if self._wanted in self._missing else self._missing[0]
            yield from self._pages[key].make(self._past_events)
            self._missing.remove(key)
        if self._missing:
            self._making = self._make_whole()
            return
        self._making, self._past_events = None, []
        self.completed.emit()

    @Slot(object)
    def _note_run(self, events: list[AnyEvent]) -> None:
        if self._making is not None:
            self._past_events[:] = events  # the page being created holds this very list

    @Slot(object)
    def _note_events(self, events: list[AnyEvent]) -> None:
        if self._making is not None:
            self._past_events += events


def _imported_beside() -> Iterator[None]:
    """Import the classes in a thread of the pool; the iterator ends once that is done."""
    ready = threading.Event()

    def import_classes() -> None:
        try:
            importlib.import_module(_CLASSES)
        finally:
            ready.set()  # if it failed, the import in the window's thread raises the error

    QThreadPool.globalInstance().start(import_classes)
    while not ready.is_set():
        yield
