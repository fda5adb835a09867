"""Requests to the Hub and to the caches are carried out for the project they were made in."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from engine.api.commands import Command, KeepToken
from engine.api.hub_events import LocalModel, ModelsListed
from gui.engine_link.jobs import EngineJob, JobKind
from tests.gui import canned
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import new_project

pytestmark = pytest.mark.slow

GATED = canned.refusal("org/gated", "terms_not_accepted")


@pytest.fixture
def person(make_person: PersonMaker, tmp_path: Path) -> Person:
    """Return a person on the Model page with a slow engine."""
    person = make_person("--pace", "0.02")
    person.opens(new_project(tmp_path / "project").folder)
    assert person.model.isVisible()
    person.waits_for_rest()
    return person


@pytest.fixture
def started(person: Person, monkeypatch: pytest.MonkeyPatch) -> list[Command]:
    """Collect the commands of all jobs that are started from now on."""
    done: list[Command] = []
    start = person.session.jobs.start

    def note(kind: JobKind, command: Command) -> EngineJob | None:
        job = start(kind, command)
        if job is not None:
            done.append(command)
        return job

    monkeypatch.setattr(person.session.jobs, "start", note)
    return done


def names(started: list[Command]) -> list[str]:
    return [type(command).__name__ for command in started]


def says(person: Person, kind: str, event: object) -> None:
    """Deliver an event as if the engine had sent it."""
    person.session.jobs.advanced.emit(SimpleNamespace(kind=kind), [event])


def test_a_refusal_stays_with_the_project_it_was_met_in(person: Person, tmp_path: Path) -> None:
    says(person, "inspect", GATED)
    assert person.model.access.isVisible()
    person.opens(new_project(tmp_path / "other").folder)
    assert not person.model.access.isVisible()


def test_trying_again_is_about_the_model_that_was_refused(person: Person, started: list[Command]) -> None:
    begun = LocalModel(source="org/x", name="x", kind="hub", folder="/x", bytes=10, total_bytes=100, complete=False)
    says(person, "models", ModelsListed(models=(begun,), disk_free=1))
    says(person, "inspect", GATED)
    person.clicks(person.model.access.retry)
    (command,) = (each for each in started if type(each).__name__ == "DownloadModel")
    assert command.source == "org/gated"
    person.waits_for_rest()


def test_what_has_arrived_is_thrown_away_even_while_models_are_listed(person: Person, started: list[Command]) -> None:
    page = person.model
    page.hub_client.fetch("org/m", "main")
    person.qtbot.waitUntil(
        lambda: page.hub_client.download is not None and page.hub_client.download.done > 0, timeout=20_000
    )
    person.clicks(page.download.pause)
    person.qtbot.waitUntil(lambda: person.session.jobs.running("download") is None, timeout=20_000)
    if person.session.jobs.running("models") is None:  # the list that follows a pause has arrived already
        page.hub_client.list_models()
    assert person.session.jobs.running("models") is not None
    person.clicks(page.download.cancel)
    person.waits_for_rest()
    assert names(started)[-1] == "DeleteModel"


def test_a_model_is_deleted_right_after_turning_to_the_page(
    person: Person, started: list[Command], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.pages.model_local.confirm_loss", lambda *_: True)
    assert person.plan.isVisible()
    page = person.model
    person.waits_for_rest()
    page.hub_client.list_models()
    assert person.session.jobs.running("models") is not None
    page.local.table.selectRow(0)
    person.clicks(page.local.delete)
    person.waits_for_rest()
    assert names(started)[-1] == "DeleteModel"


def test_the_token_that_was_given_last_is_the_one_that_is_checked(person: Person, started: list[Command]) -> None:
    client, told = person.model.hub_client, []
    client.token_checked.connect(lambda _, good: told.append(good))
    client.keep_token("hf_first")
    client.keep_token("hf_second")
    person.waits_for_rest()
    assert [each.token for each in started if isinstance(each, KeepToken)] == ["hf_first", "hf_second"]
    assert told == [True], "of the first nobody wants to know any more"


def test_an_order_that_is_chosen_and_taken_back_is_answered(person: Person) -> None:
    page = person.model
    person.clicks(page.places.button("hub"))
    assert person.session.jobs.running("search") is not None
    for place in (1, 0):
        page.hub.sort.setCurrentIndex(place)
        page.hub.sort.activated.emit(place)
    person.qtbot.waitUntil(lambda: page.hub_client.answered == "" and bool(page.hub_client.models), timeout=20_000)
    person.waits_for_rest()
