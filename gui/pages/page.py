"""What all pages have in common: a title, a column of cards, an empty state, and redrawing only when seen."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from engine.api.events import AnyEvent
from gui.session import Session
from gui.widgets.text import label
from gui.widgets.wheel import WheelGuard

_MAX_WIDTH = 1180


class Page(QScrollArea):
    """Subclasses add cards to ``column``, note events in ``take`` and draw in ``refresh``.

    ``take`` must be cheap: it is called for every event. ``refresh`` is called at most ten times a second, and only
    while the page is visible; a hidden page is refreshed when it is shown.
    """

    def __init__(self, session: Session, title: str, sentence: str) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("pageArea")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(title)
        body = QWidget()
        body.setObjectName("pageBody")
        outer = QVBoxLayout(body)
        outer.setContentsMargins(28, 20, 28, 28)
        outer.setSpacing(16)
        heading = QVBoxLayout()
        heading.setSpacing(3)
        heading.addWidget(label(title, "title"))
        self.sentence = label(sentence, "muted", wrap=True)
        heading.addWidget(self.sentence)
        outer.addLayout(heading)
        self.content = QWidget()
        self.content.setMaximumWidth(_MAX_WIDTH)
        self.column = QVBoxLayout(self.content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(16)
        outer.addWidget(self.content)
        self._outer = outer
        self._empty: QWidget | None = None
        self._stale = True
        self._wheel_guard = WheelGuard(self)
        self.setWidget(body)

    def connect_session(self) -> None:
        """Start listening; called at the end of a subclass's construction."""
        self.column.addStretch(1)
        self._wheel_guard.watch(self)
        self.session.run_loaded.connect(self.load_run)
        self.session.events_arrived.connect(self._take_all)
        self.session.settings_changed.connect(self._outdate)
        self.session.jobs.changed.connect(self._outdate)

    def set_empty_state(self, empty: QWidget) -> None:
        """Have ``empty`` shown while there is no content."""
        self._empty = empty
        self._outer.addWidget(empty, 1)

    def show_content(self, there_is_some: bool) -> None:
        """Show the cards, or the empty state."""
        self.content.setVisible(there_is_some)
        if self._empty is not None:
            self._empty.setVisible(not there_is_some)

    def clear(self) -> None:
        """Forget what was taken from events."""

    def take(self, event: AnyEvent) -> None:
        """Note one event."""

    def refresh(self) -> None:
        """Draw what has been noted and what the session knows."""

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the page was hidden."""
        super().showEvent(event)
        if self._stale:
            self._refresh_now()

    @Slot(object)
    def load_run(self, events: list[AnyEvent]) -> None:
        """Show a run from its beginning."""
        self.clear()
        self._take_all(events)

    @Slot(object)
    def _take_all(self, events: list[AnyEvent]) -> None:
        for event in events:
            self.take(event)
        self._outdate()

    @Slot()
    def _outdate(self) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh_now()

    def _refresh_now(self) -> None:
        self._stale = False
        self.refresh()
