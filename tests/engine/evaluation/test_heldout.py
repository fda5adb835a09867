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
    losses = reference.measure(pruned, silent)
    assert losses.perplexity == pytest.approx(math.exp(expected.nll), rel=1e-4)
    with torch.no_grad():
        p, q = (torch.log_softmax(model(input_ids=WINDOWS, use_cache=False).logits, -1) for model in (dense, pruned))
    by_window = (p.exp() * (p - q)).sum(-1).mean(-1)
    assert losses.divergence.value == pytest.approx(float(by_window.mean()), rel=1e-4)
    assert losses.divergence.stderr == pytest.approx(float(by_window.std()) / len(WINDOWS) ** 0.5, rel=1e-3)


def test_the_error_of_a_perplexity_is_what_other_windows_of_the_text_would_change() -> None:
    """Against the spread over resampled windows (bootstrap), which knows nothing of the delta method."""
    dense = tiny_models()["llama"]()
    losses = HeldoutReference.of(dense, WINDOWS, silent).measure(dense, silent)
    nll = torch.tensor(losses.losses, dtype=torch.float64) / (losses.length - 1)
    drawn = torch.randint(len(nll), (4000, len(nll)), generator=torch.Generator().manual_seed(0))
    assert losses.perplexity_error == pytest.approx(float(nll[drawn].mean(-1).exp().std()), rel=0.1)


def test_a_single_window_has_no_error() -> None:
    dense = tiny_models()["llama"]()
    losses = HeldoutReference.of(dense, WINDOWS[:1], silent).measure(dense, silent)
    assert losses.perplexity_error is None
    assert losses.divergence.stderr is None


@pytest.mark.parametrize("family", CORE_FAMILIES)
def test_the_dense_model_is_at_distance_zero_from_itself(family: str) -> None:
    dense = tiny_models()[family]()
    divergence = HeldoutReference.of(dense, WINDOWS, silent).measure(dense, silent).divergence
    assert (divergence.value, divergence.stderr) == (0.0, 0.0)


def test_a_perplexity_beyond_all_numbers_is_infinite() -> None:
    assert perplexity(2000.0) == math.inf
