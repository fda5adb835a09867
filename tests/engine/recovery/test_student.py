"""The student from its entry upward is the pruned model."""

from typing import get_args

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor
from transformers import PreTrainedModel

from engine.models.causal_head import CausalHead
from engine.models.decoder_stack import DecoderStack
from engine.models.surgery import remove_layers
from engine.recovery.seams import seam_layers, seam_loss
from engine.recovery.student import Start, Student, first_adapted_layer
from tests.engine.recovery.cases import FAMILIES, dense_model, token_windows
from tests.engine.tiny_models import LAYERS


@st.composite
def removal_sets(draw: st.DrawFn) -> tuple[int, tuple[int, ...]]:
    layers = draw(st.integers(2, 40))
    removed = draw(st.sets(st.integers(0, layers - 1), min_size=1, max_size=layers - 1))
    return layers, tuple(sorted(removed))


@given(removal_sets(), st.sampled_from(get_args(Start)))
def test_layers_below_the_first_adapted_one_are_all_kept(case: tuple[int, tuple[int, ...]], start: Start) -> None:
    layers, removed = case
    first = first_adapted_layer(layers, removed, start)
    assert 0 <= first <= removed[0]
    assert any(layer not in removed for layer in range(first, layers))


def test_adapters_start_where_they_are_told_to() -> None:
    assert [first_adapted_layer(30, (13, 14, 15), start) for start in get_args(Start)] == [0, 6, 13]
    assert first_adapted_layer(30, (0, 20), "half_way") == 0


def test_without_a_layer_behind_the_gap_the_one_in_front_of_it_is_trained() -> None:
    assert first_adapted_layer(30, (28, 29), "seam") == 27
    assert first_adapted_layer(30, (27, 28), "seam") == 27


@given(removal_sets(), st.sampled_from(get_args(Start)))
def test_a_seam_is_behind_a_gap_and_above_a_trained_layer(case: tuple[int, tuple[int, ...]], start: Start) -> None:
    layers, removed = case
    first = first_adapted_layer(layers, removed, start)
    for seam in seam_layers(removed, first):
        assert seam - 1 in removed
        assert seam not in removed
        assert any(layer not in removed for layer in range(first, seam))


def test_right_behind_the_gap_nothing_can_change_its_seam() -> None:
    assert seam_layers((13, 14, 20), first=6) == (15, 21)
    assert seam_layers((13, 14, 20), first=13) == (21,)


@pytest.mark.parametrize(("removed", "seams"), [((2, 4), (3, 5)), ((4, 5), (6,))])
@torch.no_grad()
def test_seam_states_are_what_the_next_layer_is_given(removed: tuple[int, ...], seams: tuple[int, ...]) -> None:
    model, pruned = dense_model(), dense_model()
    tokens = token_windows(3)
    student = Student(DecoderStack(model), removed, seams=True)
    dense = student.dense_states(tokens)
    found = student.forward(tokens, dense.entry)
    remove_layers(pruned, removed)
    kept = [layer for layer in range(LAYERS) if layer not in removed]
    expected, behind = (_states(each, tokens) for each in (model, pruned))
    for place, seam in enumerate(seams):
        torch.testing.assert_close(dense.seams[place], expected[seam])
        torch.testing.assert_close(found.seams[place], behind[sum(layer < seam for layer in kept)])
    assert float(seam_loss(found.seams, dense.seams)) > 0 == float(seam_loss(dense.seams, dense.seams))


def _states(model: PreTrainedModel, tokens: Tensor) -> list[Tensor]:
    """What each layer is given, and what the last one gives."""
    given: list[Tensor] = []
    last: list[Tensor] = []
    for layer in model.model.layers:
        layer.register_forward_pre_hook(lambda _layer, args: given.append(args[0]))
    model.model.norm.register_forward_pre_hook(lambda _norm, args: last.append(args[0]))
    model(tokens, use_cache=False)
    return [*given, *last]


@pytest.mark.parametrize("family", [*FAMILIES, "gpt_neox"])
@pytest.mark.parametrize("removed", [(0,), (2, 4), (5,)])
@torch.no_grad()
def test_it_gives_the_logits_of_the_really_pruned_model(family: str, removed: tuple[int, ...]) -> None:
    model = dense_model(family)
    tokens = token_windows(3)
    student = Student(DecoderStack(model), removed)
    logits = CausalHead(model)(student.forward(tokens, student.dense_states(tokens).entry).final)
    pruned = dense_model(family)
    remove_layers(pruned, removed)
    torch.testing.assert_close(logits, pruned(tokens, use_cache=False).logits, rtol=1e-4, atol=1e-5)


@torch.no_grad()
def test_dense_states_end_in_the_dense_logits() -> None:
    model = dense_model()
    tokens = token_windows(3)
    states = Student(DecoderStack(model), (3,)).dense_states(tokens)
    torch.testing.assert_close(CausalHead(model)(states.final), model(tokens, use_cache=False).logits)


@torch.no_grad()
def test_layers_below_the_entry_are_not_computed_again() -> None:
    model = dense_model()
    student = Student(DecoderStack(model), (3,))
    tokens = token_windows(2)
    entry = student.dense_states(tokens).entry
    called: list[int] = []
    for index, layer in enumerate(model.model.layers):
        layer.register_forward_hook(lambda *_, index=index: called.append(index))
    student.forward(tokens, entry)
    assert called == [layer for layer in range(1, LAYERS) if layer != 3]
