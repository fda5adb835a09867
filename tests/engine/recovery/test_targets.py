"""The linear modules that get adapters, in every family."""

import pytest

from engine.api.errors import BadInput
from engine.recovery.targets import Target, adapter_targets
from tests.engine.recovery.cases import dense_model

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


def test_only_layers_from_the_first_on() -> None:
    names = adapter_targets(dense_model(), "all", first=4)
    assert {name.split(".")[2] for name in names} == {"4", "5"}


def test_a_kind_that_the_model_lacks_is_named() -> None:
    with pytest.raises(BadInput, match=r"recovery\.target is 'mlp'.*Mixtral"):
        adapter_targets(dense_model("mixtral"), "mlp", 0)
