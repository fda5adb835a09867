"""Durations come from a clock that nobody can set; the wall clock only dates events, and may jump as it likes."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api import clock, journal
from engine.api.clock import seconds_between
from engine.api.events import (
    CompensationFinished,
    Event,
    IterationFinished,
    MessageLogged,
    RunStarted,
    SearchFinished,
    StageFinished,
    StageStarted,
    encode_event,
)
from engine.api.journal import Journal, read_journal
from engine.api.run_state import RunState
from engine.api.run_times import RunTimes
from engine.results.figures import format_duration
from tests.engine.pipeline.cases import run, small_project

YEARS = 10 * 365 * 86400.0
BEGUN = RunStarted(run="1", algorithm="pso", resumed=False, device="cpu", versions={})


def jumping() -> Iterator[float]:
    """Yield dates that lie ten years before and after each other in turn."""
    yield from itertools.cycle([2e9, 2e9 + YEARS, 2e9 - YEARS])


@pytest.fixture
def jumping_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    dates = jumping()
    monkeypatch.setattr(journal, "time", SimpleNamespace(time=lambda: next(dates)))


@pytest.mark.slow
@pytest.mark.usefixtures("jumping_clock", "shared_texts")
def test_a_clock_that_jumps_changes_no_duration_and_no_limit(tmp_path: Path) -> None:
    before = clock.seconds_awake()
    project = small_project(tmp_path, recovery__enabled=False, search__max_minutes=5.0)
    run(project, until="compensate")
    run(project)  # a second session adds up what the first has spent
    most = clock.seconds_awake() - before
    events = project.runs()[-1].events()
    timed = [event for event in events if isinstance(event, StageFinished | SearchFinished | CompensationFinished)]
    assert len(timed) > 8
    assert all(0 <= event.seconds <= most for event in timed)
    assert len([event for event in events if isinstance(event, IterationFinished)]) >= 3
    assert {event.time for event in events} == {2e9, 2e9 + YEARS, 2e9 - YEARS}


def written(path: Path, *sessions: list[tuple[Event, float]], monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """Write sessions of events, each at its second of work, under a jumping wall clock."""
    dates = jumping()
    monkeypatch.setattr(journal, "time", SimpleNamespace(time=lambda: next(dates)))
    for session in sessions:
        monkeypatch.setattr(journal, "seconds_awake", lambda: 1000.0)
        opened = Journal(path)
        for event, second in session:
            monkeypatch.setattr(journal, "seconds_awake", lambda second=second: 1000.0 + second)
            opened.append(event)
        opened.close()
    return list(read_journal(path))


def test_a_stage_has_taken_what_its_sessions_have_worked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    search, message = StageStarted(stage="search"), MessageLogged(level="info", message="")
    first = [(BEGUN, 1.0), (search, 2.0), (message, 12.0)]
    second = [(BEGUN, 5.0), (search, 6.0), (message, 9.0), (StageFinished(stage="search", seconds=0.0), 10.5)]
    events = written(tmp_path / "events.jsonl", first, second, monkeypatch=monkeypatch)
    assert RunTimes.replay(events).of_stage("search") == pytest.approx(10.0 + 4.5)


@given(st.lists(st.floats(1, 4e9), min_size=2, max_size=6))
def test_journals_that_hold_dates_only_give_no_negative_time(dates: list[float]) -> None:
    message = MessageLogged(level="info", message="")
    events: list[Event] = [StageStarted(stage="search", time=dates[0])]
    events += [MessageLogged(level="info", message=message.message, time=date) for date in dates[1:]]
    assert RunTimes.replay(events).of_stage("search") == max(dates[-1] - dates[0], 0.0)
    assert seconds_between(events[0], events[-1]) >= 0


def test_negative_durations_of_earlier_versions_are_read_as_none(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(encode_event(StageFinished(stage="search", seconds=-172886390.0)) + b"\n")
    state = RunState.replay(read_journal(path))
    assert state.stages_finished["search"].seconds == 0
    assert format_duration(-172886390.0) == "0.0 s"


def test_an_event_knows_what_its_session_has_worked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (first, last) = written(tmp_path / "e.jsonl", [(BEGUN, 0.0), (BEGUN, 7.25)], monkeypatch=monkeypatch)
    assert first.elapsed > 0
    assert seconds_between(first, last) == pytest.approx(7.25, abs=0.01)
