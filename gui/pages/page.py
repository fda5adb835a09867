"""The base of all pages: a title, a column of cards, an empty state, and drawing only while visible."""

import time
from collections import deque
from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from engine.api.events import AnyEvent
from gui.project.session import Session
from gui.widgets.page_body import PageBody
from gui.widgets.wheel_guard import WheelGuard

_ADD_SECONDS = 0.004
"""Seconds of one turn of the event loop that may be spent on adding events."""


class Page(QScrollArea):
    """Subclasses create their cards in ``parts``, collect events in ``add_event`` and draw in ``draw``.

    A new page is only a heading; ``make`` adds the rest. Cards are added to ``column``, or to the two columns that
    ``body.add_columns`` returns. Both ``parts`` and ``draw`` are iterators that yield where the event loop may take a
    turn, so that no page blocks user input. Pages that implement ``add_event`` set ``uses_events``.

    ``add_event`` must be cheap, since it is called for every event. ``draw`` is called at most ten times a second, and
    only while the page is visible; a hidden page is drawn when it is shown.
    """

    uses_events = False

    def __init__(self, session: Session, title: str, sentence: str) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("pageArea")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(title)
        self.body = PageBody(title, sentence)
        self.sentence, self.content, self.column = self.body.sentence, self.body.content, self.body.column
        self._empty: QWidget | None = None
        self.content.hide()
        self._loaded: Sequence[AnyEvent] = ()
        """Events of a run that was opened; each page queues them in a turn of its own, since they may be many."""
        self._pending: deque[AnyEvent] = deque()
        self._stale = True
        self._is_made = False
        self._is_drawing = False
        self._wheel_guard = WheelGuard(self)
        self.setWidget(self.body)

    def parts(self) -> Iterator[None]:
        """Create the cards and the empty state."""
        yield

    def make(self, past_events: Sequence[AnyEvent]) -> Iterator[None]:
        """Create the page's content, add ``past_events``, and follow the session from then on."""
        yield from self.parts()
        self._enqueue(past_events)
        self.body.close_columns()
        self._wheel_guard.watch(self)
        self.session.run_loaded.connect(self.load_run)
        self.session.events_arrived.connect(self._on_events)
        self.session.settings_changed.connect(self._invalidate)
        self.session.jobs.changed.connect(self._invalidate_later)
        self._is_made = True
        self.content.show()
        yield
        yield from self._process_pending()
        yield from self._draw_steps()
        self._stale = self._stale or not self.isVisible()  # requests are sent only once the page is visible
        self._schedule_update()

    def set_empty_state(self, empty: QWidget) -> None:
        """Show ``empty`` whenever there is no content."""
        self._empty = empty
        empty.hide()
        self.body.add_below(empty)

    def show_content(self, there_is_some: bool) -> None:
        """Show the cards, or the empty state."""
        self.content.setVisible(there_is_some)
        if self._empty is not None:
            self._empty.setVisible(not there_is_some)

    def clear(self) -> None:
        """Discard everything collected from events."""

    def add_event(self, event: AnyEvent) -> None:
        """Collect one event."""

    def draw(self) -> Iterator[None]:
        """Draw the collected events and the session's state; yields where the event loop may take a turn."""
        yield

    def refresh(self) -> None:
        """Draw everything at once."""
        # A drawing in steps that started earlier ends with what was true then, and pending events will change more.
        self._stale = self._is_drawing or self._has_backlog
        for _ in self.draw():
            pass

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with everything that happened while the page was hidden."""
        super().showEvent(event)
        if self._is_made:
            self._schedule_update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the width in one column or in two."""
        self.body.fit_width(self.width())
        super().resizeEvent(event)

    @Slot(object)
    def load_run(self, events: Sequence[AnyEvent]) -> None:
        """Show a run from its beginning."""
        self.clear()
        self._pending.clear()
        self._loaded = events if self.uses_events else ()
        self._stale = True
        self._schedule_update()

    @Slot(object)
    def _on_events(self, events: Sequence[AnyEvent]) -> None:
        """Add the few events of a live run at once, unless older events are still pending."""
        has_backlog = self._has_backlog
        self._enqueue(events)
        while self._pending and not has_backlog:
            self.add_event(self._pending.popleft())
        self._schedule_update()

    def _enqueue(self, events: Sequence[AnyEvent]) -> None:
        self._stale = True
        self._queue_loaded()
        if self.uses_events:
            self._pending += events

    @property
    def _has_backlog(self) -> bool:
        return bool(self._loaded or self._pending)

    def _queue_loaded(self) -> None:
        loaded, self._loaded = self._loaded, ()
        self._pending += loaded

    def _schedule_update(self) -> None:
        is_to_be_drawn = self._stale and self.isVisible()
        if (self._has_backlog or is_to_be_drawn) and not self.session.scheduler.has_work(self):
            self.session.scheduler.schedule(self, self._catch_up())

    def _catch_up(self) -> Iterator[None]:
        """Add the pending events, then draw for as long as the page is visible and out of date."""
        yield from self._process_pending()
        while self._stale and self.isVisible():
            for _ in self._draw_steps():
                yield
                if not self.isVisible():
                    self._stale = True
                    return
            yield from self._process_pending()

    def _draw_steps(self) -> Iterator[None]:
        self._stale, self._is_drawing = False, True
        try:
            yield from self.draw()
        finally:
            self._is_drawing = False

    def _process_pending(self) -> Iterator[None]:
        while self._has_backlog:
            if self._loaded:
                self._queue_loaded()
                yield
            begun = time.perf_counter()
            while self._pending and time.perf_counter() - begun < _ADD_SECONDS:
                self.add_event(self._pending.popleft())
            yield

    @Slot()
    def _invalidate(self) -> None:
        """Show a change that the user has just made at once."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    @Slot()
    def _invalidate_later(self) -> None:
        self._stale = True
        self._schedule_update()
