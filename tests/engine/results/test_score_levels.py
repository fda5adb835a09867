"""A score is worded with the number of windows or questions that it was measured on."""

import msgspec

from engine.api.events import CalibrationPrepared, IterationFinished, SearchFinished
from engine.api.run_state import RunState
from engine.api.settings import Settings
from engine.results.facts import facts
from engine.results.score_levels import ScoreLevels, level_words
from engine.results.stage_lines import stage_line
from tests.gui import canned

EVENTS = canned.run_events(Settings())


def searched(level: int, best_level: int, finished: bool = True) -> RunState:
    """Return the state of a canned run whose candidates were scored on ``level`` windows."""
    state = RunState()
    for event in EVENTS:
        if isinstance(event, IterationFinished):
            state.apply(msgspec.structs.replace(event, level=level, best_level=best_level))
        elif not isinstance(event, SearchFinished) or finished:
            state.apply(event)
    return state


def test_the_best_and_the_candidates_have_levels_of_their_own() -> None:
    levels = ScoreLevels.of(searched(4, 32))
    assert levels.of_best() == "on all 32 windows"
    assert levels.of_candidates() == "on 4 of 32 windows"


def test_without_racing_both_are_the_same() -> None:
    assert ScoreLevels.of(searched(32, 32)).of_candidates() == "on all 32 windows"


def test_older_journals_state_only_how_many_calibration_windows_there_are() -> None:
    calibration = next(event for event in EVENTS if isinstance(event, CalibrationPrepared))
    assert ScoreLevels.of(searched(4, 0)).full == calibration.windows
    assert ScoreLevels.of(RunState()).of_best() == ""


def test_the_score_of_a_task_counts_questions() -> None:
    assert ScoreLevels(50, 200, "task").of_candidates() == "on 50 of 200 questions"
    assert level_words("task", 200) == "on 200 questions"


def test_every_line_about_a_search_states_the_level() -> None:
    assert "on all 32 windows" in stage_line(searched(4, 32, finished=False), "search")
    assert "on all 32 windows" in stage_line(searched(4, 32), "search")
    assert "on all 32 windows" in dict(facts(searched(4, 32)))["Search"]
