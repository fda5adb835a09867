"""Which tensor belongs to which decoder layer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api.errors import BadInput
from engine.models.layer_names import find_layer_names
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
]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_layers_are_found_under_every_usual_name(prefix: str) -> None:
    names = [f"{prefix}{layer}.mlp.weight" for layer in range(3)]
    found = find_layer_names([*names, "lm_head.weight"], 3)
    assert found.prefix == prefix
    assert [found.layer_of(name) for name in names] == [0, 1, 2]
    assert found.layer_of("lm_head.weight") is None


@given(layers=st.integers(2, 30), data=st.data())
def test_names_are_renumbered_without_gaps_and_in_order(layers: int, data: st.DataObject) -> None:
    removed = data.draw(st.sets(st.integers(0, layers - 1), max_size=layers - 1))
    names = [f"model.layers.{layer}.experts.7.w1.weight" for layer in range(layers)]
    found, removal = find_layer_names(names, layers), Removal(layers, removed)
    renamed = [new for name in names if (new := found.renamed(name, removal)) is not None]
    assert renamed == names[: layers - len(removed)]
    assert all(found.renamed(names[layer], removal) is None for layer in removed)


def test_a_vision_tower_with_as_many_layers_is_left_alone() -> None:
    text = [f"language_model.model.layers.{layer}.mlp.weight" for layer in range(2)]
    vision = [f"vision_tower.encoder.layers.{layer}.mlp.weight" for layer in range(2)]
    found = find_layer_names([*vision, *text], 2)
    assert [found.renamed(name, Removal(2, (0,))) for name in [*vision, *text]] == [*vision, None, text[0]]


def test_prediction_layers_behind_the_decoder_go() -> None:
    names = [f"model.layers.{layer}.mlp.weight" for layer in range(4)]
    found = find_layer_names(names, 3)
    assert [found.renamed(name, Removal(3, (0,))) for name in names] == [None, names[0], names[1], None]


def test_weights_without_the_layers_of_the_config_are_refused() -> None:
    with pytest.raises(BadInput, match="4 decoder layers"):
        find_layer_names(["model.layers.0.mlp.weight"], 4)
