"""Answers to our questions are counted beside the other figures, as facts without a verdict."""

from engine.api.events import AnswersChecked, CheckedAnswer
from engine.api.run_state import RunState
from engine.api.settings import Variant
from engine.results.answer_rows import answer_rows, answer_texts, answers_note
from engine.results.comparison import comparison
from engine.results.comparison_row import Column
from tests.engine.results.test_comparison import DENSE, PRUNED
from tests.engine.results.words import plain


def checked(variant: Variant, kept: int, ended: int, repetition: float) -> AnswersChecked:
    """Answers of which some keep to their language, and some end."""
    answers = tuple(
        CheckedAnswer(
            language="de",
            answered_in="de" if number < kept else "en",
            ended=number < ended,
            repetition=repetition,
            text="x",
        )
        for number in range(12)
    )
    return AnswersChecked(variant=variant, limit=40, answers=answers)


DENSE_ANSWERS, PRUNED_ANSWERS = checked("dense", 11, 10, 0.025), checked("pruned", 4, 0, 0.4)


def test_answers_are_counted_and_stand_behind_the_held_out_figures() -> None:
    lines = comparison(RunState.replay([DENSE_ANSWERS, PRUNED_ANSWERS, DENSE, PRUNED])).lines()
    assert [(plain(name), list(map(plain, cells))) for name, cells in lines[2:5]] == [
        ("Answers in the language of the question", ["11 of 12", "4 of 12", ""]),
        ("Answers that come to an end", ["10 of 12", "0 of 12", ""]),
        ("Repetition within the answers", ["2.5 %", "40.0 %", ""]),
    ]


def test_no_count_is_called_better_or_worse() -> None:
    column = Column("pruned", is_difference=True)
    state = RunState.replay([DENSE_ANSWERS, PRUNED_ANSWERS])
    assert [row.is_good(column) for row in answer_rows(state)] == [None] * 3


def test_what_the_counts_mean_is_said_once_and_only_where_there_are_some() -> None:
    note = answers_note(RunState.replay([DENSE_ANSWERS]))
    assert note is not None
    assert note.words().startswith("The answers are to 12 short questions, each in another language, with at most 40")
    assert answers_note(RunState.replay([DENSE, PRUNED])) is None


def test_a_run_without_answers_has_no_such_rows() -> None:
    state = RunState.replay([DENSE, PRUNED, AnswersChecked(variant="dense", limit=40, answers=())])
    assert not [name for name, _ in comparison(state).lines() if "nswers" in name]


def test_each_answer_is_shown_with_its_language_where_it_is_another_and_dots_where_it_did_not_end() -> None:
    lost = CheckedAnswer(language="de", answered_in="", ended=False, repetition=0.0, text="la la")
    state = RunState.replay(
        [checked("dense", 1, 1, 0.0), AnswersChecked(variant="pruned", limit=40, answers=(lost,) * 12)]
    )
    rows = answer_texts(state, ["dense", "pruned", "recovered"])
    assert len(rows) == 12
    assert rows[0] == ("de", ["x", "[?] la la…", ""])
    assert rows[1] == ("de", ["[en] x…", "[?] la la…", ""])
    assert answer_texts(RunState.replay([DENSE]), ["dense"]) == []
