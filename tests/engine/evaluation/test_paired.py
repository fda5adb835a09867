"""Differences between models carry the error of the questions that they both answered."""

import statistics
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.evaluation.paired import Sampled, SampledFigures, paired_difference

MARKS = st.lists(st.tuples(st.sampled_from([0.0, 1.0]), st.sampled_from([0.0, 1.0])), min_size=2, max_size=40)


@given(MARKS)
def test_the_error_is_that_of_the_mean_of_the_differences(marks: list[tuple[float, float]]) -> None:
    differences = [ours - theirs for ours, theirs in marks]
    value, stderr = paired_difference([ours for ours, _ in marks], [theirs for _, theirs in marks])
    assert value == pytest.approx(statistics.mean(differences))
    assert stderr == pytest.approx(statistics.stdev(differences) / len(marks) ** 0.5, abs=1e-12)


@given(st.lists(st.floats(1.0, 9.0), min_size=2, max_size=9), st.floats(0.1, 2.0))
def test_a_loss_that_grows_everywhere_alike_has_no_error(weights: list[float], more: float) -> None:
    theirs = [3.0 * weight for weight in weights]
    value, stderr = paired_difference(
        [loss + more * weight for loss, weight in zip(theirs, weights, strict=True)], theirs, weights
    )
    assert value == pytest.approx(more)
    assert stderr == pytest.approx(0.0, abs=1e-6)


def test_a_single_sample_has_no_error() -> None:
    assert paired_difference([1.0], [0.0]) == (1.0, None)


def test_figures_are_found_again_by_a_later_session(tmp_path: Path) -> None:
    SampledFigures(tmp_path).keep("dense", "piqa, acc", Sampled(0.5, 0.1, (1.0, 0.0, 1.0, 0.0)))
    later = SampledFigures(tmp_path)
    later.keep("pruned", "piqa, acc", Sampled(0.25, 0.1, (1.0, 0.0, 0.0, 0.0)))
    difference = later.difference("pruned", "dense", "piqa, acc")
    assert difference is not None
    assert (difference.value, difference.stderr) == (pytest.approx(-0.25), pytest.approx(0.25))
    assert (difference.paired, difference.samples) == (True, 4)


def test_figures_without_samples_have_the_error_of_two_measurements() -> None:
    figures = SampledFigures()
    figures.keep("dense", "lambada, perplexity", Sampled(30.0, 3.0))
    figures.keep("pruned", "lambada, perplexity", Sampled(50.0, 4.0))
    difference = figures.difference("pruned", "dense", "lambada, perplexity")
    assert difference is not None
    assert (difference.value, difference.stderr, difference.paired) == (20.0, 5.0, False)
    assert figures.difference("recovered", "dense", "lambada, perplexity") is None


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"piqa, acc": 3}', '{"piqa, acc": {"value": 1}}', "\xff"])
def test_figures_that_cannot_be_read_are_as_if_never_kept(tmp_path: Path, content: str) -> None:
    (tmp_path / "dense.json").write_text(content, "latin-1")
    figures = SampledFigures(tmp_path)
    figures.keep("pruned", "piqa, acc", Sampled(0.25, 0.1, (1.0, 0.0)))
    assert figures.difference("pruned", "dense", "piqa, acc") is None
    figures.keep("dense", "piqa, acc", Sampled(0.5, 0.1, (1.0, 1.0)))
    again = SampledFigures(tmp_path).difference("pruned", "dense", "piqa, acc")
    assert again is not None
