"""The evaluator gives the numbers of really removing the layers, and does as little as it can for them."""

import itertools
import math
import weakref
from collections.abc import Callable

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.api.errors import LayerSwarmError
from engine.api.events import RemovalSet
from engine.fitness import batches
from engine.fitness.evaluator import Evaluator
from engine.models.decoder_stack import DecoderStack, Windows
from engine.models.loading import load_model
from engine.models.progress import silent
from engine.sources.resolve import resolve_source
from tests.engine.fitness.cases import assert_close, evaluator_of, naive_score, removal_sets, token_windows
from tests.engine.tiny_models import CORE_FAMILIES, LAYERS, VOCABULARY, tiny_models

pytestmark = pytest.mark.slow

POPULATION: list[RemovalSet] = [(), (0,), (2, 4), (2, 3), (1, 2, 3, 4), (5,), (0, 1, 2, 3, 4)]


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    return evaluator_of(tiny_models()["llama"](), token_windows(6, 20, VOCABULARY), levels=(2, 6))


@pytest.mark.parametrize("family", CORE_FAMILIES)
def test_scores_are_those_of_really_removing_the_layers(family: str) -> None:
    build = tiny_models()[family]
    tokens = token_windows(3, 24, VOCABULARY)
    scores = evaluator_of(build(), tokens).scores(POPULATION)
    assert_close(scores, [naive_score(build(), build(), removed, tokens) for removed in POPULATION])


@pytest.mark.demo_model
def test_scores_are_exact_on_the_demo_model_too() -> None:
    folder = resolve_source("demo", "main", silent).path
    dense = load_model(folder)
    tokens = token_windows(2, 24, 49152)
    population: list[RemovalSet] = [(13, 14, 15, 16, 17, 18), (13, 14, 15, 16, 17, 20), (2, 9, 28)]
    scores = evaluator_of(dense, tokens).scores(population)
    assert_close(scores, [naive_score(dense, load_model(folder), removed, tokens) for removed in population])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(removal_sets(LAYERS), min_size=1, max_size=6))
def test_company_does_not_change_a_score(evaluator: Evaluator, population: list[RemovalSet]) -> None:
    together = evaluator.scores(population)
    assert_close(together, [fresh_evaluator().scores([removed])[0] for removed in population])


def fresh_evaluator() -> Evaluator:
    return evaluator_of(tiny_models()["llama"](), token_windows(6, 20, VOCABULARY), levels=(2, 6))


def test_the_dense_model_scores_zero(evaluator: Evaluator) -> None:
    assert evaluator.scores([()])[0].kl == pytest.approx(0.0, abs=1e-6)


def test_a_lower_level_sees_the_first_windows_only() -> None:
    tokens = token_windows(6, 20, VOCABULARY)
    build = tiny_models()["llama"]
    nested = evaluator_of(build(), tokens, levels=(2, 6)).scores(POPULATION, 2)
    assert_close(nested, evaluator_of(build(), tokens[:2]).scores(POPULATION))


def test_levels_must_rise_to_all_windows() -> None:
    with pytest.raises(ValueError, match="do not rise"):
        evaluator_of(tiny_models()["llama"](), token_windows(6, 20, VOCABULARY), levels=(2, 5))


@pytest.mark.parametrize("every", [2, 3, 7])
def test_scoring_every_nth_position_scores_those_and_no_other(every: int) -> None:
    tokens = token_windows(3, 20, VOCABULARY)
    evaluator = evaluator_of(tiny_models()["llama"](), tokens, scored_every=every)
    assert evaluator.weight == 3 * math.ceil(19 / every)
    assert evaluator.scores([(2,)])[0].kl > 0


def test_known_and_repeated_candidates_are_free() -> None:
    evaluator = fresh_evaluator()
    first, _ = evaluator.levels
    evaluator.scores([(2, 3), (2, 3), (2, 4)], first)
    applications = evaluator.layer_applications
    assert (evaluator.evaluations, evaluator.remembered) == (2, 1)
    evaluator.scores([(2, 4), (2, 3)], first)
    assert (evaluator.evaluations, evaluator.remembered) == (2, 3)
    assert evaluator.layer_applications == applications


def test_a_promoted_candidate_is_counted_once() -> None:
    evaluator = fresh_evaluator()
    for level in evaluator.levels:
        evaluator.scores([(2, 3)], level)
    assert (evaluator.evaluations, evaluator.remembered) == (1, 0)


def test_applications_are_those_of_the_trie() -> None:
    evaluator = fresh_evaluator()
    assert evaluator.layer_applications == LAYERS  # the dense walk
    evaluator.scores([(2, 3), (2, 4)])
    # Behind the dense prefix 0, 1: layer 3 for the one, then 5; layers 4 and 5 for the other.
    assert evaluator.layer_applications == LAYERS + 4


def test_a_stop_between_layers_loses_nothing_that_was_scored() -> None:
    class Stopped(Exception):
        pass

    stop = False

    def check() -> None:
        if stop:
            raise Stopped

    evaluator = evaluator_of(tiny_models()["llama"](), token_windows(4, 20, VOCABULARY), check=check)
    known = evaluator.scores([(1,)])
    stop = True
    with pytest.raises(Stopped):
        evaluator.scores([(2,)])
    assert evaluator.scores([(1,)]) == known


STATE_BYTES = 20 * 32 * 4
"""Of one window of the tiny model."""


@pytest.mark.parametrize("states", [64, 48, 30])
def test_hidden_states_stay_within_their_memory(states: int, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens, model = token_windows(8, 20, VOCABULARY), tiny_models()["llama"]()
    expected = evaluator_of(model, tokens).scores(POPULATION)
    alive: weakref.WeakValueDictionary[int, torch.Tensor] = weakref.WeakValueDictionary()
    number, peak = itertools.count(), 0
    apply = DecoderStack.apply

    def watched(stack: DecoderStack, layer: int, hidden: torch.Tensor, windows: Windows) -> torch.Tensor:
        nonlocal peak
        result = apply(stack, layer, hidden, windows)
        alive[next(number)] = result
        peak = max(peak, sum(each.numel() * each.element_size() for each in alive.values()))
        return result

    monkeypatch.setattr(DecoderStack, "apply", watched)
    sparing = evaluator_of(model, tokens, states_bytes=states * STATE_BYTES)
    assert_close(sparing.scores(POPULATION), expected)
    assert peak <= states * STATE_BYTES


def test_memory_for_next_to_nothing_still_gives_the_scores() -> None:
    tokens, model = token_windows(8, 20, VOCABULARY), tiny_models()["llama"]()
    sparing = evaluator_of(model, tokens, states_bytes=1)
    assert_close(sparing.scores(POPULATION), evaluator_of(model, tokens).scores(POPULATION))


def test_logits_are_made_a_bounded_number_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = fresh_evaluator().scores(POPULATION)
    monkeypatch.setattr(batches, "head_chunk_bytes", lambda _device: 4 * VOCABULARY * 7)
    assert_close(fresh_evaluator().scores(POPULATION), expected)


@pytest.mark.parametrize("tokens", [1, 64, 4096])
def test_scores_do_not_depend_on_how_many_candidates_are_joined(tokens: int, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = fresh_evaluator().scores(POPULATION)
    monkeypatch.setattr(batches, "joined_tokens", lambda _device, _state_bytes: tokens)
    assert_close(fresh_evaluator().scores(POPULATION), expected)


def out_of_memory_above(windows: int, apply: Callable[..., torch.Tensor]) -> Callable[..., torch.Tensor]:
    def limited(layer: int, hidden: torch.Tensor, entered: object) -> torch.Tensor:
        if hidden.shape[0] > windows:
            raise torch.OutOfMemoryError
        return apply(layer, hidden, entered)

    return limited


def test_the_batch_halves_itself_when_memory_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = token_windows(8, 20, VOCABULARY)
    model = tiny_models()["llama"]()
    evaluator = evaluator_of(model, tokens)
    expected = evaluator.scores([(1, 3)])
    stack = evaluator._calibration.stack
    monkeypatch.setattr(stack, "apply", out_of_memory_above(2, stack.apply))
    assert_close(
        evaluator.scores([(2,), (1, 3)]), [naive_score(model, tiny_models()["llama"](), (2,), tokens), *expected]
    )
    assert all(batch.items <= 2 for batch in evaluator.batches)


def test_candidates_are_not_joined_where_memory_ran_out(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = token_windows(1, 20, VOCABULARY)
    evaluator = evaluator_of(tiny_models()["llama"](), tokens)
    expected = evaluator.scores(POPULATION)
    stack = evaluator._calibration.stack
    monkeypatch.setattr(stack, "apply", out_of_memory_above(1, stack.apply))
    again = evaluator.remembering(evaluator.memory.knowing_only(()))
    assert_close(again.scores(POPULATION), expected)


def test_one_window_that_does_not_fit_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    evaluator = evaluator_of(tiny_models()["llama"](), token_windows(2, 20, VOCABULARY))
    monkeypatch.setattr(
        evaluator._calibration.stack, "apply", out_of_memory_above(0, evaluator._calibration.stack.apply)
    )
    with pytest.raises(LayerSwarmError, match=r"choose shorter windows \(calibration.window_length\)"):
        evaluator.scores([(1,)])
