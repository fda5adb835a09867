"""The weighted ridge regression: its solution is where the gradient vanishes, whatever the batches."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from engine.compensation.least_squares import LeastSquares

CPU = torch.device("cpu")


def problem(seed: int, rows: int = 40, inputs: int = 5, outputs: int = 3) -> tuple[Tensor, Tensor, Tensor]:
    """Random inputs, targets and weights in float64."""
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn((rows, inputs), generator=generator, dtype=torch.float64)
    y = torch.randn((rows, outputs), generator=generator, dtype=torch.float64)
    weights = torch.rand((rows,), generator=generator, dtype=torch.float64) + 0.1
    return x, y, weights


def summed(x: Tensor, y: Tensor, weights: Tensor, bias: bool, batch: int = 7) -> LeastSquares:
    """The problem, added batch by batch."""
    found = LeastSquares(x.shape[1], y.shape[1], bias, CPU)
    for part in zip(x.split(batch), y.split(batch), weights.split(batch), strict=True):
        found.add(*part)
    return found


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.booleans(), st.sampled_from([1e-6, 0.03, 1.0]))
def test_the_gradient_of_the_objective_is_zero_at_the_solution(seed: int, bias: bool, share: float) -> None:
    x, y, weights = problem(seed)
    change, offset = summed(x, y, weights, bias).solve(share)
    ridge = share * float((x * weights[:, None]).square().sum(0).mean())
    change.requires_grad_()
    offset.requires_grad_()
    error = (weights[:, None] * (x @ change.T + (offset if bias else 0) - y)).square().sum()
    (error + ridge * change.square().sum()).backward()
    assert change.grad is not None
    assert change.grad.abs().max() < 1e-8
    if bias:
        assert offset.grad is not None
        assert offset.grad.abs().max() < 1e-8


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 40))
def test_the_batches_do_not_matter(seed: int, batch: int) -> None:
    x, y, weights = problem(seed)
    whole, parts = summed(x, y, weights, True, 40), summed(x, y, weights, True, batch)
    assert torch.allclose(whole.solve(0.1)[0], parts.solve(0.1)[0], atol=1e-10)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_a_smaller_ridge_leaves_no_more_of_the_error(seed: int, bias: bool) -> None:
    x, y, weights = problem(seed)
    sums = summed(x, y, weights, bias)

    def residual(share: float) -> float:
        change, offset = sums.solve(share)
        return float((weights[:, None] * (x @ change.T + offset - y)).square().sum())

    found = [residual(share) for share in (1e-6, 0.03, 1.0, 1000.0)]
    assert found == sorted(found)
    assert found[-1] <= float((weights[:, None] * y).square().sum())


def test_inputs_that_are_always_zero_get_no_weight() -> None:
    x, y, weights = problem(2)
    x[:, 3] = 0.0
    change, _ = summed(x, y, weights, False).solve(1e-3)
    assert change.isfinite().all()
    assert change[:, 3].abs().max() == 0.0


def test_no_rows_but_zeros_give_no_change() -> None:
    x, y, weights = problem(3)
    change, offset = summed(torch.zeros_like(x), y, weights, False).solve(0.1)
    assert not change.any()
    assert not offset.any()


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_rows_that_are_not_finite_are_left_out(bad: float) -> None:
    inputs, targets = torch.randn(40, 6), torch.randn(40, 3)
    clean = LeastSquares(6, 3, False, CPU)
    clean.add(inputs, targets, torch.ones(40))
    other = LeastSquares(6, 3, False, CPU)
    strange, missing = torch.cat([inputs, inputs[:2]]), torch.cat([targets, targets[:2]])
    strange[40, 2] = missing[41, 1] = bad
    other.add(strange, missing, torch.ones(42))
    assert torch.equal(other.solve(0.1)[0], clean.solve(0.1)[0])


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.booleans(), st.floats(100.0, 1000.0))
def test_held_rows_stay_as_they_are_however_long(seed: int, bias: bool, length: float) -> None:
    """The ridge does not grow with them either, so directions apart from theirs are fitted as without them."""
    x, y, weights = problem(seed)
    x[:, 0] = 0.0
    free, held = summed(x, y, weights, bias), summed(x, y, weights, bias)
    first = torch.zeros((2, x.shape[1]), dtype=torch.float64)
    first[:, 0] = length
    held.hold(first, torch.full((2,), 1000.0, dtype=torch.float64))
    (change, offset), (expected, _) = held.solve(0.1), free.solve(0.1)
    assert float((first @ change.T + offset).abs().max()) < 1e-3
    if not bias:
        assert torch.allclose(change, expected, atol=1e-9)
