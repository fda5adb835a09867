"""Start cannot be clicked where the plan cannot work, shows what the plan takes, and asks where that is a lot."""

from pathlib import Path

import msgspec
import pytest

from engine.api.events import EstimateMade
from tests.gui import canned
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import add_run, new_project
from tests.gui.words.test_formatting import plain

pytestmark = pytest.mark.slow
DAYS = 42 * 24 * 3600.0 + 13 * 3600.0


@pytest.fixture
def person(make_person: PersonMaker, tmp_path: Path) -> Person:
    """Return a person with a project whose model is known."""
    person = make_person()
    person.opens(new_project(tmp_path / "project").folder)
    return person


def estimated(person: Person, **changes: object) -> EstimateMade:
    """Make the estimate of the plan known, with changes."""
    estimate = msgspec.structs.replace(canned.estimates()[0], **changes)
    devices = person.session.local_devices
    devices.estimates, devices.estimated_settings = {estimate.device: estimate}, person.session.settings
    devices.estimates_changed.emit()
    return estimate


def test_the_bar_shows_what_the_plan_takes(person: Person) -> None:
    estimated(person)
    assert plain(person.window.bar.times.text()) == "about 8 min 52 s, 1.0 GB of 21.4 GB"
    person.session.change({"search.seed": 9}, "Change seed")
    assert "8 min" not in person.window.bar.times.text()  # that was another plan


def test_a_plan_that_fits_starts_at_once(person: Person, questions: list[str]) -> None:
    estimated(person)
    person.clicks(person.window.bar.start)
    assert person.session.jobs.running("run") is not None
    person.waits_for_rest()
    assert questions == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"seconds": {"search": DAYS}}, "takes about 42 d 13 h"),
        ({"memory_needed": 64_400_000_000}, "needs about 64.4 GB of memory on cpu, and 21.4 GB are free"),
        ({"disk_needed": 90_000_000_000}, "needs about 90.0 GB on the disk, and 80.0 GB are free"),
    ],
)
@pytest.mark.parametrize("answer", [True, False])
def test_a_plan_that_does_not_fit_or_takes_days_asks_first(
    person: Person, monkeypatch: pytest.MonkeyPatch, changes: dict[str, object], words: str, answer: bool
) -> None:
    asked: list[str] = []

    def confirm(*parts: object) -> bool:
        asked.append(plain(" ".join(map(str, parts[:3]))))
        return answer

    monkeypatch.setattr("gui.shell.start_question.confirm", confirm)
    estimated(person, **changes)
    person.clicks(person.window.bar.start)
    (question,) = asked
    assert words in question
    assert (person.session.jobs.running("run") is not None) == answer
    person.waits_for_rest()


def test_a_plan_that_is_not_estimated_yet_is_estimated_before_it_starts(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr("gui.shell.start_question.confirm", lambda *parts: asked.append(parts))
    monkeypatch.setattr("gui.shell.start_question.doubts_about", lambda estimate: estimate.device)
    assert person.session.local_devices.estimate_of(person.session.settings) is None
    person.clicks(person.window.bar.start)
    person.clicks(person.window.bar.start)  # which changes nothing
    person.qtbot.waitUntil(lambda: bool(asked))
    person.waits_for_rest()
    assert len(asked) == 1
    assert person.session.run_names == ()
    assert person.window.bar.start.isEnabled()


def test_a_plan_whose_estimate_does_not_come_is_not_started_without_a_word(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def confirm(*parts: object) -> bool:
        asked.append(str(parts[1]))
        return False

    monkeypatch.setattr("gui.shell.start_question.confirm", confirm)
    monkeypatch.setattr(person.session.local_devices, "estimate", lambda *_: True)
    person.window.runs.question._patience.setInterval(0)
    person.clicks(person.window.bar.start)
    person.qtbot.waitUntil(lambda: bool(asked))
    assert asked == ["How long this plan takes and whether it fits could not be estimated yet."]
    assert person.session.run_names == ()


def test_a_change_of_the_plan_takes_back_what_was_about_to_start(person: Person) -> None:
    person.clicks(person.window.bar.start)
    person.session.change({"search.seed": 9}, "Change seed")
    person.waits_for_rest()
    assert person.session.run_names == ()
    assert person.window.bar.start.isEnabled()


def test_another_project_takes_back_what_was_about_to_start(person: Person, tmp_path: Path) -> None:
    other = new_project(tmp_path / "other")
    person.clicks(person.window.bar.start)
    person.opens(other.folder)
    assert other.runs() == []
    assert not person.window.runs.question.is_waiting


def test_a_run_that_is_continued_was_decided_on_before(
    make_person: PersonMaker, questions: list[str], tmp_path: Path
) -> None:
    project = new_project(tmp_path / "begun")
    add_run(project, cut_in="search")
    person = make_person()
    person.opens(project.folder)
    assert person.window.bar.start.text() == "Continue"
    estimated(person, seconds={"search": DAYS})
    assert person.window.bar.times.text() == ""
    person.clicks(person.window.bar.start)
    assert person.session.jobs.running("run") is not None
    person.waits_for_rest()
    assert questions == []


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"budget.layers": 0}, "removes no layer"),
        ({"budget.megabytes": 1e6}, "removes no layer"),
        ({"budget.layers": 29}, "only 27 of 30 may be removed"),
        ({"budget.percent": 90.0}, "removing all 27 removable layers frees only"),
        ({"search.least_layers": 9}, "smallest number of layers to remove is 9, but the budget removes at most 5"),
        ({"analysis.protected": [0, 40]}, "Layer 40 is protected, but the model's layers are 0 to 29"),
        ({"search.objective": "task"}, "none is named"),
        ({"calibration.source": "file", "calibration.path": "/no/such.txt"}, "There is no text file /no/such.txt"),
        ({"recovery.source": "file", "recovery.path": "/no/such.txt"}, "There is no text file /no/such.txt"),
        ({"evaluation.texts": ["/no/such.txt"]}, "There is no text file /no/such.txt"),
        ({"evaluation.tasks": ["local_piqa"], "evaluation.data_folder": "/no/where"}, "There is no folder /no/where"),
        ({"evaluation.tasks": ["local_piqa"]}, "reads local data, but no folder"),
    ],
)
def test_a_plan_that_cannot_work_cannot_be_started_and_the_reason_stands_beside_start(
    person: Person, values: dict[str, object], reason: str
) -> None:
    person.session.change(values, "Change")
    bar = person.window.bar
    assert not bar.start.isEnabled()
    assert not person.window.actions_.start.isEnabled()
    assert reason in bar.stage.text()
    assert reason in bar.start.accessibleDescription()
    assert person.window.sidebar.steps.step("plan").state == "problem"
    person.session.undo_stack.undo()
    assert bar.start.isEnabled()
    assert reason not in bar.stage.text()


def test_texts_of_a_recovery_that_is_switched_off_are_not_missed(person: Person) -> None:
    values = {"recovery.source": "file", "recovery.path": "/no/such.txt", "recovery.enabled": False}
    person.session.change({**values, "compensation.enabled": False}, "Change")
    assert person.window.bar.start.isEnabled()


def test_a_model_that_the_engine_refuses_cannot_be_started(make_person: PersonMaker, tmp_path: Path) -> None:
    person = make_person("--fault", "bad-input")
    person.opens(new_project(tmp_path / "project").folder)
    assert not person.window.bar.start.isEnabled()
    assert person.window.bar.stage.text() == "There is no model 'nowhere/at-all' on the Hub; check the id."
    person.session.change({"model.source": "another"}, "Choose model")
    assert person.window.bar.start.isEnabled()
