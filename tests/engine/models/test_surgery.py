"""Taking layers out in memory: for good, and as a view."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.api.errors import BadInput
from engine.models.architecture import find_decoder
from engine.models.surgery import pruned_view, remove_layers
from tests.engine.tiny_models import CORE_FAMILIES, LAYERS, VOCABULARY, tiny_models

MODELS = tiny_models()
REMOVAL_SETS = st.sets(st.integers(0, LAYERS - 1), max_size=LAYERS - 1).map(lambda layers: tuple(sorted(layers)))
TOKENS = torch.randint(3, VOCABULARY, (2, 24), generator=torch.Generator().manual_seed(0))


@torch.no_grad()
def logits(model: torch.nn.Module) -> torch.Tensor:
    return model(input_ids=TOKENS, use_cache=False).logits


@pytest.mark.parametrize("family", CORE_FAMILIES)
@settings(max_examples=5, deadline=None)
@given(removed=REMOVAL_SETS)
def test_a_view_computes_what_the_model_without_the_layers_computes(family: str, removed: tuple[int, ...]) -> None:
    model, smaller = MODELS[family](), MODELS[family]()
    remove_layers(smaller, removed)
    assert torch.equal(logits(pruned_view(model, removed)), logits(smaller))


@pytest.mark.parametrize("family", CORE_FAMILIES)
def test_a_view_shares_the_weights_and_leaves_the_model_as_it_was(family: str) -> None:
    model = MODELS[family]()
    before, config = logits(model), model.config.to_dict()
    view = pruned_view(model, (1, 4))
    logits(view)
    own = {parameter.data_ptr() for parameter in model.parameters()}
    assert {parameter.data_ptr() for parameter in view.parameters()} <= own
    assert len(find_decoder(view).layers) == LAYERS - 2
    assert model.config.to_dict() == config
    assert torch.equal(logits(model), before)


@pytest.mark.parametrize("family", CORE_FAMILIES)
def test_a_model_without_layers_generates_with_its_cache(family: str) -> None:
    model = MODELS[family]()
    dense = logits(model)
    remove_layers(model, (0, 3))
    assert not torch.allclose(logits(model), dense), "the removed layers must matter"
    cached, plain = (
        model.generate(TOKENS[:1, :12], do_sample=False, max_new_tokens=8, min_new_tokens=8, use_cache=use_cache)
        for use_cache in (True, False)
    )
    assert torch.equal(cached, plain)


def test_layers_can_be_removed_twice_in_a_row() -> None:
    once, twice = MODELS["gemma3"](), MODELS["gemma3"]()
    remove_layers(once, (1, 2, 4))
    remove_layers(twice, (2,))
    remove_layers(twice, (1, 3))
    assert torch.equal(logits(once), logits(twice))
    assert once.config.layer_types == twice.config.layer_types


def test_a_layer_that_is_not_there_cannot_be_removed() -> None:
    model = MODELS["llama"]()
    with pytest.raises(BadInput, match="no layer 6"):
        remove_layers(model, (6,))
    assert len(find_decoder(model).layers) == LAYERS


def test_as_many_experts_as_layers_are_not_taken_for_the_layers() -> None:
    model = MODELS["llama"]()
    for layer in model.model.layers:
        layer.experts = torch.nn.ModuleList(torch.nn.Identity() for _ in range(LAYERS))
    found = find_decoder(model)
    assert (found.path, found.layers) == ("model.layers", model.model.layers)


def test_two_lists_of_as_many_modules_are_refused() -> None:
    model = MODELS["llama"]()
    model.model.others = torch.nn.ModuleList(torch.nn.Identity() for _ in range(LAYERS))
    with pytest.raises(BadInput, match="not one plain list"):
        find_decoder(model)
