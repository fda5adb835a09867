"""Which map of a layer a fold goes into, found by experiment in every family."""

import math

import pytest
import torch
from torch import Tensor, nn

from engine.api.errors import BadInput
from engine.compensation.writers import effect_of, find_writer, gain_of, is_rms_norm
from engine.fitness.dense_walk import DenseWalk
from engine.models.decoder_stack import DecoderStack
from tests.engine.tiny_models import tiny_models

HIDDEN = 16
MLP, SHARED, ATTENTION = "mlp.down_proj", "mlp.shared_expert.down_proj", "self_attn.o_proj"
NORM = "post_feedforward_layernorm"


def written(family: str) -> set[tuple[str, str, bool]]:
    """The map, its norm, and whether nothing else reads its output, over the layers of a tiny model."""
    model = tiny_models()[family]()
    model.requires_grad_(False)
    stack = DecoderStack(model)
    tokens = torch.randint(3, 250, (2, 16), generator=torch.Generator().manual_seed(0))
    walk = DenseWalk(stack, tokens, set(range(len(stack))))

    def found(layer: int) -> tuple[str, str, bool]:
        writer = find_writer(stack.layers[layer], lambda: walk.apply(layer, walk.dense(layer)))
        return writer.name, writer.norm, writer.exact

    return {found(layer) for layer in range(len(stack)) if walk.applies(layer)}


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        ("llama", {(MLP, "", True)}),
        ("gpt2", {("mlp.c_proj", "", True)}),
        ("gpt_neox", {("mlp.dense_4h_to_h", "", True)}),  # attention beside the MLP
        ("falcon", {("mlp.dense_4h_to_h", "", True)}),  # beside the MLP, and added in place
        ("opt", {("fc2", "", True)}),
        ("gemma3", {(MLP, NORM, True)}),
        ("olmo2", {(MLP, NORM, True)}),
        ("qwen2_moe", {(MLP, "", True), (SHARED, "", True)}),
        ("mixtral", {(ATTENTION, "", False)}),  # experts without a shared one
        ("llama4", {("feed_forward.down_proj", "", True), ("feed_forward.shared_expert.down_proj", "", True)}),
        ("mamba", {("mixer.out_proj", "", True)}),
        ("mllama", {(MLP, "", True)}),
    ],
)
def test_the_map_is_found_by_its_effect(family: str, expected: set[tuple[str, str, bool]]) -> None:
    assert written(family) == expected


@pytest.mark.parametrize("family", list(tiny_models()))
def test_every_family_has_one(family: str) -> None:
    assert written(family)


class Layer(nn.Module):
    """A residual layer whose branch is scaled."""

    def __init__(self, scale: Tensor) -> None:
        super().__init__()
        self.up, self.down = nn.Linear(HIDDEN, 2 * HIDDEN), nn.Linear(2 * HIDDEN, HIDDEN)
        self.scale = scale

    def forward(self, hidden: Tensor) -> Tensor:
        return hidden + self.scale * self.down(torch.relu(self.up(hidden)))


def hidden() -> Tensor:
    return torch.randn((2, 6, HIDDEN), generator=torch.Generator().manual_seed(0))


def test_a_common_factor_is_measured() -> None:
    layer = Layer(torch.tensor(0.3)).requires_grad_(False)
    writer = find_writer(layer, lambda: layer(hidden()))
    assert writer.name == "down"
    assert writer.factor == pytest.approx(0.3, rel=1e-4)


def test_a_factor_of_each_token_is_noticed() -> None:
    layer = Layer(torch.rand((2, 6, 1), generator=torch.Generator().manual_seed(1))).requires_grad_(False)
    assert find_writer(layer, lambda: layer(hidden())).factor is None


def test_a_layer_that_nothing_is_added_in_is_refused_with_the_reason() -> None:
    layer = nn.Sequential(nn.Linear(HIDDEN, HIDDEN)).requires_grad_(False)
    with pytest.raises(BadInput, match="no linear map of its Sequential is added to the hidden state"):
        find_writer(layer, lambda: layer(hidden()).roll(1, dims=-1))


def test_an_rms_norm_is_told_from_others() -> None:
    norm = nn.RMSNorm(HIDDEN)
    nn.init.uniform_(norm.weight, 0.5, 2.0)
    norm.requires_grad_(False)
    assert is_rms_norm(norm)
    assert torch.allclose(gain_of(norm), norm.weight, rtol=1e-4)
    assert not is_rms_norm(nn.LayerNorm(HIDDEN, bias=False).requires_grad_(False))
    assert not is_rms_norm(nn.Linear(HIDDEN, HIDDEN).requires_grad_(False))


def test_the_factor_of_each_token_is_measured() -> None:
    gate = torch.rand((2, 6, 1), generator=torch.Generator().manual_seed(1))
    layer = Layer(gate).requires_grad_(False)
    effect = effect_of(layer.down, lambda: layer(hidden()), layer(hidden()))
    assert torch.allclose(effect.factors, gate.flatten(), atol=1e-5)
    assert effect.error < 1e-4


def test_a_module_that_nothing_reads_has_no_effect() -> None:
    layer = Layer(torch.tensor(0.0)).requires_grad_(False)
    assert math.isnan(effect_of(layer.down, lambda: layer(hidden()), layer(hidden())).error)
