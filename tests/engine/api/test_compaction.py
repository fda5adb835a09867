"""A compacted journal gives the same results: what only showed progress is thinned, and everything else stays."""

import errno
import os
import tempfile
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.api import events as ev
from engine.api.compaction import compact
from engine.api.journal import Journal, read_journal
from engine.api.journal_check import LARGEST_COUNT
from engine.api.project import Run
from engine.api.run_state import RunState
from engine.api.run_times import RunTimes
from engine.pipeline.run_log import RunLog
from tests.engine.api.samples import events

MOST = 8


def step(number: int) -> ev.RecoveryStepped:
    return ev.RecoveryStepped(
        step=number, steps=100_000, loss=1 / (number + 1), learning_rate=1e-3, tokens=number, tokens_per_second=1.0
    )


def message(words: str) -> ev.MessageLogged:
    return ev.MessageLogged(level="info", message=words)


STARTED = ev.RunStarted(run="0001-pso", algorithm="pso", resumed=True, device="cpu", versions={})
FINISHED = ev.RunFinished(outcome="finished", message="Done.")
RECOVERING = ev.StageStarted(stage="recover")
SCORES = ev.CandidatesScored(model="m", calibration="c", level=1, removed=((3,),), kl=(0.5,), nll=(1.0,))
HEARTBEAT = ev.Heartbeat(process_memory=1)
PROGRESS = ev.StageProgressed(stage="recover", done=1, total=2)
SESSIONS = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda ends: [*map(step, range(ends[0], sum(ends)))])
CHATTER = st.sampled_from([STARTED, RECOVERING, HEARTBEAT, PROGRESS, message("one"), message("other")])
RUNS = st.lists(st.one_of(SESSIONS, events().map(lambda event: [event]), CHATTER.map(lambda event: [event])))


def written(path: Path, *parts: ev.Event) -> list[ev.AnyEvent]:
    journal = Journal(path)
    for event in parts:
        journal.append(event)
    journal.close()
    return list(read_journal(path))


def compacted(path: Path) -> list[ev.AnyEvent]:
    assert compact(path, MOST, least_bytes=0)
    return list(read_journal(path))


def without_thinned(state: RunState) -> str:
    """Return the state without what is documented as thinned, as text, in which nan equals itself."""
    return repr(asdict(replace(state, steps={}, messages=[])))


@given(RUNS)
@settings(deadline=None, max_examples=60)
def test_the_state_of_a_run_is_the_same_but_for_the_thinned_steps_and_messages(parts: list[list[ev.Event]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.jsonl"
        before = written(path, *(event for part in parts for event in part))
        is_compacted = compact(path, MOST, least_bytes=0)
        after = list(read_journal(path))
        assert is_compacted or repr(after) == repr(before)
        old, new = RunState.replay(before), RunState.replay(after)
        assert without_thinned(new) == without_thinned(old)
        kept = {number: old.steps[number] for number in old.steps if number in new.steps}
        assert list(map(repr, new.steps.items())) == list(map(repr, kept.items())), "a subset, in the same order"
        if old.steps:
            numbers = list(old.steps)
            assert {numbers[0], numbers[-1], max(numbers)} <= set(new.steps)
        assert {(each.level, each.message) for each in new.messages} == {
            (each.level, each.message) for each in old.messages
        }
        assert [each.seq for each in after] == sorted({each.seq for each in after}), "numbers ascend"
        assert max((each.seq for each in after), default=0) == len(before), "what follows goes on from the same number"
        for stage in ev.STAGES:
            assert RunTimes.replay(after).of_stage(stage) == pytest.approx(RunTimes.replay(before).of_stage(stage))


@given(RUNS)
@settings(deadline=None, max_examples=25)
def test_a_compacted_journal_is_not_compacted_again(parts: list[list[ev.Event]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.jsonl"
        written(path, *(event for part in parts for event in part))
        compact(path, MOST, least_bytes=0)
        assert not compact(path, MOST, least_bytes=0)


def test_a_compacted_journal_is_not_even_decoded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "events.jsonl"
    measured = [message(str(number)) for number in range(3)] + [SCORES] * 100
    written(path, STARTED, *map(step, range(1, 101)), *measured, FINISHED)
    compacted(path)

    def decode(_path: Path) -> None:
        raise AssertionError("the journal is decoded")

    monkeypatch.setattr("engine.api.compaction.journal_lines", decode)
    assert not compact(path, MOST, least_bytes=0)


def test_the_lines_that_stay_are_the_same_to_the_byte_and_one_line_notes_the_others(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    newer = b'{"event":"dreamt_of_later","seq":3}\n'
    written(path, STARTED, RECOVERING)
    with path.open("ab") as file:
        file.write(newer)
    written(path, *(step(number) for number in range(1, 101)), *3 * [message("Go on.")], FINISHED)
    before = path.read_bytes().splitlines(keepends=True)
    after = compacted(path)
    lines = path.read_bytes().splitlines(keepends=True)
    assert newer in lines
    assert len([line for line in lines if line not in before]) == 1
    (note,) = (event for event in after if isinstance(event, ev.JournalCompacted))
    assert (note.steps, note.messages, note.others, note.every) == (100 - 8, 1, 0, 16)
    assert sorted(RunState.replay(after).steps) == [1, 16, 32, 48, 64, 80, 96, 100]
    assert {path.name} == set(os.listdir(tmp_path)), "nothing is left beside it"


def test_a_later_compaction_adds_to_the_note_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    written(path, *(step(number) for number in range(1, 65)), FINISHED)
    compacted(path)
    written(path, STARTED, *(step(number) for number in range(65, 257)), HEARTBEAT, FINISHED)
    after = compacted(path)
    (note,) = (event for event in after if isinstance(event, ev.JournalCompacted))
    assert note.steps + len(RunState.replay(after).steps) == 256
    assert note.others == 1
    assert RunState.replay(after).steps.keys() >= {1, 32, 64, 128, 256}


def test_a_note_whose_counts_reach_the_largest_is_not_damaged_by_a_further_compaction(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    largest = ev.JournalCompacted(**dict.fromkeys(("steps", "messages", "others", "every"), LARGEST_COUNT))
    written(path, largest, *map(step, range(1, 65)), *3 * [message("Go on.")], HEARTBEAT, FINISHED)
    (note,) = (event for event in compacted(path) if isinstance(event, ev.JournalCompacted))
    assert {note.steps, note.messages, note.others, note.every} == {LARGEST_COUNT}


def test_all_scores_stay(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    before = written(path, *(part for number in range(100) for part in (SCORES, step(number))))
    after = compacted(path)
    kept = [event for event in after if isinstance(event, ev.CandidatesScored)]
    assert kept == [event for event in before if isinstance(event, ev.CandidatesScored)]


def test_a_damaged_journal_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    written(path, *map(step, range(100)))
    with path.open("ab") as file:
        file.write(b"{nonsense}\n")
    before = path.read_bytes()
    assert not compact(path, MOST, least_bytes=0)
    assert path.read_bytes() == before


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_where_the_disk_fails_the_old_journal_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    path = tmp_path / "events.jsonl"
    written(path, *map(step, range(100)))
    before = path.read_bytes()
    monkeypatch.setattr(os, call, _full_disk)
    assert not compact(path, MOST, least_bytes=0)
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert {path.name} == set(os.listdir(tmp_path)), "nothing is left beside it"


def _full_disk(*_arguments: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def end_run(run: Run, outcome: ev.Outcome) -> None:
    with RunLog(run, lambda _event: None) as log:
        log.record(ev.RunFinished(outcome=outcome, message=""))


def open_run(run: Run, _outcome: ev.Outcome) -> None:
    with RunLog(run, lambda _event: None) as log:
        log.record(STARTED)


@pytest.mark.parametrize(
    ("last", "act", "outcome", "is_compacted"),
    [
        (RECOVERING, end_run, "finished", True),
        (RECOVERING, end_run, "stopped", True),
        (RECOVERING, end_run, "paused", False),
        (RECOVERING, end_run, "failed", False),
        (FINISHED, open_run, "finished", True),
        (RECOVERING, open_run, "finished", False),
    ],
)
def test_a_journal_is_compacted_when_its_run_ends_or_is_opened_after_that(
    tmp_path: Path, last: ev.Event, act: Callable[[Run, ev.Outcome], None], outcome: ev.Outcome, is_compacted: bool
) -> None:
    run = Run(tmp_path)
    lines = [ev.encode_event(each) + b"\n" for each in (*map(step, range(9000)), last)]
    run.journal_path.write_bytes(b"".join(lines))
    act(run, outcome)
    assert any(isinstance(event, ev.JournalCompacted) for event in run.events()) == is_compacted
    assert len(RunState.replay(run.events()).steps) == (9000 if not is_compacted else 2251)
