"""The chunked loss is the whole loss."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn.functional import cross_entropy, log_softmax

from engine.fitness.reference import DenseReference
from engine.models.causal_head import CausalHead
from engine.recovery.loss import chunk_positions, chunked_loss, flat_head, kl_to_dense, next_token
from tests.engine.recovery.cases import FAMILIES, dense_model

POSITIONS, HIDDEN, VOCABULARY = 13, 6, 20


def random_case(seed: int) -> tuple[Tensor, Tensor, Tensor]:
    """Hidden states, head weight and dense logits."""
    generator = torch.Generator().manual_seed(seed)
    shapes = ((POSITIONS, HIDDEN), (VOCABULARY, HIDDEN), (POSITIONS, VOCABULARY))
    hidden, weight, dense = (torch.randn(shape, generator=generator) for shape in shapes)
    return hidden.requires_grad_(), weight, dense


@given(seed=st.integers(0, 1000), chunk=st.integers(1, 2 * POSITIONS))
@settings(deadline=None)
def test_loss_and_gradient_are_those_of_the_whole(seed: int, chunk: int) -> None:
    hidden, weight, dense = random_case(seed)
    reference = DenseReference.of(dense, k=5)
    targets = dense.argmax(-1)
    for sum_loss in (kl_to_dense(reference), next_token(targets)):
        whole = sum_loss(hidden @ weight.T, 0, POSITIONS)
        chunked = chunked_loss(hidden, lambda part: part @ weight.T, sum_loss, chunk)
        torch.testing.assert_close(chunked, whole)
        (expected,) = torch.autograd.grad(whole * 0.7, hidden)
        (gradient,) = torch.autograd.grad(chunked * 0.7, hidden)
        torch.testing.assert_close(gradient, expected, rtol=5e-4, atol=1e-5)


def test_the_head_never_sees_more_than_a_chunk() -> None:
    hidden, weight, dense = random_case(0)
    seen: list[int] = []

    def head(part: Tensor) -> Tensor:
        seen.append(len(part))
        return part @ weight.T

    chunked_loss(hidden, head, next_token(dense.argmax(-1)), chunk=4)
    assert seen == [4, 4, 4, 1]


def test_a_chunk_of_logits_stays_small_for_any_vocabulary() -> None:
    assert chunk_positions(128_000) * 128_000 * 4 <= 64 * 2**20
    assert chunk_positions(10**9) == 1


@given(seed=st.integers(0, 1000))
def test_kl_with_all_outcomes_kept_is_the_full_kl(seed: int) -> None:
    hidden, weight, dense = random_case(seed)
    logits = hidden @ weight.T
    student, teacher = log_softmax(logits, -1), log_softmax(dense, -1)
    full = (teacher.exp() * (teacher - student)).sum()
    kept = kl_to_dense(DenseReference.of(dense, k=VOCABULARY))(logits, 0, POSITIONS)
    torch.testing.assert_close(kept, full, rtol=1e-3, atol=1e-3)


def test_kl_of_the_dense_model_to_itself_is_zero_and_flat() -> None:
    _, _, dense = random_case(0)
    logits = dense.clone().requires_grad_()
    loss = kl_to_dense(DenseReference.of(dense, k=5))(logits, 0, POSITIONS)
    (gradient,) = torch.autograd.grad(loss, logits)
    assert loss.item() == pytest.approx(0.0, abs=1e-5)
    assert gradient.abs().max() < 1e-5


def test_positions_without_a_next_token_do_not_count() -> None:
    _, _, dense = random_case(0)
    targets = dense.argmin(-1)
    masked = targets.clone()
    masked[3:] = -100
    assert next_token(masked)(dense, 0, POSITIONS) == cross_entropy(dense[:3], targets[:3], reduction="sum")


@pytest.mark.parametrize("family", FAMILIES)
@torch.no_grad()
def test_the_head_takes_more_positions_than_the_context_is_long(family: str) -> None:
    model = dense_model(family)
    hidden = torch.randn(300, 32, generator=torch.Generator().manual_seed(0))
    head = CausalHead(model)
    expected = torch.cat([head(part[None])[0] for part in hidden.split(100)])
    torch.testing.assert_close(flat_head(head)(hidden), expected)
