"""The training loss is smoothed alike in the window and in the report."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.results.smoothing import smoothed_loss, trailing_mean


@given(st.lists(st.floats(-100, 100), max_size=60), st.integers(1, 12))
def test_a_trailing_mean_looks_back_only(values: list[float], width: int) -> None:
    smooth = trailing_mean(range(len(values)), np.array(values, dtype=np.float64), width)
    expected = [np.mean(values[max(place - width + 1, 0) : place + 1]) for place in range(len(values))]
    assert smooth == pytest.approx(expected, abs=1e-9)


def test_a_long_run_is_smoothed_over_a_twentieth_of_its_plan() -> None:
    values = np.arange(400, dtype=np.float64)
    assert smoothed_loss(range(len(values)), values, planned_steps=800)[-1] == pytest.approx(np.mean(values[-40:]))
    assert smoothed_loss(range(5), values[:5], planned_steps=0) == pytest.approx([0, 0.5, 1, 1.5, 2])


def test_a_step_without_a_finite_loss_spoils_no_later_mean() -> None:
    smooth = trailing_mean(range(5), [1.0, math.inf, 3.0, math.nan, 5.0], 2)
    assert smooth == pytest.approx([1.0, 1.0, 3.0, 3.0, 5.0])
    assert np.isnan(trailing_mean(range(2), [math.nan, 1.0], 1)[0])


def test_thinned_steps_are_smoothed_over_the_same_width() -> None:
    steps = np.arange(1, 8001)
    losses = 2.0 + np.sin(steps / 500)
    thinned = smoothed_loss(steps[7::8], losses[7::8], planned_steps=8000)
    assert thinned == pytest.approx(smoothed_loss(steps, losses, planned_steps=8000)[7::8], abs=0.01)
