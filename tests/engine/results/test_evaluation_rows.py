"""Errors, intervals and differences stand beside the figures that they belong to."""

from engine.api.events import DifferenceMeasured, SpeedMeasured, Spread, TaskEvaluated, TextEvaluated
from engine.api.run_state import RunState
from engine.results.evaluation_rows import evaluation_rows


def rows(*events: object) -> dict[str, tuple[str, ...]]:
    state = RunState.replay(events)  # type: ignore[arg-type]
    return {row.label: row.values for row in evaluation_rows(state, ("dense", "pruned"))}


TASK = TaskEvaluated(variant="dense", task="piqa", metric="acc", value=0.68, stderr=0.01, samples=100)


def test_a_task_has_its_error_and_its_interval() -> None:
    found = rows(TASK)
    assert found["piqa, acc"] == ("0.6800 ± 0.0100", "–")
    assert found["  95 % interval"] == ("0.6604 to 0.6996", "–")


def test_an_interval_of_a_share_stays_within_0_and_1() -> None:
    nearly = TaskEvaluated(variant="dense", task="piqa", metric="acc", value=0.98, stderr=0.02, samples=50)
    assert rows(nearly)["  95 % interval"][0] == "0.9408 to 1.0000"


def test_a_difference_has_its_own_error() -> None:
    difference = DifferenceMeasured(
        variant="pruned", against="dense", figure="piqa, acc", value=-0.13, stderr=0.008, paired=True, samples=100
    )
    assert rows(TASK, difference)["  against dense"] == ("–", "-0.1300 ± 0.0080")


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
    assert found["wiki.txt: perplexity"] == ("12.50", "–")
    assert (found["  of a word"][0], found["  of a byte"][0]) == ("23.00", "1.9000")
    assert found["  bits per byte"][0] == "0.9260"


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
    state = RunState.replay([text("x/a/test.txt"), text("x/b/test.txt"), difference])
    labels = [row.label for row in evaluation_rows(state, ("dense", "pruned"))]
    assert [label for label in labels if "test.txt" in label] == ["a/test.txt: perplexity", "b/test.txt: perplexity"]
    assert labels[-1] == "  against dense"


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
    assert found["4 x 128 tokens read, /s"] == ("–", "587 (570-600)")
    assert found["  written, /s"] == ("–", "25.2 (24.0-26.0)")
