"""A speed is shown with its spread, and marked where other programs disturbed it."""

import pytest

from engine.api.evaluation_events import HELDOUT_LOG_PERPLEXITY
from engine.api.event import Event
from engine.api.events import DifferenceMeasured, ModelEvaluated, SpeedMeasured, Spread
from engine.api.run_state import RunState
from engine.api.settings import Variant
from engine.results.comparison import comparison
from engine.results.comparison_row import Column, ComparisonRow
from engine.results.speed_notes import BUSY_LOAD, busy_note

DECODE = "Decode in tokens/s, 1 × 128 tokens"


def speed(variant: Variant, median: float, reach: float = 1.0, load: float | None = 0.0) -> SpeedMeasured:
    spread = Spread(median, median - reach, median + reach)
    return SpeedMeasured(
        variant=variant,
        prompt_tokens=128,
        batch_size=1,
        prefill=spread,
        decode=spread,
        peak_memory=1,
        repeats=3,
        others_load=load,
    )


def model(variant: Variant) -> ModelEvaluated:
    return ModelEvaluated(
        variant=variant,
        layers=3,
        parameters=10,
        bytes=20,
        heldout_perplexity=9.0,
        heldout_kl=0.1,
        text_perplexity=None,
        prefill_tokens_per_second=999.0,
        decode_tokens_per_second=999.0,
        peak_memory=1,
    )


def rows(*events: Event) -> dict[str, ComparisonRow]:
    state = RunState.replay([model("dense"), model("pruned"), *events])
    return {row.name.words(): row for row in comparison(state).rows}


PRUNED = Column("pruned")
CHANGE = Column("pruned", is_difference=True)


@pytest.mark.parametrize(
    ("pruned", "is_good"),
    [
        (speed("pruned", 33.0), True),
        (speed("pruned", 27.0), False),
        (speed("pruned", 31.9), None),
        (speed("pruned", 60.0, reach=40.0), None),
        (speed("pruned", 60.0, load=BUSY_LOAD), None),
        (speed("pruned", 60.0, load=None), True),
    ],
    ids=["faster", "slower", "within the spread", "spread widely", "busy", "old journal"],
)
def test_a_speed_gains_or_loses_only_beyond_its_spread_on_a_quiet_computer(
    pruned: SpeedMeasured, is_good: bool | None
) -> None:
    assert rows(speed("dense", 30.0), pruned)[DECODE].is_good(CHANGE) is is_good
    assert rows(speed("dense", 30.0, load=0.5), pruned)[DECODE].is_good(CHANGE) is None


def test_a_busy_computer_is_marked_and_explained() -> None:
    events = speed("dense", 30.0), speed("pruned", 60.0, load=0.412)
    assert rows(*events)[DECODE].words(PRUNED) == "60.0 (59.0–61.0) *"
    assert rows(*events)[DECODE].words(Column("dense")) == "30.0 (29.0–31.0)"
    note = busy_note(RunState.replay(events))
    assert note is not None
    assert "up to 41.2\u202f% of the processor" in note.words()
    assert busy_note(RunState.replay([speed("dense", 30.0, load=None)])) is None


def test_no_speed_stands_in_the_table_without_its_spread() -> None:
    assert not {"Prefill speed", "Decode speed"} & set(rows(speed("dense", 30.0)))
    without = rows()["Decode speed"]
    assert without.is_good(CHANGE) is None, "an old journal has no spread"


def test_a_speed_that_is_measured_again_replaces_the_first_everywhere() -> None:
    state = RunState.replay([speed("pruned", 30.0, load=0.6), model("pruned"), speed("pruned", 40.0)])
    assert state.evaluated["pruned"].decode_tokens_per_second == 40.0
    assert [each.decode.median for each in state.speeds.values()] == [40.0]
    assert busy_note(state) is None


@pytest.mark.parametrize(("value", "is_good"), [(0.0004, None), (-0.0004, None), (0.0006, False), (-0.0006, True)])
def test_a_difference_that_is_shown_as_zero_is_neither_gain_nor_loss(value: float, is_good: bool | None) -> None:
    difference = DifferenceMeasured(
        variant="pruned",
        against="dense",
        figure=HELDOUT_LOG_PERPLEXITY,
        value=value,
        stderr=1e-5,
        paired=True,
        samples=9,
    )
    row = rows(difference)["Held-out perplexity"]
    assert row.is_good(CHANGE) is is_good
    assert ("0.0\u202f%" in row.words(CHANGE)) == (is_good is None)
