"""The description of how a job ended."""

import pytest

from engine.api.events import Outcome, RunFinished
from gui.engine_link.job_end import describe_end

pytestmark = pytest.mark.slow


def finished(outcome: Outcome) -> RunFinished:
    """Return the engine's last event."""
    return RunFinished(outcome=outcome, message="As the engine put it.")


@pytest.mark.parametrize("outcome", ["finished", "paused", "stopped", "discarded"])
def test_the_engines_own_words_are_shown(outcome: Outcome) -> None:
    end = describe_end(0 if outcome == "finished" else 130, finished(outcome), "asked", [])
    assert (end.ending, end.sentence, end.is_problem) == (outcome, "As the engine put it.", False)


def test_bad_input_is_told_apart_from_failure() -> None:
    assert describe_end(2, finished("failed"), "none", []).ending == "bad_input"
    assert describe_end(1, finished("failed"), "none", []).ending == "failed"


def test_a_failure_without_words_shows_the_last_line_of_standard_error() -> None:
    end = describe_end(1, None, "none", ["Traceback", "ValueError: no such thing"])
    assert end.sentence == "ValueError: no such thing"
    assert end.detail == "Traceback\nValueError: no such thing"


@pytest.mark.parametrize("code", [-9, 137])
def test_a_kill_from_outside_most_likely_means_memory(code: int) -> None:
    end = describe_end(code, None, "none", [])
    assert end.ending == "out_of_memory"
    assert "memory" in end.sentence
    assert "Continue" in end.sentence


def test_a_kill_by_the_window_does_not_speak_of_memory() -> None:
    end = describe_end(-9, None, "killed", [])
    assert end.ending == "ended"
    assert "memory" not in end.sentence


def test_a_question_to_the_engine_has_nothing_to_continue() -> None:
    assert "Continue" not in describe_end(-11, None, "none", [], resumable=False).sentence


def test_a_crash_names_its_signal() -> None:
    assert "SIGSEGV" in describe_end(-11, None, "none", []).sentence


def test_each_ending_has_a_title_of_its_own() -> None:
    ends = [
        describe_end(0, finished("finished"), "none", []),
        describe_end(130, finished("paused"), "asked", []),
        describe_end(130, finished("stopped"), "asked", []),
        describe_end(130, finished("discarded"), "asked", []),
        describe_end(1, finished("failed"), "none", []),
        describe_end(2, finished("failed"), "none", []),
        describe_end(-9, None, "none", []),
        describe_end(-15, None, "terminated", []),
        describe_end(-11, None, "none", []),
        describe_end(130, None, "none", []),
    ]
    assert len({end.title for end in ends}) == len(ends)
