"""The pages that are created after the first frame: what they show of a run, and when they ask the engine."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.pages.search_page import SearchPage
from tests.gui import canned
from tests.gui.conftest import PersonMaker, WindowMaker
from tests.gui.driving import PATIENCE
from tests.gui.projects import add_run, new_project
from tests.gui.words.test_formatting import plain

pytestmark = pytest.mark.slow


@pytest.fixture
def ahead() -> bool:
    """Let the window create all pages, as it does for a user."""
    return True


def test_a_whole_run_is_replayed_into_every_page(make_person: PersonMaker, tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    add_run(project)
    person = make_person()
    person.opens(project.folder)
    assert person.window.pages["results"].isVisible()
    assert plain(person.results.headline.text()).startswith("5 of 30 layers removed: 13.2 % smaller")
    assert person.search.figures["fitness"].text == "0.472"
    assert len(person.search.convergence.chart.getPlotItem().listDataItems()[0].getData()[0]) == canned.ITERATIONS
    assert person.recovery.figures["validation"].text == "0.316"
    assert person.export.checks.isVisible()
    assert person.session.jobs.main is None


def test_a_page_that_is_not_shown_asks_the_engine_nothing(make_person: PersonMaker, tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    add_run(project)
    person = make_person()
    person.waits_for_rest()  # all pages have been created
    asked: list[str] = []
    person.session.jobs.started.connect(lambda job: asked.append(job.kind))
    person.opens(project.folder)
    assert person.window.pages["results"].isVisible()
    assert not {"models", "search"} & set(asked), "what the Model page lists, it lists when it is seen"
    assert person.model.isVisible()
    assert "models" in asked


def drawn_points(page: SearchPage) -> int:
    """Return the number of iterations on the curve of the best fitness."""
    drawn = page.convergence.chart.getPlotItem().listDataItems()[0].getData()[0]
    return 0 if drawn is None else len(drawn)


def test_a_second_project_is_drawn_on_the_page_it_was_left_on(make_person: PersonMaker, tmp_path: Path) -> None:
    first, second = new_project(tmp_path / "first"), new_project(tmp_path / "second")
    add_run(first)
    add_run(second)
    person = make_person()
    person.opens(first.folder)
    page = person.search
    person.session.preferences.remember_page(second.folder, "search")
    person.opens(second.folder)
    assert page.isVisible()
    assert drawn_points(page) == canned.ITERATIONS


def test_a_run_that_is_loaded_while_a_page_is_made_is_on_that(
    make_window: WindowMaker, qtbot: QtBot, tmp_path: Path
) -> None:
    project = new_project(tmp_path / "project")
    add_run(project)
    window = make_window()
    scheduler, stack = window.session.scheduler, window._stack
    qtbot.waitUntil(lambda: hasattr(stack._pages.get("search"), "convergence"), timeout=PATIENCE)
    scheduler.cancel(stack)  # while this page is being created
    window.projects.open_path(project.folder)
    qtbot.waitUntil(lambda: bool(window.session.state.run), timeout=PATIENCE)
    stack.schedule_creation()
    qtbot.waitUntil(lambda: scheduler.is_idle, timeout=PATIENCE)
    window.show_page("search")
    qtbot.waitUntil(lambda: scheduler.is_idle, timeout=PATIENCE)
    page = window.pages["search"]
    assert isinstance(page, SearchPage)
    assert drawn_points(page) == canned.ITERATIONS


def test_a_page_that_was_made_unseen_asks_when_it_is_seen(
    make_window: WindowMaker, qtbot: QtBot, tmp_path: Path
) -> None:
    project = new_project(tmp_path / "project")
    add_run(project)
    window = make_window()
    session, stack = window.session, window._stack
    session.scheduler.cancel(stack)
    session.preferences.remember_page(project.folder, "search")
    window.projects.open_path(project.folder)
    qtbot.waitUntil(lambda: bool(session.state.run) and session.jobs.running("devices") is None, timeout=PATIENCE)
    stack.schedule_creation()
    qtbot.waitUntil(lambda: session.scheduler.is_idle, timeout=PATIENCE)
    asked: list[str] = []
    session.jobs.started.connect(lambda job: asked.append(job.kind))
    window.show_page("results")
    qtbot.waitUntil(lambda: "runs" in asked, timeout=PATIENCE)
