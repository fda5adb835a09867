"""What all pages have in common: a title, a column of cards, an empty state, and redrawing only when seen."""

import time
from collections import deque
from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from engine.api.events import AnyEvent
from gui.project.session import Session
from gui.widgets.text import label
from gui.widgets.wheel import WheelGuard

_MAX_WIDTH = 1180
_TAKING = 0.004
"""Seconds in which events are noted in one turn of the event loop."""


class Page(QScrollArea):
    """Subclasses make their cards in ``parts``, note events in ``take`` and draw in ``draw``.

    A new page is a heading; ``make`` brings the rest. Both ``parts`` and ``draw`` yield where the event loop may have a
    turn, so that no page is in the way of what a person does. A page that has ``take`` says so with ``takes_events``.

    ``take`` must be cheap: it is called for every event. ``draw`` is called at most ten times a second, and only
    while the page is visible; a hidden page is drawn when it is shown.
    """

    takes_events = False

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
        self.content.hide()
        self._untaken: deque[AnyEvent] = deque()
        self._stale = True
        self._is_made = False
        self._is_drawing = False
        self._wheel_guard = WheelGuard(self)
        self.setWidget(body)

    def parts(self) -> Iterator[None]:
        """Make the cards, the empty state and what they show."""
        yield

    def make(self, heard: Sequence[AnyEvent]) -> Iterator[None]:
        """Make what is on the page, take what has been ``heard`` by then, and listen from there on."""
        yield from self.parts()
        self._note(heard)
        self.column.addStretch(1)
        self._wheel_guard.watch(self)
        self.session.run_loaded.connect(self.load_run)
        self.session.events_arrived.connect(self._take_all)
        self.session.settings_changed.connect(self._outdate)
        self.session.jobs.changed.connect(self._outdate_in_turns)
        self._is_made = True
        self.content.show()
        yield
        yield from self._take_untaken()
        yield from self._draw_in_turns()
        self._stale = self._stale or not self.isVisible()  # what is asked for is asked for when somebody sees it
        self._work_in_turns()

    def set_empty_state(self, empty: QWidget) -> None:
        """Have ``empty`` shown while there is no content."""
        self._empty = empty
        empty.hide()
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

    def draw(self) -> Iterator[None]:
        """Draw what has been noted and what the session knows; yields where the event loop may have a turn."""
        yield

    def refresh(self) -> None:
        """Draw everything at once."""
        # What is drawn in turns began before, and ends with what was true then; what is still to be taken changes more.
        self._stale = self._is_drawing or bool(self._untaken)
        for _ in self.draw():
            pass

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the page was hidden."""
        super().showEvent(event)
        if self._is_made:
            self._work_in_turns()

    @Slot(object)
    def load_run(self, events: Sequence[AnyEvent]) -> None:
        """Show a run from its beginning."""
        self.clear()
        self._untaken.clear()
        self._note(events)
        self._work_in_turns()

    @Slot(object)
    def _take_all(self, events: Sequence[AnyEvent]) -> None:
        """A live run says little at a time, which is taken at once unless more is still to be taken before it."""
        has_backlog = bool(self._untaken)
        self._note(events)
        while self._untaken and not has_backlog:
            self.take(self._untaken.popleft())
        self._work_in_turns()

    def _note(self, events: Sequence[AnyEvent]) -> None:
        self._stale = True
        if self.takes_events:
            self._untaken += events

    def _work_in_turns(self) -> None:
        is_to_be_drawn = self._stale and self.isVisible()
        if (self._untaken or is_to_be_drawn) and not self.session.turns.has_work(self):
            self.session.turns.begin(self, self._catch_up())

    def _catch_up(self) -> Iterator[None]:
        """Take what has come, then draw for as long as somebody sees what has not been drawn."""
        yield from self._take_untaken()
        while self._stale and self.isVisible():
            for _ in self._draw_in_turns():
                yield
                if not self.isVisible():
                    self._stale = True
                    return
            yield from self._take_untaken()

    def _draw_in_turns(self) -> Iterator[None]:
        self._stale, self._is_drawing = False, True
        try:
            yield from self.draw()
        finally:
            self._is_drawing = False

    def _take_untaken(self) -> Iterator[None]:
        while self._untaken:
            begun = time.perf_counter()
            while self._untaken and time.perf_counter() - begun < _TAKING:
                self.take(self._untaken.popleft())
            yield

    @Slot()
    def _outdate(self) -> None:
        """What a person has just changed is shown at once."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    @Slot()
    def _outdate_in_turns(self) -> None:
        self._stale = True
        self._work_in_turns()
