"""Errors, intervals and differences stand beside the figures that they belong to."""

from engine.api.events import DifferenceMeasured, SpeedMeasured, Spread, TaskEvaluated, TextEvaluated
from engine.api.run_state import RunState
from engine.results.comparison_row import Column
from engine.results.evaluation_rows import speed_rows, task_rows, text_rows
from tests.engine.results.words import plain

COLUMNS = (Column("dense"), Column("pruned"), Column("pruned", is_difference=True))


def rows(*events: object) -> dict[str, tuple[str, ...]]:
    state = RunState.replay(events)  # type: ignore[arg-type]
    found = (*speed_rows(state), *text_rows(state), *task_rows(state))
    return {plain(row.name.words()): tuple(plain(row.words(column)) for column in COLUMNS) for row in found}


TASK = TaskEvaluated(variant="dense", task="piqa", metric="acc", value=0.68, stderr=0.01, samples=100)


def test_a_task_has_its_error_and_its_interval() -> None:
    found = rows(TASK)
    assert found["piqa, acc"] == ("0.680 ± 0.010", "–", "")
    assert found["piqa, acc, 95 % interval"] == ("0.660 to 0.700", "–", "")


def test_an_interval_of_a_share_stays_within_0_and_1() -> None:
    nearly = TaskEvaluated(variant="dense", task="piqa", metric="acc", value=0.98, stderr=0.02, samples=50)
    assert rows(nearly)["piqa, acc, 95 % interval"][0] == "0.941 to 1.00"


def test_a_difference_has_its_own_error() -> None:
    difference = DifferenceMeasured(
        variant="pruned", against="dense", figure="piqa, acc", value=-0.13, stderr=0.008, paired=True, samples=100
    )
    assert rows(TASK, difference)["piqa, acc"][2] == "-0.130 ± 0.008"


def text(path: str) -> TextEvaluated:
    return TextEvaluated(
        variant="dense",
        text=path,
        tokens=100,
        words=80,
        bytes=400,
        token_perplexity=12.5,
        word_perplexity=23.0,
        byte_perplexity=1.9,
        bits_per_byte=0.926,
    )


def test_a_text_has_every_figure_of_lm_eval() -> None:
    found = rows(text("books/wiki.txt"))
    assert found["Perplexity, wiki.txt"] == ("12.5", "–", "")
    assert (found["Word perplexity, wiki.txt"][0], found["Byte perplexity, wiki.txt"][0]) == ("23.0", "1.90")
    assert found["Bits per byte, wiki.txt"][0] == "0.926"


def test_texts_of_one_name_are_told_apart_with_their_differences() -> None:
    difference = DifferenceMeasured(
        variant="pruned",
        against="dense",
        figure="bits per byte, b/test.txt",
        value=0.1,
        stderr=None,
        paired=True,
        samples=1,
    )
    found = rows(text("x/a/test.txt"), text("x/b/test.txt"), difference)
    assert found["Bits per byte, a/test.txt"][2] == ""
    assert found["Bits per byte, b/test.txt"][2] == "+0.100"


def test_a_pace_has_its_spread() -> None:
    speed = SpeedMeasured(
        variant="pruned",
        prompt_tokens=128,
        batch_size=4,
        prefill=Spread(586.9, 570.0, 600.2),
        decode=Spread(25.17, 24.0, 26.0),
        peak_memory=538_000_000,
        repeats=3,
    )
    found = rows(speed)
    assert found["Prefill in tokens/s, 4 × 128 tokens"] == ("–", "587 (570–600)", "")
    assert found["Decode in tokens/s, 4 × 128 tokens"] == ("–", "25.2 (24.0–26.0)", "")
