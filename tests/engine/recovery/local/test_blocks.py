"""Which layers around each gap are trained together, and where they must lead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api.errors import BadInput
from engine.models.gaps import gaps_of
from engine.models.surgery import pruned_view
from engine.recovery.local.blocks import Block, blocks_of, trainable_blocks, trained_weights
from tests.engine.recovery.cases import REMOVED, changed, dense_model


def shapes(blocks: tuple[Block, ...]) -> list[tuple[tuple[int, ...], int]]:
    return [(block.layers, block.following) for block in blocks]


@pytest.mark.parametrize(
    ("removed", "behind", "expected"),
    [
        ((3, 4), 2, [((2, 5, 6), 7)]),
        ((3, 4), 0, [((2,), 5)]),
        ((2, 4), 2, [((1, 3), 4), ((3, 5, 6), 7)]),
        ((0, 1), 1, [((2,), 3)]),
        ((0, 1, 4), 0, [((2,), 3), ((3,), 5)]),
        ((6, 7), 2, [((5,), 8)]),
        ((0, 7), 3, [((1, 2, 3), 4), ((6,), 8)]),
    ],
)
def test_a_block_is_the_layer_before_a_gap_and_the_first_ones_behind_it_up_to_the_next_gap(
    removed: tuple[int, ...], behind: int, expected: list[tuple[tuple[int, ...], int]]
) -> None:
    assert shapes(blocks_of(8, removed, behind)) == expected


def test_a_gap_that_has_no_layer_to_train_has_no_block() -> None:
    assert blocks_of(3, (0, 1), 0, unused=(2,)) == ()
    with pytest.raises(BadInput, match=r"No layer around a gap has weights that local distillation can train"):
        trainable_blocks((), {1, 2}, "all", lambda _message: None)


def test_a_gap_without_weights_of_the_kind_that_is_wanted_stays_as_it_is_and_the_others_are_trained() -> None:
    said: list[str] = []
    blocks = blocks_of(8, (2, 5), 1)
    assert trainable_blocks(blocks, {6}, "mlp", said.append) == blocks[1:]
    assert said == [
        "No layer around layer 2 has weights that local distillation can train with recovery.target=mlp, so they stay "
        "as they are."
    ]
    with pytest.raises(BadInput, match=r"with recovery\.target=mlp; choose another target"):
        trainable_blocks(blocks, {0}, "mlp", said.append)


def test_layers_that_the_model_does_not_apply_to_text_are_not_trained() -> None:
    assert shapes(blocks_of(8, (3,), 1, unused=(2, 4))) == [((1, 5), 6)]


@given(st.data())
def test_the_layers_of_a_block_follow_each_other_in_the_pruned_model(data: st.DataObject) -> None:
    layers = data.draw(st.integers(2, 12))
    removed = tuple(sorted(data.draw(st.sets(st.integers(0, layers - 1), min_size=1, max_size=layers - 1))))
    behind = data.draw(st.integers(0, 4))
    kept = [layer for layer in range(layers) if layer not in removed]
    blocks = blocks_of(layers, removed, behind)
    for block in blocks:
        start = kept.index(block.first)
        assert tuple(kept[start : start + len(block.layers)]) == block.layers
        assert len(block.layers) <= behind + 1
        assert block.layers[-1] < block.following
        assert not any(block.layers[-1] < layer < block.following for layer in kept)
    assert [block.gap for block in blocks] == list(gaps_of(layers, removed))


def test_the_settings_choose_the_weights() -> None:
    view = pruned_view(dense_model(), REMOVED)
    whole, attention, norms = (
        trained_weights(view, REMOVED, changed(**values))
        for values in ({}, {"target": "attention"}, {"train_norms": True})
    )
    assert list(whole) == [0, 1, 3, 5]
    assert whole[3]["mlp.up_proj.weight"] == "model.layers.2.mlp.up_proj.weight"
    assert set(attention[3]) < set(whole[3]) < set(norms[3])
    assert set(norms[3]) - set(whole[3]) == {"input_layernorm.weight", "post_attention_layernorm.weight"}
