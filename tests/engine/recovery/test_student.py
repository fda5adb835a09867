"""The student from its entry upward is the pruned model."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.models.causal_head import CausalHead
from engine.models.decoder_stack import DecoderStack
from engine.models.surgery import remove_layers
from engine.recovery.student import Student, first_adapted_layer
from tests.engine.recovery.cases import FAMILIES, dense_model, token_windows
from tests.engine.tiny_models import LAYERS


@st.composite
def removal_sets(draw: st.DrawFn) -> tuple[int, tuple[int, ...]]:
    layers = draw(st.integers(2, 40))
    removed = draw(st.sets(st.integers(0, layers - 1), min_size=1, max_size=layers - 1))
    return layers, tuple(sorted(removed))


@given(removal_sets())
def test_layers_below_the_first_adapted_one_are_all_kept(case: tuple[int, tuple[int, ...]]) -> None:
    layers, removed = case
    first = first_adapted_layer(removed)
    assert 0 <= first <= removed[0]
    assert any(layer not in removed for layer in range(first, layers))


def test_adapters_start_half_way_to_the_gap() -> None:
    assert first_adapted_layer((13, 14, 15)) == 6
    assert first_adapted_layer((0, 20)) == 0


@pytest.mark.parametrize("family", [*FAMILIES, "gpt_neox"])
@pytest.mark.parametrize("removed", [(0,), (2, 4), (5,)])
@torch.no_grad()
def test_it_gives_the_logits_of_the_really_pruned_model(family: str, removed: tuple[int, ...]) -> None:
    model = dense_model(family)
    tokens = token_windows(3)
    student = Student(DecoderStack(model), removed)
    logits = CausalHead(model)(student.forward(tokens, student.dense_states(tokens).entry))
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
