"""Other weights for a while: the model has its own again afterwards, bit by bit, in 4 bits too."""

from contextlib import ExitStack
from pathlib import Path

import pytest
import torch

from engine.models.four_bit import load_four_bit
from engine.models.loading import load_model
from engine.models.streaming.streamed_layer import layer_held
from engine.models.streaming.streamed_model import load_streamed
from engine.models.weight_patch import WeightPatch
from tests.engine.tiny_models import save_tiny, tiny_models

NAME = "model.layers.1.mlp.down_proj.weight"


def test_the_other_values_hold_inside_the_block_only() -> None:
    model = tiny_models()["llama"]()
    own = model.get_parameter(NAME).detach().clone()
    patch = WeightPatch(model, {NAME: torch.zeros_like(own)})
    with patch.applied():
        assert not model.get_parameter(NAME).any()
        with patch.lifted():
            assert torch.equal(model.get_parameter(NAME), own)
        assert not model.get_parameter(NAME).any()
    assert torch.equal(model.get_parameter(NAME), own)


def test_an_error_inside_leaves_the_models_own_values() -> None:
    model = tiny_models()["llama"]()
    own = model.get_parameter(NAME).detach().clone()
    with pytest.raises(RuntimeError), WeightPatch(model, {NAME: torch.zeros_like(own)}).applied():
        raise RuntimeError
    assert torch.equal(model.get_parameter(NAME), own)


def test_values_take_the_number_format_of_the_model() -> None:
    model = tiny_models()["llama"]().to(torch.bfloat16)
    with WeightPatch(model, {NAME: torch.ones((32, 48))}).applied():
        assert model.get_parameter(NAME).dtype == torch.bfloat16


@pytest.mark.parametrize("held", [False, True])
def test_a_streamed_layer_computes_with_the_other_values(held: bool, tmp_path: Path) -> None:
    save_tiny("llama", tmp_path)
    model, tokens = load_streamed(tmp_path, "cpu", torch.float32, (1, 2)), torch.arange(8)[None]
    resident = load_model(tmp_path, "cpu", torch.float32)
    other = torch.randn((32, 48), generator=torch.Generator().manual_seed(1))
    before = model(tokens).logits
    with ExitStack() as stack:
        if held:
            stack.enter_context(layer_held(model.get_submodule("model.layers.1")))
        patch = WeightPatch(model, {NAME: other})
        with patch.applied(), WeightPatch(resident, {NAME: other}).applied():
            assert model.get_parameter(NAME).is_meta is not held
            assert torch.equal(model(tokens).logits, resident(tokens).logits)
            with patch.lifted():
                assert torch.equal(model(tokens).logits, before)
    assert torch.equal(model(tokens).logits, before)


def test_a_model_in_four_bits_computes_with_the_other_values_quantised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modules = pytest.importorskip("bitsandbytes.nn.modules", reason="needs the package bitsandbytes")
    monkeypatch.setattr(modules, "has_avx512bf16", lambda: False)
    save_tiny("llama", tmp_path)
    model = load_four_bit(tmp_path, "cpu", torch.float32)
    linear = model.get_submodule(NAME.removesuffix(".weight"))
    inputs = torch.randn((4, 48), generator=torch.Generator().manual_seed(0))
    before = linear(inputs)
    other = torch.randn((32, 48), generator=torch.Generator().manual_seed(1))
    with WeightPatch(model, {NAME: other}).applied():
        found = linear(inputs)
    assert torch.cosine_similarity(found, inputs @ other.T).min() > 0.9
    assert torch.equal(linear(inputs), before)
