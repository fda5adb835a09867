"""Adapters sit in layers that the teacher shares: it must never feel them, and afterwards they are gone."""

from pathlib import Path

import peft
import pytest
import torch
from peft import LoraConfig
from peft.tuners.lora import LoraLayer
from transformers import PreTrainedModel

from engine.api.errors import LayerSwarmError
from engine.models.surgery import pruned_view
from engine.recovery.adapters import Adapters
from engine.recovery.targets import adapter_targets
from tests.engine.recovery.cases import FAMILIES, REMOVED, SETTINGS, Said, changed, dense_model, recover, token_windows
from tests.engine.tiny_models import tiny_models

pytestmark = pytest.mark.slow

PAIRS = {"jamba": (2, 3)}
"""What is removed where ``REMOVED`` would break a fixed pattern of layers."""


def adapted(model: PreTrainedModel) -> Adapters:
    view = pruned_view(model, REMOVED)
    return Adapters(view, adapter_targets(view, "all", 2), SETTINGS)


def disturb(adapters: Adapters) -> None:
    """Give the adapters weights that change every output, as training would."""
    with torch.no_grad():
        for parameter in adapters.parameters().values():
            parameter.add_(0.3)


@pytest.mark.parametrize("family", FAMILIES)
@torch.no_grad()
def test_the_teacher_is_exactly_the_dense_model_while_adapters_are_off(family: str) -> None:
    model = dense_model(family)
    tokens = token_windows(2)
    dense = model(tokens, use_cache=False).logits
    with adapted(model) as adapters:
        with adapters.disabled():
            assert torch.equal(model(tokens, use_cache=False).logits, dense)
        disturb(adapters)
        assert not torch.allclose(model(tokens, use_cache=False).logits, dense)
        with adapters.disabled():
            assert torch.equal(model(tokens, use_cache=False).logits, dense)
    assert torch.equal(model(tokens, use_cache=False).logits, dense)


@pytest.mark.parametrize(
    ("family", "extra"),
    [*((family, {}) for family in FAMILIES), ("qwen3", {"train_norms": True, "train_head": True})],
)
def test_training_leaves_the_model_exactly_as_it_was(family: str, extra: dict[str, object], tmp_path: Path) -> None:
    model = dense_model(family)
    weights = {name: value.clone() for name, value in model.state_dict().items()}
    modules = dict(model.named_modules())
    trainable = [name for name, parameter in model.named_parameters() if parameter.requires_grad]
    recover(tmp_path, Said(), model, changed(steps=3, **extra))
    assert dict(model.named_modules()) == modules
    assert model.state_dict().keys() == weights.keys()
    assert all(torch.equal(value, weights[name]) for name, value in model.state_dict().items())
    assert [name for name, parameter in model.named_parameters() if parameter.requires_grad] == trainable
    assert not any(module.training for module in model.modules())


def test_an_error_inside_the_block_takes_the_adapters_out_too() -> None:
    model = dense_model()
    modules = dict(model.named_modules())
    with pytest.raises(RuntimeError, match="broken"), adapted(model):
        raise RuntimeError("broken")
    assert dict(model.named_modules()) == modules


def test_removed_layers_and_layers_below_the_first_have_no_adapter() -> None:
    model = dense_model()
    with adapted(model):
        carrying = {name.split(".")[2] for name, _ in model.named_parameters() if "lora" in name}
    assert carrying == {"3", "5"}


@pytest.mark.parametrize("family", tiny_models())
def test_exactly_the_modules_that_are_asked_for_get_an_adapter(family: str) -> None:
    view = pruned_view(dense_model(family), PAIRS.get(family, REMOVED))
    names, kind = adapter_targets(view, "all", 1), view.config.model_type
    with Adapters(view, names, SETTINGS):
        assert {name for name, module in view.named_modules() if isinstance(module, LoraLayer)} == set(names)
        assert view.config.model_type == kind


def test_an_adapter_in_the_wrong_place_is_an_error_in_words_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    model = dense_model()
    modules, view = dict(model.named_modules()), pruned_view(model, REMOVED)
    wrong = LoraConfig(target_modules=["q_proj"])
    put_in = peft.get_peft_model
    monkeypatch.setattr(peft, "get_peft_model", lambda view, _config: put_in(view, wrong))
    with pytest.raises(LayerSwarmError, match=r"LlamaForCausalLM.*q_proj"):
        Adapters(view, adapter_targets(view, "mlp", 1), SETTINGS)
    assert dict(model.named_modules()) == modules
    assert not any(parameter.requires_grad for parameter in model.parameters())


def test_the_start_depends_on_the_seed_alone() -> None:
    def start(seed: int) -> torch.Tensor:
        torch.rand(7)  # whatever else the process draws
        view = pruned_view(dense_model(), REMOVED)
        with Adapters(view, adapter_targets(view, "all", 2), changed(seed=seed)) as adapters:
            return torch.cat([value.flatten() for value in adapters.state().values()])

    assert torch.equal(start(0), start(0))
    assert not torch.equal(start(0), start(1))


@torch.no_grad()
def test_a_state_comes_back_as_it_was() -> None:
    with adapted(dense_model()) as adapters:
        disturb(adapters)
        state = adapters.state()
        disturb(adapters)
        adapters.load(state)
        assert all(torch.equal(value, state[name]) for name, value in adapters.state().items())
