"""Intervals of what was measured never leave what the figure can be."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api.events import DifferenceMeasured, TaskEvaluated
from engine.results.intervals import difference_interval, task_interval

SHARES = ("acc", "acc_norm", "exact_match (strict-match)", "prompt_level_strict_acc", "f1", "em", "pass@1")


def figure(
    value: float, stderr: float | None, metric: str = "acc", samples: int = 20, is_share: bool = False
) -> TaskEvaluated:
    return TaskEvaluated(
        variant="dense", task="t", metric=metric, value=value, stderr=stderr, samples=samples, is_share=is_share
    )


def difference(value: float, stderr: float | None, name: str = "t, acc") -> DifferenceMeasured:
    return DifferenceMeasured(
        variant="pruned", against="dense", figure=name, value=value, stderr=stderr, paired=True, samples=20
    )


def test_an_interval_reaches_1_96_standard_errors_to_both_sides() -> None:
    assert task_interval(figure(0.68, 0.01)) == pytest.approx((0.6604, 0.6996))
    assert difference_interval(difference(-0.13, 0.01)) == pytest.approx((-0.1496, -0.1104))


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.sampled_from(SHARES))
def test_the_interval_of_a_share_stays_within_0_and_1_and_holds_the_figure(counts: tuple[int, int], name: str) -> None:
    right, of = counts
    value = right / of
    stderr = math.sqrt(value * (1 - value) / max(of - 1, 1))
    interval = task_interval(figure(value, stderr, name, of))
    assert interval is not None
    low, high = interval
    assert 0 <= low <= value <= high <= 1
    assert low < high


def test_where_all_answers_are_right_or_wrong_the_interval_is_wilsons() -> None:
    # The bound p of Wilson's interval solves (1 - p)^2 = 1.96^2 p (1 - p) / 20.
    low, high = task_interval(figure(1.0, 0.0)) or (0.0, 0.0)
    assert (1 - low) ** 2 == pytest.approx(1.96**2 * low * (1 - low) / 20)
    assert (low, high) == pytest.approx((0.839, 1.0), abs=1e-3)
    assert task_interval(figure(0.0, 0.0)) == pytest.approx((0.0, 1 - low))


def test_a_figure_that_every_question_counted_0_or_1_for_is_a_share_whatever_its_name() -> None:
    assert task_interval(figure(0.99, 0.02, "my_score", is_share=True)) == pytest.approx((0.9508, 1.0))
    assert task_interval(figure(0.99, 0.02, "my_score")) == pytest.approx((0.9508, 1.0292))


@pytest.mark.parametrize(
    ("metric", "least"), [("perplexity", 1.0), ("word_perplexity", 1.0), ("bits_per_byte", 0.0), ("mcc", -math.inf)]
)
def test_other_figures_have_bounds_of_their_own(metric: str, least: float) -> None:
    interval = task_interval(figure(2.0, 5.0, metric))
    assert interval == pytest.approx((max(least, -7.8), 11.8))


def test_the_difference_of_two_shares_stays_within_minus_1_and_1() -> None:
    assert difference_interval(difference(-0.97, 0.05)) == pytest.approx((-1.0, -0.872))
    assert difference_interval(difference(-1.97, 0.05, "t, perplexity")) == pytest.approx((-2.068, -1.872))
    assert difference_interval(difference(-1.97, 0.05, "bits per byte, acc")) == pytest.approx((-2.068, -1.872))


@pytest.mark.parametrize("stderr", [None, math.nan, math.inf])
def test_without_a_standard_error_there_is_no_interval(stderr: float | None) -> None:
    assert task_interval(figure(0.5, stderr)) is None
    assert difference_interval(difference(0.5, stderr)) is None


def test_models_that_answered_every_question_alike_have_no_interval_of_their_difference() -> None:
    assert difference_interval(difference(0.0, 0.0)) is None
