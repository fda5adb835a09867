"""Populations, windows and the naive way to score them: really removing the layers and running the model."""

import math
from collections.abc import Sequence

import torch
from hypothesis import strategies as st
from torch import Tensor
from transformers import PreTrainedModel

from engine.api.events import RemovalSet
from engine.fitness.calibration_set import CalibrationWindows
from engine.fitness.evaluator import Evaluator
from engine.fitness.memory import Score, ScoreMemory
from engine.fitness.reference import TOP_K
from engine.models.decoder_stack import DecoderStack
from engine.models.surgery import remove_layers


def removal_sets(layers: int, most: int | None = None) -> st.SearchStrategy[RemovalSet]:
    """Sorted removal sets of a stack, any number of layers but all."""
    most = layers - 1 if most is None else most
    return st.sets(st.integers(0, layers - 1), max_size=most).map(lambda chosen: tuple(sorted(chosen)))


def token_windows(count: int, length: int, vocabulary: int, seed: int = 0) -> Tensor:
    """Random windows [count, length] without special tokens."""
    return torch.randint(3, vocabulary, (count, length), generator=torch.Generator().manual_seed(seed))


def evaluator_of(model: PreTrainedModel, tokens: Tensor, scored_every: int = 1, **options: object) -> Evaluator:
    """An evaluator with an empty memory that nobody listens to."""
    memory = ScoreMemory("model", "calibration", lambda _event: None)
    return Evaluator(CalibrationWindows(DecoderStack(model), tokens, scored_every), memory, **options)  # type: ignore[arg-type]


@torch.no_grad()
def naive_score(dense: PreTrainedModel, pruned: PreTrainedModel, removed: RemovalSet, tokens: Tensor) -> Score:
    """The definition: full forwards of both models, KL over the dense model's top K and one outcome for the rest.

    ``pruned`` is a copy of ``dense`` and loses its layers for good.
    """
    remove_layers(pruned, removed)
    p = torch.log_softmax(dense(input_ids=tokens, use_cache=False).logits[:, :-1].double(), -1).flatten(0, 1)
    q = torch.log_softmax(pruned(input_ids=tokens, use_cache=False).logits[:, :-1].double(), -1).flatten(0, 1)
    top = p.topk(min(TOP_K, p.shape[-1]), -1).indices
    kl = torch.stack([_divergence(*pair) for pair in zip(p, q, top, strict=True)]).mean()
    nll = -q.gather(-1, tokens[:, 1:].flatten()[:, None]).mean()
    return Score(float(kl), float(nll))


def _divergence(p: Tensor, q: Tensor, top: Tensor) -> Tensor:
    inside = (p[top].exp() * (p[top] - q[top])).sum()
    rest = torch.ones_like(p, dtype=torch.bool)
    rest[top] = False
    if not rest.any():
        return inside
    p_rest, q_rest = p[rest].logsumexp(0), q[rest].logsumexp(0)
    return inside + p_rest.exp() * (p_rest - q_rest)


def assert_close(scores: Sequence[Score], expected: Sequence[Score]) -> None:
    """Relative difference of at most 1e-4, as the product promises."""
    for score, wanted in zip(scores, expected, strict=True):
        assert math.isclose(score.kl, wanted.kl, rel_tol=1e-4, abs_tol=1e-6)
        assert math.isclose(score.nll, wanted.nll, rel_tol=1e-4)
