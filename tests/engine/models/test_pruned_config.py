"""What happens to config.json when layers go."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api.errors import BadInput
from engine.models.pruned_config import complete_config, pruned_config
from engine.models.removal import Removal

SLIDING, FULL = "sliding_attention", "full_attention"
KINDS = [SLIDING, SLIDING, FULL, SLIDING, SLIDING, FULL]


def changes(config: dict[str, Any], removed: tuple[int, ...]) -> dict[str, Any]:
    """The fields that differ from ``config`` after pruning."""
    before = copy.deepcopy(config)
    edited = pruned_config(config, removed)
    assert config == before, "the given config must not change"
    return {name: value for name, value in edited.items() if config.get(name) != value}


@pytest.mark.parametrize(
    ("config", "removed", "expected"),
    [
        ({"model_type": "llama", "num_hidden_layers": 6}, (1, 4), {"num_hidden_layers": 4}),
        ({"model_type": "gpt2", "n_layer": 6}, (1,), {"n_layer": 5}),
        ({"model_type": "mpt", "n_layers": 6}, (1,), {"n_layers": 5}),
        ({"model_type": "opt"}, (0,), {"num_hidden_layers": 11}),
        (
            {"model_type": "gemma3_text", "num_hidden_layers": 6, "layer_types": KINDS},
            (0, 2),
            {"num_hidden_layers": 4, "layer_types": [SLIDING, SLIDING, SLIDING, FULL]},
        ),
        (
            {"model_type": "smollm3", "num_hidden_layers": 4, "no_rope_layers": [1, 1, 1, 0]},
            (0,),
            {"num_hidden_layers": 3, "no_rope_layers": [1, 1, 0]},
        ),
        (
            {"model_type": "qwen3_moe", "num_hidden_layers": 6, "mlp_only_layers": [0, 3]},
            (1,),
            {"num_hidden_layers": 5, "mlp_only_layers": [0, 2]},
        ),
        (
            {"model_type": "qwen2", "num_hidden_layers": 6, "max_window_layers": 3},
            (1, 5),
            {"num_hidden_layers": 4, "max_window_layers": 2},
        ),
        (
            {
                "model_type": "deepseek_v3",
                "num_hidden_layers": 6,
                "first_k_dense_replace": 3,
                "num_nextn_predict_layers": 1,
            },
            (1, 4),
            {"num_hidden_layers": 4, "first_k_dense_replace": 2, "num_nextn_predict_layers": 0},
        ),
        (
            {"model_type": "gpt_neo", "num_layers": 4, "attention_types": [[["global", "local"], 2]]},
            (1,),
            {"num_layers": 3, "attention_types": [[["global", "global", "local"], 1]]},
        ),
        (
            {"model_type": "nemotron_h", "num_hidden_layers": 4, "hybrid_override_pattern": "M-*-"},
            (0,),
            {"num_hidden_layers": 3, "hybrid_override_pattern": "-*-"},
        ),
    ],
    ids=lambda value: value.get("model_type", "") if isinstance(value, dict) else "",
)
def test_only_what_must_change_changes(
    config: dict[str, Any], removed: tuple[int, ...], expected: dict[str, Any]
) -> None:
    assert changes(config, removed) == expected


@pytest.mark.parametrize(
    ("config", "field", "removed"),
    [
        ({"model_type": "gemma2", "num_hidden_layers": 6}, "layer_types", (1,)),
        ({"model_type": "gemma3_text", "num_hidden_layers": 8, "sliding_window_pattern": 3}, "layer_types", (1,)),
        ({"model_type": "cohere2", "num_hidden_layers": 8}, "layer_types", (0,)),
        ({"model_type": "qwen3_next", "num_hidden_layers": 8}, "layer_types", (1,)),
        ({"model_type": "smollm3", "num_hidden_layers": 8}, "no_rope_layers", (1,)),
    ],
    ids=lambda value: value.get("model_type", "") if isinstance(value, dict) else "",
)
def test_a_pattern_left_to_a_default_is_written_out(
    config: dict[str, Any], field: str, removed: tuple[int, ...]
) -> None:
    dense = complete_config(config)
    kept = Removal(dense.num_hidden_layers, removed).take(getattr(dense, field))
    assert changes(config, removed)[field] == kept
    assert getattr(complete_config(pruned_config(config, removed)), field) == kept


def test_sparse_steps_become_layer_numbers() -> None:
    config = {"model_type": "qwen3_moe", "num_hidden_layers": 6, "decoder_sparse_step": 2}
    assert changes(config, (1,)) == {"num_hidden_layers": 5, "decoder_sparse_step": 1, "mlp_only_layers": [0, 1, 3]}


def test_a_nested_text_config_is_edited_in_its_place() -> None:
    config = {"model_type": "gemma3", "text_config": {"num_hidden_layers": 8}, "vision_config": {}}
    assert changes(config, (1, 7))["text_config"]["num_hidden_layers"] == 6


def test_the_depth_scale_of_every_branch_stays() -> None:
    edited = pruned_config({"model_type": "minicpm3", "num_hidden_layers": 8, "scale_depth": 1.4}, (1,))
    assert edited["scale_depth"] / 7**0.5 == pytest.approx(1.4 / 8**0.5)


@pytest.mark.parametrize(
    ("config", "word"),
    [
        ({"model_type": "gpt2", "scale_attn_by_inverse_layer_idx": True}, "own number"),
        ({"model_type": "gemma3n_text"}, "share"),
        ({"model_type": "zamba2"}, "share"),
        ({"model_type": "jamba", "num_hidden_layers": 32}, "pattern"),
        ({"model_type": "no_such_family"}, "no_such_family"),
        ({"model_type": "smollm3", "num_hidden_layers": 4, "layer_types": [FULL]}, "not valid"),
    ],
)
def test_what_no_config_can_describe_is_refused(config: dict[str, Any], word: str) -> None:
    with pytest.raises(BadInput, match=word):
        pruned_config(config, (1, 4))


def test_a_whole_period_of_a_fixed_pattern_may_go() -> None:
    config = {"model_type": "jamba", "num_hidden_layers": 32}
    assert changes(config, tuple(range(8, 16))) == {"num_hidden_layers": 24}


@pytest.mark.parametrize(
    ("removed", "word"), [((0, 6), "no layer 6"), ((-1,), "no layer -1"), ((2, 2), "twice"), (tuple(range(6)), "All 6")]
)
def test_impossible_removal_sets_are_refused(removed: tuple[int, ...], word: str) -> None:
    with pytest.raises(BadInput, match=word):
        pruned_config({"model_type": "llama", "num_hidden_layers": 6}, removed)


@given(kinds=st.lists(st.sampled_from([SLIDING, FULL]), min_size=2, max_size=12), data=st.data())
def test_per_layer_lists_follow_any_removal(kinds: list[str], data: st.DataObject) -> None:
    removed = data.draw(st.sets(st.integers(0, len(kinds) - 1), max_size=len(kinds) - 1))
    config = {"model_type": "qwen3", "num_hidden_layers": len(kinds), "layer_types": kinds}
    edited = pruned_config(config, tuple(removed))
    assert edited["layer_types"] == [kind for layer, kind in enumerate(kinds) if layer not in removed]
    assert edited["num_hidden_layers"] == len(kinds) - len(removed)
