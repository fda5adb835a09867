"""The pages of a project, one behind the other; made after the first frame, which would have to wait for them."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QStackedWidget

from engine.api.events import AnyEvent
from gui.pages.page import Page
from gui.session import Session

PAGES = ("model", "plan", "search", "recovery", "results", "export")

_PAUSE = 15
"""Milliseconds between two pages that are made ahead, in which the window draws and answers."""


class PageStack(QStackedWidget):
    """Makes a page each time that the event loop is idle, or all that are missing as soon as one is needed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._made: dict[str, Page] = {}
        self._idle = QTimer(self)
        self._idle.setInterval(_PAUSE)
        self._idle.timeout.connect(self._make_next)
        session.run_loaded.connect(self._load)

    @property
    def pages(self) -> dict[str, Page]:
        """All pages by their keys, in the order of the work."""
        while len(self._made) < len(PAGES):
            self._make_next()
        return self._made

    def make_when_idle(self) -> None:
        """Begin to make the pages that are missing."""
        if len(self._made) < len(PAGES):
            self._idle.start()

    def rest(self) -> None:
        """Make no more of them ahead: nobody sees the window."""
        self._idle.stop()

    @Slot()
    def _make_next(self) -> None:
        from gui.pages.all_pages import PAGE_CLASSES  # numpy and pyqtgraph take longer than all the rest of the window

        # Held: a window that nobody else holds would be collected while a page is made, and we with it.
        window = self.window()
        key = PAGES[len(self._made)]
        self._made[key] = PAGE_CLASSES[key](self._session)
        self.addWidget(self._made[key])
        del window
        if len(self._made) == len(PAGES):
            self._idle.stop()

    @Slot(object)
    def _load(self, events: list[AnyEvent]) -> None:
        """A run is shown: make the pages that did not hear of it."""
        heard = len(self._made)
        for page in list(self.pages.values())[heard:]:
            page.load_run(events)
