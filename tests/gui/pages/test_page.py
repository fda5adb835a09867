"""A page shows the current state, however many steps it is drawn in."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from engine.api.events import AnyEvent, MessageLogged
from gui.pages.page import Page
from gui.project.session import Session
from gui.widgets.text import label
from tests.gui.conftest import SessionMaker

pytestmark = pytest.mark.slow


class Reporting(Page):
    """Shows in its second step what was true in its first."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Report", "")
        self.truth = "old"
        self.drawn = 0

    def parts(self) -> Iterator[None]:
        self.said = label("")
        self.column.addWidget(self.said)
        yield

    def draw(self) -> Iterator[None]:
        truth = self.truth
        yield
        self.said.setText(truth)
        self.drawn += 1


@pytest.fixture
def page(qtbot: QtBot, make_session: SessionMaker) -> Reporting:
    """Return a page that has been created and shown, but not drawn again."""
    page = Reporting(make_session())
    qtbot.addWidget(page, before_close_func=lambda _: page.session.scheduler.stop())
    for _ in page.make(()):
        pass
    page.show()
    qtbot.waitUntil(lambda: page.session.scheduler.is_idle)
    page.drawn = 0
    return page


def is_half_drawn(page: Reporting) -> None:
    page.session.jobs.changed.emit()
    next(page.session.scheduler._work[page])
    assert page.drawn == 0


def test_what_a_person_changes_is_shown_at_once_and_stays(page: Reporting, qtbot: QtBot) -> None:
    is_half_drawn(page)
    page.truth = "new"
    page.session.settings_changed.emit(page.session.settings)
    assert page.said.text() == "new"
    qtbot.waitUntil(lambda: page.session.scheduler.is_idle)
    assert page.said.text() == "new"


def test_what_a_job_changes_while_the_page_is_drawn_is_shown_in_the_end(page: Reporting, qtbot: QtBot) -> None:
    is_half_drawn(page)
    page.truth = "new"
    page.session.jobs.changed.emit()
    qtbot.waitUntil(lambda: page.session.scheduler.is_idle)
    assert page.said.text() == "new"


def test_a_page_is_drawn_no_more_often_than_it_changed(page: Reporting, qtbot: QtBot) -> None:
    page.session.settings_changed.emit(page.session.settings)
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: page.session.scheduler.is_idle)
    assert page.drawn == 1


def test_a_hidden_page_is_drawn_when_it_is_shown(page: Reporting, qtbot: QtBot) -> None:
    page.hide()
    page.truth = "new"
    page.session.jobs.changed.emit()
    page.session.settings_changed.emit(page.session.settings)
    assert page.session.scheduler.is_idle
    page.show()
    qtbot.waitUntil(lambda: page.said.text() == "new")
    assert page.drawn == 1


class Collecting(Page):
    """Collects the numbers of all events."""

    uses_events = True

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Collection", "")
        self.seen: list[int] = []

    def clear(self) -> None:
        self.seen = []

    def add_event(self, event: AnyEvent) -> None:
        self.seen.append(event.seq)


def test_news_of_a_run_come_after_what_was_read_of_it(qtbot: QtBot, make_session: SessionMaker) -> None:
    page = Collecting(make_session())
    qtbot.addWidget(page, before_close_func=lambda _: page.session.scheduler.stop())
    for _ in page.make(()):
        pass
    page.session.run_loaded.emit(numbered(range(1, 4)))
    page.session.run_loaded.emit(numbered(range(11, 14)))
    assert page.seen == [], "a long run is taken in later, a few milliseconds at a time"
    page.session.events_arrived.emit(numbered(range(14, 16)))
    qtbot.waitUntil(lambda: page.session.scheduler.is_idle)
    assert page.seen == [11, 12, 13, 14, 15]


def numbered(numbers: range) -> list[AnyEvent]:
    return [MessageLogged(level="info", message="", seq=number) for number in numbers]
