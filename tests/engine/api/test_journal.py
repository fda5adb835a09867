"""The journal gives back what was written, whatever a crash cut off."""

import math
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.api.event import message_logged
from engine.api.events import (
    CandidatesScored,
    Event,
    MessageLogged,
    RecoveryFinished,
    RecoveryMeasured,
    ReferenceMeasured,
    StageStarted,
    decode_event,
    encode_event,
)
from engine.api.journal import Journal, read_journal
from engine.api.message import worded
from tests.engine.api.samples import KINDS, events


def write(path: Path, written: list[Event]) -> list[Event]:
    journal = Journal(path)
    numbered = [journal.append(event) for event in written]
    journal.close()
    return numbered


def same(one: list[Event], other: list[Event]) -> bool:
    """Equality in which an undefined number equals itself."""
    return repr(one) == repr(other)


def test_every_kind_of_event_has_a_name_of_its_own() -> None:
    names = [kind.__struct_config__.tag for kind in KINDS]
    assert len(set(names)) == len(names)
    assert StageStarted.__struct_config__.tag == "stage_started"


@given(st.lists(events(), max_size=8))
@settings(deadline=None)
def test_a_journal_gives_back_what_was_written(written: list[Event]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.jsonl"
        numbered = write(path, written)
        assert same(list(read_journal(path)), numbered)
        assert [event.seq for event in numbered] == list(range(1, len(written) + 1))
        assert path.read_bytes().count(b"\n") == len(written)


@given(st.lists(events(), min_size=1, max_size=5), st.lists(events(), max_size=3), st.integers(0, 10**6))
@settings(deadline=None)
def test_a_torn_last_line_is_dropped_and_appending_goes_on(written: list[Event], more: list[Event], part: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.jsonl"
        kept = write(path, written)[:-1]
        content = path.read_bytes()
        last_line = content.rfind(b"\n", 0, -1) + 1
        path.write_bytes(content[: last_line + part % (len(content) - last_line)])

        assert same(list(read_journal(path)), kept)
        added = write(path, more)
        assert same(list(read_journal(path)), kept + added)
        assert [event.seq for event in kept + added] == list(range(1, len(kept + added) + 1))


def test_infinite_and_undefined_numbers_survive() -> None:
    scored = CandidatesScored(
        model="m", calibration="c", level=0, removed=((1,), (2,)), kl=(math.inf, 0.5), nll=(1.0, -math.inf)
    )
    assert decode_event(encode_event(scored)) == scored
    undefined = decode_event(encode_event(ReferenceMeasured(perplexity=math.nan, scored_positions=3)))
    assert isinstance(undefined, ReferenceMeasured)
    assert math.isnan(undefined.perplexity)


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan])
def test_a_message_that_rounds_an_infinite_or_undefined_number_reads_the_same_again(number: float) -> None:
    said = message_logged("warning", worded("KL {0:.4f} on {1}", number, "nan"))
    read = decode_event(encode_event(said))
    assert isinstance(read, MessageLogged)
    assert read.template is not None
    assert read.template.words() == said.message == f"KL {number:.4f} on nan"


def test_a_kind_of_event_from_a_newer_version_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    first, second = write(path, [StageStarted(stage="search"), MessageLogged(level="info", message="line\nbreak")])
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + b'{"event":"moon_landed","seq":99}\n' + lines[1])
    assert list(read_journal(path)) == [first, second]


def test_the_numbers_go_on_in_the_next_session(tmp_path: Path) -> None:
    path = tmp_path / "runs" / "0001-pso" / "events.jsonl"
    write(path, [StageStarted(stage="model")])
    (event,) = write(path, [StageStarted(stage="search")])
    assert event.seq == 2
    assert event.time > 0


def test_what_is_appended_is_on_disk_before_the_journal_is_closed(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "events.jsonl")
    event = journal.append(StageStarted(stage="model"))
    assert list(read_journal(tmp_path / "events.jsonl")) == [event]
    journal.close()
    journal.close()


def test_a_line_that_is_no_event_is_refused() -> None:
    with pytest.raises(msgspec.MsgspecError):
        decode_event(b'{"event":"stage_started","stage":"lunch"}')


def test_lines_of_an_earlier_version_are_read_under_the_present_names(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(
        b'{"event":"recovery_measured","seq":1,"time":2.5,"step":8,"heldout_kl":0.5,"heldout_perplexity":"inf",'
        b'"best":true}\n'
        b'{"event":"recovery_finished","seq":2,"time":3.5,"helped":true,"best_step":8,"heldout_kl_before":0.75,'
        b'"heldout_kl_after":0.5,"seconds":1.0}\n'
    )
    assert list(read_journal(path)) == [
        RecoveryMeasured(seq=1, time=2.5, step=8, validation_kl=0.5, validation_perplexity=math.inf, best=True),
        RecoveryFinished(
            seq=2, time=3.5, helped=True, best_step=8, validation_kl_before=0.75, validation_kl_after=0.5, seconds=1.0
        ),
    ]
