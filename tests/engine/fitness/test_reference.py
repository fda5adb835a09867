"""The dense reference: a small part of the vocabulary and one outcome for the rest."""

import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.fitness.reference import DenseReference


def logits_of(seed: int, scale: float = 2.0) -> torch.Tensor:
    return scale * torch.randn(5, 40, generator=torch.Generator().manual_seed(seed))


def divergence(reference: DenseReference, logits: torch.Tensor) -> torch.Tensor:
    return reference.divergence(logits, logits.logsumexp(-1, keepdim=True))


def full_divergence(dense: torch.Tensor, candidate: torch.Tensor) -> torch.Tensor:
    p, q = torch.log_softmax(dense, -1), torch.log_softmax(candidate, -1)
    return (p.exp() * (p - q)).sum(-1)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 40))
def test_it_lies_between_zero_and_the_divergence_over_the_whole_vocabulary(one: int, other: int, k: int) -> None:
    dense, candidate = logits_of(one), logits_of(other)
    found = divergence(DenseReference.of(dense, k), candidate)
    assert (found >= -1e-5).all()
    assert (found <= full_divergence(dense, candidate) + 1e-4).all()


def test_with_the_whole_vocabulary_kept_it_is_the_full_divergence() -> None:
    dense, candidate = logits_of(1), logits_of(2)
    torch.testing.assert_close(
        divergence(DenseReference.of(dense, 40), candidate), full_divergence(dense, candidate), rtol=1e-4, atol=1e-5
    )


def test_mass_that_moves_into_the_rest_is_seen() -> None:
    dense = torch.zeros(1, 40)
    dense[0, 0] = 8.0
    candidate = torch.zeros(1, 40)
    assert divergence(DenseReference.of(dense, 1), candidate).item() > 3.0


@given(st.integers(0, 10**6), st.integers(1, 40))
def test_the_dense_model_is_at_distance_zero_from_itself(seed: int, k: int) -> None:
    dense = logits_of(seed)
    assert divergence(DenseReference.of(dense, k), dense).abs().max() < 1e-5


def test_parts_joined_are_the_whole() -> None:
    whole = DenseReference.of(logits_of(3), 8)
    joined = DenseReference.joined([whole.part(0, 2), whole.part(2, 5)])
    torch.testing.assert_close(joined.log_probs, whole.log_probs)
    torch.testing.assert_close(joined.tokens, whole.tokens)
    torch.testing.assert_close(joined.log_tail, whole.log_tail)
