"""How long the rest will take, told from the pace so far."""

from collections.abc import Sequence

from engine.api.events import StageProgressed
from engine.pipeline.run_log import ProgressClock

TEN_SECONDS = 10.0
Report = tuple[str, float, float]
"""Words, done, total."""


def remaining(reports: Sequence[Report]) -> list[float | None]:
    """What is said to be left when a report comes every ten seconds."""
    said: list[float | None] = []

    def hear(event: object) -> None:
        assert isinstance(event, StageProgressed)
        said.append(event.remaining_seconds)

    seconds = iter(TEN_SECONDS * step for step in range(len(reports)))
    clock = ProgressClock(hear, lambda: next(seconds))
    for words, done, total in reports:
        clock.report("search", words, done, total)
    return said


def test_the_rest_is_judged_by_the_pace_though_the_words_change() -> None:
    iterations = [(f"Iteration {done + 1} of 4", float(done), 4.0) for done in range(4)]
    assert remaining(iterations) == [None, 30.0, 20.0, 10.0]


def test_another_piece_of_work_has_a_pace_of_its_own() -> None:
    first: list[Report] = [("Reading", 0.0, 4.0), ("Reading", 4.0, 4.0)]
    again: list[Report] = [("Training", 0.0, 4.0), ("Training", 1.0, 4.0)]
    longer: list[Report] = [("Measuring", 1.0, 9.0), ("Measuring", 2.0, 9.0)]
    assert remaining([*first, *again, *longer]) == [None, 0.0, None, 30.0, None, 70.0]


def test_what_was_done_before_this_session_is_not_counted_as_pace() -> None:
    assert remaining([("Step", 50.0, 60.0), ("Step", 51.0, 60.0)]) == [None, 90.0]


def test_nothing_is_said_where_the_total_is_not_known() -> None:
    assert remaining([("Waiting", 0.0, 0.0), ("Waiting", 5.0, 0.0)]) == [None, None]
