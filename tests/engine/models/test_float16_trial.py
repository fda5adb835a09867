"""float16 is refused where a model computes numbers that it cannot hold, and only there."""

import pytest
import torch
from transformers import PreTrainedModel

from engine.models.architecture import find_decoder
from engine.models.decoder_stack import DecoderStack
from engine.models.float16_trial import layer_beyond_float16
from tests.engine.fitness.cases import token_windows
from tests.engine.tiny_models import CORE_FAMILIES, VOCABULARY, tiny_models

TOKENS = token_windows(3, 12, VOCABULARY)


def overflowing(layer: int) -> PreTrainedModel:
    """A model that computes the same in float32, with numbers beyond 65,504 between the matrices of one MLP."""
    model = tiny_models()["llama"]()
    mlp = find_decoder(model).layers[layer].mlp
    with torch.no_grad():
        mlp.up_proj.weight *= 1e6
        mlp.down_proj.weight *= 1e-6
    return model


@pytest.mark.parametrize("family", CORE_FAMILIES)
def test_a_model_of_ordinary_numbers_may_use_it(family: str) -> None:
    assert layer_beyond_float16(DecoderStack(tiny_models()[family]().half()), TOKENS) is None


@pytest.mark.parametrize("layer", [0, 3])
def test_the_layer_that_overflows_is_found(layer: int) -> None:
    assert layer_beyond_float16(DecoderStack(overflowing(layer).half()), TOKENS) == layer


def test_the_model_is_left_as_it_was() -> None:
    model = tiny_models()["llama"]().half()
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    layer_beyond_float16(DecoderStack(model), TOKENS)
    assert all(torch.equal(tensor, before[name]) for name, tensor in model.state_dict().items())
