"""Held-out figures are those of a plain forward pass."""

import math

import pytest
import torch

from engine.evaluation.heldout import HeldoutReference
from engine.fitness.objective import perplexity
from engine.models.progress import silent
from tests.engine.fitness.cases import naive_score, token_windows
from tests.engine.tiny_models import CORE_FAMILIES, VOCABULARY, tiny_models

WINDOWS = token_windows(70, 20, VOCABULARY)  # more than one batch


@pytest.mark.parametrize("family", CORE_FAMILIES)
def test_kl_and_perplexity_are_those_of_the_whole_vocabulary(family: str) -> None:
    build = tiny_models()[family]
    dense, pruned = build(), build()
    reference = HeldoutReference.of(dense, WINDOWS, silent)
    expected = naive_score(dense, pruned, (2, 4), WINDOWS)
    kl, perplexity = reference.measure(pruned, silent)
    assert perplexity == pytest.approx(math.exp(expected.nll), rel=1e-4)
    with torch.no_grad():
        p, q = (torch.log_softmax(model(input_ids=WINDOWS, use_cache=False).logits, -1) for model in (dense, pruned))
    assert kl == pytest.approx(float((p.exp() * (p - q)).sum(-1).mean()), rel=1e-4)


@pytest.mark.parametrize("family", CORE_FAMILIES)
def test_the_dense_model_is_at_distance_zero_from_itself(family: str) -> None:
    dense = tiny_models()[family]()
    assert HeldoutReference.of(dense, WINDOWS, silent).measure(dense, silent)[0] == 0.0


def test_a_perplexity_beyond_all_numbers_is_infinite() -> None:
    assert perplexity(2000.0) == math.inf
