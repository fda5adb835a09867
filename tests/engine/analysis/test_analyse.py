"""The analysis tells of each layer what a plain forward pass and a real removal tell."""

import math

import pytest
import torch
from transformers import PreTrainedModel

from engine.analysis.analyse import analyse_layers
from engine.fitness.objective import perplexity
from engine.models.sizes import ModelSizes
from tests.engine.fitness.cases import evaluator_of, naive_score, token_windows
from tests.engine.tiny_models import CORE_FAMILIES, LAYERS, VOCABULARY, tiny_models

SIZES = ModelSizes(
    layers=LAYERS,
    parameters=10_000,
    bytes=40_000,
    layer_parameters=tuple(range(100, 100 + LAYERS)),
    layer_bytes=tuple(range(400, 400 + LAYERS)),
)
TOKENS = token_windows(5, 16, VOCABULARY)


@torch.no_grad()
def hidden_states(model: PreTrainedModel) -> list[torch.Tensor]:
    """In front of each layer, and behind the last one, as hooks on the model's own forward see them."""
    seen: list[torch.Tensor] = []
    layers = [module for name, module in model.named_modules() if name.split(".")[-2:-1] in (["layers"], ["h"])]
    hooks = [layer.register_forward_hook(lambda _m, args, out: seen.extend((args[0], out))) for layer in layers]
    model(input_ids=TOKENS, use_cache=False)
    for hook in hooks:
        hook.remove()
    return [*seen[::2], seen[-1]]


@pytest.mark.parametrize("family", CORE_FAMILIES)
def test_block_influence_and_angle_are_those_of_the_models_own_hidden_states(family: str) -> None:
    model = tiny_models()[family]()
    analysed = analyse_layers(evaluator_of(model, TOKENS), SIZES, 0.5)
    states = hidden_states(model)
    for layer, before, after in zip(range(LAYERS), states, states[1:], strict=False):
        cosine = torch.nn.functional.cosine_similarity(before, after, dim=-1)
        assert analysed[layer].block_influence == pytest.approx(1 - cosine.mean().item(), abs=1e-5)
        assert analysed[layer].angular_distance == pytest.approx(cosine.arccos().mean().item() / math.pi, abs=1e-4)


def test_the_cost_of_a_layer_is_that_of_really_removing_it() -> None:
    build = tiny_models()["llama"]
    for layer, event in enumerate(analyse_layers(evaluator_of(build(), TOKENS), SIZES, 0.5)):
        score = naive_score(build(), build(), (layer,), TOKENS)
        assert event.kl == pytest.approx(score.kl, rel=1e-4)
        assert event.perplexity == pytest.approx(math.exp(score.nll), rel=1e-3)


def test_sizes_and_time_are_told_layer_by_layer() -> None:
    analysed = analyse_layers(evaluator_of(tiny_models()["llama"](), TOKENS), SIZES, 0.5)
    assert [event.layer for event in analysed] == list(range(LAYERS))
    assert [event.parameters for event in analysed] == list(SIZES.layer_parameters)
    assert [event.bytes for event in analysed] == list(SIZES.layer_bytes)
    assert all(event.seconds > 0 for event in analysed)


def test_a_perplexity_beyond_all_numbers_is_infinite() -> None:
    assert perplexity(1000.0) == math.inf
    assert perplexity(0.0) == 1.0
