"""A task of one's own whose data do not fit it is refused in one sentence, before anything is measured."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.settings import EvaluationSettings, SearchSettings
from engine.evaluation.task_faults import running
from engine.evaluation.task_list import check_tasks
from engine.evaluation.task_questions import check_objective_task
from tests.engine.evaluation.test_tasks import own_task

GOOD: dict[str, Any] = {"question": "Q:", "choices": [" red", " blue"], "label": 1}


pytestmark = pytest.mark.usefixtures("allowed_code")


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "datasets"))


def settings(folder: Path, rows: list[dict[str, Any]], *changes: tuple[str, str], **values: Any) -> EvaluationSettings:
    """A task over the rows; ``changes`` replace parts of its definition."""
    data = folder / "rows.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows))
    own = own_task(folder / "tasks", data)
    written = (own / "colours.yaml").read_text()
    for old, new in changes:
        assert old in written
        written = written.replace(old, new)
    (own / "colours.yaml").write_text(written)
    return EvaluationSettings(tasks=("colours",), task_folder=str(own), **values)


def test_a_task_whose_data_fit_is_let_through(tmp_path: Path) -> None:
    check_tasks(settings(tmp_path, [GOOD, {**GOOD, "label": 0}]))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({**GOOD, "label": 2}, "question 2: its answer is 2, which is none of its 2 choices"),
        ({**GOOD, "label": -1}, "question 2: its answer is -1, which is none of its 2 choices"),
        ({**GOOD, "label": None}, "question 2: its answer is None, which is none of its 2 choices"),
        ({**GOOD, "choices": []}, r"question 2: its choices must be a list of texts, and they are \[\]"),
    ],
)
def test_a_question_without_an_answer_is_named_before_anything_is_measured(
    tmp_path: Path, row: dict[str, Any], fault: str
) -> None:
    found = settings(tmp_path, [GOOD, row])
    search = SearchSettings(objective="task", task="colours")
    for refusing in (lambda: check_tasks(found), lambda: check_objective_task(search, found)):
        with pytest.raises(BadInput, match=f"The task 'colours', {fault}"):
            refusing()


def test_a_label_that_is_text_is_looked_for_among_the_choices(tmp_path: Path) -> None:
    check_tasks(settings(tmp_path, [{**GOOD, "label": " blue"}]))
    with pytest.raises(BadInput, match="its answer is '1', which is none of its 2 choices"):
        check_tasks(settings(tmp_path, [{**GOOD, "label": "1"}]))


def test_only_the_questions_that_will_be_asked_are_looked_at(tmp_path: Path) -> None:
    check_tasks(settings(tmp_path, [GOOD, {**GOOD, "label": 2}], task_limit=1))


def test_a_field_that_the_data_do_not_have_is_named(tmp_path: Path) -> None:
    elsewhere = ("{{question}}", "{{context}}")
    with pytest.raises(BadInput, match=r"'colours' does not fit its data: a template uses 'context', but there is no"):
        check_tasks(settings(tmp_path, [GOOD], elsewhere))


@pytest.mark.parametrize(
    ("row", "change"),
    [({**GOOD, "label": 2}, ("label", "label")), (GOOD, ("test_split: train", "test_split: validation"))],
    ids=["label", "split"],
)
def test_a_first_question_that_does_not_fit_is_refused_too(
    tmp_path: Path, row: dict[str, Any], change: tuple[str, str]
) -> None:
    with pytest.raises(BadInput, match=r"'colours' does not fit its data \(.\w+: .*\); its data lack a split"):
        check_tasks(settings(tmp_path, [row], change))


def test_a_part_that_only_some_questions_lack_is_named_with_the_question(tmp_path: Path) -> None:
    rows = [{**GOOD, "parts": {"a": "x", "b": ["y", "z"]}}, {**GOOD, "parts": {"a": "x", "b": ["y"]}}]
    deeper = ("{{question}}", "{{parts.b[1]}}")
    with pytest.raises(BadInput, match=r"'colours', question 2: a template uses '1', but .*; its fields are: question"):
        check_tasks(settings(tmp_path, rows, deeper))


def test_an_error_that_is_none_of_the_data_stays_what_it_is() -> None:
    with pytest.raises(LayerSwarmError, match=r"The task 'x' could not be run \(.OSError: no way.\)"), running("x"):
        raise OSError("no\nway")
