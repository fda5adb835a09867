"""The linear modules that get adapters, in every family."""

import pytest

from engine.api.errors import BadInput
from engine.recovery.targets import Target, adapter_targets, whole_targets
from tests.engine.recovery.cases import dense_model
from tests.engine.tiny_models import LAYERS

LLAMA = (["q_proj", "k_proj", "v_proj", "o_proj"], ["gate_proj", "up_proj", "down_proj"])
EXPECTED = {
    "llama": LLAMA,
    "qwen3": LLAMA,
    "gemma3": LLAMA,
    "gpt2": (["attn.c_attn", "attn.c_proj"], ["mlp.c_fc", "mlp.c_proj"]),
    "gpt_neox": (["query_key_value", "attention.dense"], ["dense_h_to_4h", "dense_4h_to_h"]),
    "opt": (["q_proj", "k_proj", "v_proj", "out_proj"], ["fc1", "fc2"]),
    "phi3": (["qkv_proj", "o_proj"], ["gate_up_proj", "down_proj"]),
    "falcon": (["query_key_value", "self_attention.dense"], ["dense_h_to_4h", "dense_4h_to_h"]),
}


@pytest.mark.parametrize("family", EXPECTED)
def test_attention_and_mlp_are_told_apart(family: str) -> None:
    model = dense_model(family)
    attention, mlp = EXPECTED[family]
    cases: list[tuple[Target, list[str]]] = [("attention", attention), ("mlp", mlp)]
    for target, endings in cases:
        found = adapter_targets(model, target, first=5)
        assert len(found) == len(endings)
        assert all(any(name.endswith(f".{ending}") for name in found) for ending in endings)


@pytest.mark.parametrize("family", EXPECTED)
def test_all_is_both_and_nothing_outside_the_layers(family: str) -> None:
    model = dense_model(family)
    both = adapter_targets(model, "attention", 0) + adapter_targets(model, "mlp", 0)
    assert sorted(adapter_targets(model, "all", 0)) == sorted(both)


MIXERS = {"mamba": (0, "mixer"), "jamba": (0, "mamba"), "bamba": (0, "mamba"), "falcon_h1": (0, "mamba")}
MIXERS["nemotron_h"] = (0, "mixer")


@pytest.mark.parametrize("family", MIXERS)
def test_what_a_state_space_mixer_reads_as_a_bare_weight_gets_no_adapter(family: str) -> None:
    model = dense_model(family)
    layer, mixer = MIXERS[family]
    inside = [name for name in adapter_targets(model, "all", 0) if f".{layer}.{mixer}." in name]
    assert {name.rpartition(".")[2] for name in inside} <= {"in_proj", "x_proj"}
    assert f".{layer}.{mixer}.in_proj" in " ".join(inside)


@pytest.mark.parametrize("family", ["qwen3_next", "lfm2"])
def test_other_mixers_with_a_convolution_keep_theirs(family: str) -> None:
    assert any(name.endswith(".out_proj") for name in adapter_targets(dense_model(family), "all", 0))


def test_a_router_that_answers_more_than_one_tensor_gets_no_adapter() -> None:
    names = adapter_targets(dense_model("llama4"), "all", 0)
    assert any("shared_expert" in name for name in names)
    assert not any("router" in name for name in names)


@pytest.mark.parametrize(
    ("family", "norm"),
    [("llama", "model.norm"), ("bloom", "transformer.ln_f"), ("opt", "model.decoder.final_layer_norm")],
)
def test_the_norm_that_is_trained_outside_the_layers_is_the_one_behind_them(family: str, norm: str) -> None:
    assert whole_targets(dense_model(family), norms=True, head=False, first=LAYERS) == [norm]


def test_only_layers_from_the_first_on() -> None:
    names = adapter_targets(dense_model(), "all", first=4)
    assert {name.split(".")[2] for name in names} == {"4", "5"}


def test_a_kind_that_the_model_lacks_is_named() -> None:
    with pytest.raises(BadInput, match=r"recovery\.target is 'mlp'.*Mixtral"):
        adapter_targets(dense_model("mixtral"), "mlp", 0)
