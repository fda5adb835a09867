"""The Evaluation card: benchmarks, texts and prompts are chosen in the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from engine.api.evaluation_events import TasksListed
from engine.api.settings import EvaluationSettings
from gui.pages.plan_evaluation import EvaluationCard
from gui.widgets.list_entry import ListEntry
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import new_project

pytestmark = pytest.mark.slow


@pytest.fixture
def person(make_person: PersonMaker, tmp_path: Path) -> Person:
    """Return a person on the Plan page."""
    person = make_person()
    person.opens(new_project(tmp_path / "project").folder)
    assert person.plan.isVisible()
    return person


def card(person: Person) -> EvaluationCard:
    return person.plan.evaluation


def evaluation(person: Person) -> EvaluationSettings:
    return person.session.settings.evaluation


def adds(person: Person, field: ListEntry, text: str) -> None:
    field.entry.setFocus()
    person.waits_for_rest()
    field.entry.selectAll()
    person.qtbot.keyClicks(field.entry, text)
    person.qtbot.keyClick(field.entry, Qt.Key.Key_Return)


def test_tasks_are_found_by_a_part_of_their_name_added_and_removed(person: Person) -> None:
    tasks = card(person).tasks
    adds(person, tasks, "hellaswag")
    adds(person, tasks, "piqa")
    adds(person, tasks, "piqa")
    assert evaluation(person).tasks == ("hellaswag", "piqa")
    completer = tasks.entry.completer()
    completer.setCompletionPrefix("iqa")
    assert completer.completionCount() == 2  # piqa and local_piqa
    completer.popup().hide()
    QApplication.processEvents()
    person.clicks(tasks.buttons[0])
    assert evaluation(person).tasks == ("piqa",)
    assert [button.accessibleName() for button in tasks.buttons] == ["Remove piqa"]


def test_a_task_that_does_not_exist_is_refused_with_the_nearest_name(person: Person) -> None:
    tasks = card(person).tasks
    adds(person, tasks, "helaswag")
    assert evaluation(person).tasks == ()
    assert tasks.entry.text() == "helaswag"
    assert "did you mean hellaswag?" in tasks.entry.accessibleDescription()
    person.session.change({"evaluation.task_folder": "/my/tasks"}, "Change")  # which may hold a task of that name
    adds(person, tasks, "helaswag")
    assert evaluation(person).tasks == ("helaswag",)


def test_without_lm_eval_the_card_offers_to_install_it(person: Person) -> None:
    evaluation_card, wanted = card(person), []
    person.session.engine_part_wanted.connect(wanted.append)
    assert not evaluation_card.install.isVisible()
    evaluation_card.note_listed(TasksListed(names=("local_piqa",), has_lm_eval=False))
    assert "Tasks need lm-eval, which is not installed" in evaluation_card.task_note.text()
    evaluation_card.install.click()
    assert wanted == ["tasks"]


def test_a_prompt_may_have_several_lines(person: Person) -> None:
    prompts = card(person).prompts
    adds(person, prompts, "Q: Why?\\nA:")
    assert evaluation(person).prompts[-1] == "Q: Why?\nA:"
    assert "Q: Why?⏎A:" in prompts.buttons[-1].text()


def test_a_text_is_chosen_as_a_file(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = tmp_path / "mine & yours.txt"
    text.write_text("A text.")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(text), ""))
    person.clicks(card(person)._browse_text)
    assert evaluation(person).texts == (str(text),)
    assert person.window.bar.start.isEnabled()


def test_limit_examples_and_repeats(person: Person) -> None:
    shown = card(person)
    assert shown.limit.text() == "all"
    shown.limit.setValue(200)
    shown.repeats.setValue(5)
    shown.fewshot.setFocus()
    person.qtbot.keyClicks(shown.fewshot, "3")
    person.qtbot.keyClick(shown.fewshot, Qt.Key.Key_Return)
    assert (evaluation(person).task_limit, evaluation(person).repeats, evaluation(person).fewshot) == (200, 5, 3)
