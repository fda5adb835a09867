"""The quick answer is that of making the config, for every family and every set."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.api.errors import BadInput
from engine.models import describable_sets
from engine.models.describable_sets import DescribableSets
from engine.models.pruned_config import pruned_config
from tests.engine.tiny_families import LAYERS
from tests.engine.tiny_models import tiny_models

FAMILIES = tiny_models()
OTHERS: dict[str, dict[str, Any]] = {
    "gemma2 by default": {"model_type": "gemma2", "num_hidden_layers": 8},
    "gemma3 by a pattern": {"model_type": "gemma3_text", "num_hidden_layers": 8, "sliding_window_pattern": 3},
    "qwen3_moe by a step": {"model_type": "qwen3_moe", "num_hidden_layers": 8, "decoder_sparse_step": 2},
    "ernie4_5_moe by an interval": {
        "model_type": "ernie4_5_moe",
        "num_hidden_layers": 8,
        "moe_layer_interval": 2,
        "moe_layer_start_index": 4,
    },
    "jamba": {"model_type": "jamba", "num_hidden_layers": 16},
    "a list that is too short": {"model_type": "gemma3_text", "num_hidden_layers": 8, "layer_types": ["x"]},
    "unknown": {"model_type": "no such model", "num_hidden_layers": 8},
    "tied": {"model_type": "gpt2", "n_layer": 8, "scale_attn_by_inverse_layer_idx": True},
}


def config_of(name: str) -> dict[str, Any]:
    if name in OTHERS:
        return OTHERS[name]
    config: dict[str, Any] = FAMILIES[name]().config.to_dict()
    return config


def is_describable(config: dict[str, Any], removed: tuple[int, ...]) -> bool:
    try:
        pruned_config(config, removed)
    except BadInput:
        return False
    return True


@pytest.mark.parametrize("name", [*FAMILIES, *OTHERS])
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_it_is_exactly_as_strict_as_making_the_config(name: str, data: st.DataObject) -> None:
    """Several sets with one object, so that what it remembers of one is tried on the others."""
    sets = st.sets(st.integers(0, LAYERS + 2), max_size=LAYERS).map(lambda chosen: tuple(sorted(chosen)))
    config = config_of(name)
    describable = DescribableSets(config)
    for removed in data.draw(st.lists(sets, min_size=3, max_size=5)):
        assert (removed in describable) == is_describable(config, removed)


@pytest.mark.parametrize(("kinds", "calls"), [(None, 1), (["sliding_attention", "full_attention"] * 4, 4)])
def test_a_config_is_made_once_for_each_sequence_of_kinds(
    kinds: list[str] | None, calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[int, ...]] = []

    def counted(config: dict[str, Any], removed: tuple[int, ...]) -> dict[str, Any]:
        made.append(removed)
        return pruned_config(config, removed)

    monkeypatch.setattr(describable_sets, "pruned_config", counted)
    own = {"model_type": "gemma3_text", "layer_types": kinds} if kinds else {"model_type": "llama"}
    describable = DescribableSets({**own, "num_hidden_layers": 8})
    pairs = [(0, 1), (2, 3), (4, 5), (0, 2), (0, 3), (1, 3)]
    assert all(pair in describable for pair in pairs)
    assert len(made) == calls
