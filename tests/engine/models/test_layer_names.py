"""Which tensor belongs to which decoder layer."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api.errors import BadInput
from engine.models.layer_names import LayerNames, find_layer_names
from engine.models.removal import Removal

PREFIXES = [
    "model.layers.",
    "transformer.h.",
    "h.",
    "gpt_neox.layers.",
    "model.decoder.layers.",
    "transformer.blocks.",
    "backbone.layers.",
    "model.language_model.layers.",
    "language_model.model.layers.",
    "thinker.model.0.layers.",
]


def found(names: Iterable[str], prefix: str, layers: int) -> LayerNames:
    """Find the layers of a model that keeps what ``prefix`` stands before on disk in ``model.layers``."""
    return find_layer_names(((name, name.replace(prefix, "model.layers.")) for name in names), "model.layers", layers)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_layers_are_found_under_any_name(prefix: str) -> None:
    names = [f"{prefix}{layer}.mlp.experts.0.weight" for layer in range(3)]
    layers = found([*names, "lm_head.weight"], prefix, 3)
    assert layers.prefix == prefix
    assert [layers.layer_of(name) for name in names] == [0, 1, 2]
    assert layers.layer_of("lm_head.weight") is None


@given(layers=st.integers(2, 30), data=st.data())
def test_names_are_renumbered_without_gaps_and_in_order(layers: int, data: st.DataObject) -> None:
    removed = data.draw(st.sets(st.integers(0, layers - 1), max_size=layers - 1))
    names = [f"language_model.h.{layer}.experts.7.w1.weight" for layer in range(layers)]
    names_of, removal = found(names, "language_model.h.", layers), Removal(layers, removed)
    renamed = [new for name in names if (new := names_of.renamed(name, removal)) is not None]
    assert renamed == names[: layers - len(removed)]
    assert all(names_of.renamed(names[layer], removal) is None for layer in removed)
    parameters = [f"model.layers.{layer}.w1" for layer in range(layers)]
    kept = [new for name in parameters if (new := names_of.renamed_parameter(name, removal)) is not None]
    assert kept == parameters[: layers - len(removed)]


def test_a_vision_tower_with_as_many_layers_is_left_alone() -> None:
    text = [f"language_model.model.layers.{layer}.mlp.weight" for layer in range(2)]
    vision = [f"vision_tower.encoder.layers.{layer}.mlp.weight" for layer in range(2)]
    layers = found([*vision, *text], "language_model.model.layers.", 2)
    assert [layers.renamed(name, Removal(2, (0,))) for name in [*vision, *text]] == [*vision, None, text[0]]


def test_layers_without_a_common_prefix_are_refused() -> None:
    tensors = [("first.0.weight", "model.layers.0.weight"), ("second.1.weight", "model.layers.1.weight")]
    with pytest.raises(BadInput, match="2 decoder layers by one prefix"):
        find_layer_names(tensors, "model.layers", 2)
