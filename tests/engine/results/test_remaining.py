"""What is left of a whole run, from a first guess and the progress since."""

import pytest

from engine.api.events import (
    DurationsPredicted,
    Event,
    MessageLogged,
    RunStarted,
    StageFinished,
    StageProgressed,
    StageStarted,
)
from engine.api.run_state import RunState
from engine.results.remaining import remaining_seconds

BEGUN = RunStarted(run="1", algorithm="pso", resumed=False, device="cpu", versions={}, time=1.0, elapsed=0.1)
GUESS = DurationsPredicted(seconds={"calibrate": 100.0, "search": 400.0, "evaluate": 50.0})


def state_of(*events: Event) -> RunState:
    return RunState.replay([BEGUN, GUESS, *events])


def started(stage: str, at: float) -> StageStarted:
    return StageStarted(stage=stage, time=1.0, elapsed=at)  # type: ignore[arg-type]


def progress(done: float, total: float, left: float | None, whole: bool = False, stage: str = "search") -> Event:
    return StageProgressed(stage=stage, done=done, total=total, remaining_seconds=left, whole_stage=whole)  # type: ignore[arg-type]


def test_nothing_is_claimed_before_a_guess_is_made() -> None:
    assert remaining_seconds(RunState.replay([BEGUN])) is None


def test_the_first_guess_is_the_sum_of_the_stages_to_do() -> None:
    assert remaining_seconds(state_of()) == 550.0


def test_it_shrinks_while_a_stage_works() -> None:
    state = state_of(started("calibrate", 0.1))
    assert remaining_seconds(state, since_event=30.0) == pytest.approx(520.0)


def test_a_new_piece_of_work_in_a_stage_does_not_reset_it() -> None:
    """Writing one of several texts is a part of the stage; its pace says nothing about the other parts."""
    state = state_of(started("calibrate", 0.1), progress(1, 64, 950.0, stage="search"))
    before = remaining_seconds(state_of(started("calibrate", 0.1)), since_event=10.0)
    for piece in (progress(32, 64, 2.0, stage="calibrate"), progress(0, 8, None, stage="calibrate")):
        state = state_of(started("calibrate", 0.1), piece)
        assert remaining_seconds(state, since_event=10.0) == before


def test_a_part_that_takes_longer_than_the_rest_of_its_stage_counts() -> None:
    state = state_of(started("calibrate", 0.1), progress(1, 64, 300.0, stage="calibrate"))
    assert remaining_seconds(state, since_event=1.0) == pytest.approx(300.0 + 450.0)


def test_the_pace_of_a_whole_stage_replaces_the_guess_as_it_advances() -> None:
    """The first step does not turn a quarter of an hour into half a minute, but the last ones know best."""
    early = state_of(started("search", 0.1), progress(1, 100, 32.0, whole=True))
    late = state_of(started("search", 0.1), progress(99, 100, 2.0, whole=True))
    others = 150.0
    assert remaining_seconds(early, since_event=1.0) == pytest.approx(others + 0.99 * 399 + 0.01 * 32)
    assert remaining_seconds(late, since_event=32.0) == pytest.approx(others + 0.01 * 368 + 0.99 * 2)


def test_stages_that_took_longer_than_predicted_make_the_others_longer() -> None:
    state = state_of(
        started("calibrate", 0.1), StageFinished(stage="calibrate", seconds=200.0, time=1.0, elapsed=200.0)
    )
    assert remaining_seconds(state) == pytest.approx(2 * 450.0)


def test_time_of_earlier_sessions_counts_and_that_between_them_does_not() -> None:
    state = RunState.replay(
        [
            BEGUN,
            started("calibrate", 1.1),
            MessageLogged(level="info", message="working", time=2.0, elapsed=41.1),
            RunStarted(run="1", algorithm="pso", resumed=True, device="cpu", versions={}, time=9e4, elapsed=0.1),
            started("calibrate", 2.1),
            MessageLogged(level="info", message="working", time=9e4, elapsed=12.1),
        ]
    )
    assert state.times.sessions == pytest.approx([41.0, 12.0])
    assert state.times.stages["calibrate"] == pytest.approx(50.0)
    state.apply(GUESS)
    assert remaining_seconds(state) == pytest.approx(500.0)
