"""Every page fits the smallest window and uses a wide one, in German, whatever the models have written."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from engine.api import events as ev
from engine.api.editing import with_values
from engine.api.run_notes import RunNotes, keep_run_notes
from gui.pages.page import Page
from gui.shell.page_stack import PAGES
from gui.widgets.card import Card
from gui.widgets.table_header import TableHeader
from tests.gui import canned
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import add_other_searches, add_run, new_project

pytestmark = pytest.mark.slow

BELOW_THE_CARDS = 28
LONG = "a_very_long_name_that_somebody_has_given_it_" * 3
SMALLEST, WIDE = (940, 520), (1500, 900)


@pytest.fixture
def ahead() -> bool:
    """Let the window create all pages, as it does for a user."""
    return True


@pytest.fixture
def person(german: None, make_person: PersonMaker, tmp_path: Path) -> Person:
    """Return a German whose pruned model writes without spaces."""
    project = new_project(tmp_path / ("a-project-with-a-long-name" * 3))
    add_other_searches(project)
    add_run(project, more=[without_spaces(event) for event in canned.measured()])
    for run in project.runs():
        keep_run_notes(run.folder, RunNotes(title=LONG[:80]))
    settings = {
        "evaluation.texts": [f"/data/{LONG}.txt"],
        "evaluation.tasks": [f"local_{LONG}"],
        "evaluation.prompts": [LONG],
        "edge.devices": [f"{LONG}:4:17"],
    }
    project.save(with_values(project.settings, settings))
    person = make_person()
    person.opens(project.folder)
    session = person.session
    model = session.plan_model
    assert model is not None
    long = {"name": LONG, "architecture": LONG, "licence": LONG, "source": f"{LONG}/{LONG}"}
    session._prepared[session.settings.model] = msgspec.structs.replace(model, **long)
    session.settings_changed.emit(session.settings)
    return person


def with_long_devices(person: Person) -> None:
    """Let the engine have found devices with long names."""
    devices = person.session.local_devices
    label = LONG.replace("_", " ")
    found = [ev.DeviceFound(name=name, label=label, memory_total=1, memory_free=1) for name in ("cpu", "cuda:0")]
    devices.devices = {each.name: each for each in found}
    devices.devices_changed.emit()


def without_spaces(event: ev.AnyEvent) -> ev.AnyEvent:
    """Return an event in which a model writes one word, as a badly pruned one does."""
    return msgspec.structs.replace(event, text="ja" * 300) if isinstance(event, ev.TextGenerated) else event


def walk(person: Person, size: tuple[int, int]) -> Iterator[tuple[str, Page]]:
    """Show every page with everything unfolded in a window of this size."""
    person.window.resize(*size)
    for key in PAGES:
        page = person.window.page(key)
        person.waits_for_rest()
        person.unfolds_everything()
        with_long_devices(person)
        QApplication.processEvents()
        assert (person.window.width(), person.window.height()) == size, key
        yield key, page


def short_headings(page: Page) -> list[str]:
    """Return the headings of tables that have less room than their longest word needs."""
    headers = [header for header in page.findChildren(TableHeader) if header.isVisible()]
    return [
        str(header.model().headerData(place, header.orientation()))
        for header in headers
        for place in range(header.count())
        if not header.isSectionHidden(place) and header.sectionSize(place) < header.need(place)
    ]


def cards_of(page: Page) -> list[QWidget]:
    """Return the visible cards of a page."""
    return [card for card in page.content.findChildren(Card) if card.isVisible()]


def lowest(page: Page) -> int:
    """Return where the last card ends."""
    return max(card.mapTo(page.body, card.rect().bottomLeft()).y() for card in cards_of(page))


def test_every_page_fits_the_smallest_window_and_uses_a_wide_one(person: Person) -> None:
    fits_the_smallest_window(person)
    uses_a_wide_one(person)


def fits_the_smallest_window(person: Person) -> None:
    """Check that nothing scrolls sideways, is cut off, or ends in emptiness."""
    for key, page in walk(person, SMALLEST):
        assert page.horizontalScrollBar().maximum() == 0, f"{key}: {page.body.minimumSizeHint().width()} pixels"
        assert [view.accessibleName() for view in sideways(page)] == [], key
        assert short_headings(page) == [], key
        assert page.body.height() <= max(page.viewport().height(), lowest(page) + BELOW_THE_CARDS + 2), key
    steps = person.window.sidebar.steps
    assert steps.verticalScrollBar().maximum() == 0, "not all steps are seen"


def sideways(page: Page) -> list[QTableView]:
    """Return the tables that are wider than their place."""
    return [each for each in page.findChildren(QTableView) if each.isVisible() and each.horizontalScrollBar().maximum()]


def uses_a_wide_one(person: Person) -> None:
    """Check that cards stand in two columns that use the width."""
    for key, page in walk(person, WIDE):
        lefts = {card.mapTo(page.body, card.rect().topLeft()).x() for card in cards_of(page)}
        assert len(lefts) == 2, key
        assert page.horizontalScrollBar().maximum() == 0, f"{key}: {page.body.minimumSizeHint().width()} pixels"
        assert short_headings(page) == [], key
        right = max(card.mapTo(page.body, card.rect().topRight()).x() for card in cards_of(page))
        assert page.viewport().width() - right <= BELOW_THE_CARDS + 2, f"{key} leaves the right side empty"
