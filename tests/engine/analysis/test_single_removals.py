"""The analysis is raced: every layer on the first windows, the cheap ones on all."""

import pytest

from engine.analysis.single_removals import SingleRemoval, single_removals
from engine.api.events import LayerAnalysed, decode_event, encode_event
from engine.fitness.evaluator import Evaluator
from engine.fitness.memory import Score
from tests.engine.fitness.cases import evaluator_of, token_windows
from tests.engine.tiny_models import LAYERS, VOCABULARY, tiny_models

TOKENS = token_windows(8, 16, VOCABULARY)


def evaluator(*levels: int) -> Evaluator:
    return evaluator_of(tiny_models()["llama"](), TOKENS, levels=levels)


def singles(found: list[SingleRemoval]) -> list[int | None]:
    return [each.estimated_from for each in found]


def test_the_cheapest_layers_of_a_level_are_measured_on_the_next() -> None:
    scorer = evaluator(1, 3, 8)
    found = single_removals(scorer, LAYERS, 0.5)
    known = [{layer for layer in range(LAYERS) if scorer.memory.get((layer,), level)} for level in (1, 3, 8)]
    assert [len(each) for each in known] == [6, 3, 2]
    assert known[2] < known[1] < known[0]
    first = scorer.scores([(layer,) for layer in range(LAYERS)], 1)
    assert known[1] == set(sorted(range(LAYERS), key=lambda layer: first[layer].kl)[:3])
    assert [each.estimated_from for each in found] == [
        None if layer in known[2] else 3 if layer in known[1] else 1 for layer in range(LAYERS)
    ]


def test_figures_on_all_windows_are_those_of_scoring_them_at_once() -> None:
    whole = evaluator().scores([(layer,) for layer in range(LAYERS)])
    for layer, each in enumerate(single_removals(evaluator(2, 8), LAYERS, 0.5)):
        if each.estimated_from is None:
            assert each.kl == pytest.approx(whole[layer].kl, rel=1e-4)
            assert each.nll == pytest.approx(whole[layer].nll, rel=1e-4)


@pytest.mark.parametrize(("levels", "share"), [((8,), 0.1), ((2, 8), 1.0)])
def test_without_a_race_all_is_measured(levels: tuple[int, ...], share: float) -> None:
    assert singles(single_removals(evaluator(*levels), LAYERS, share)) == [None] * LAYERS


def test_most_of_the_work_is_saved() -> None:
    raced, whole = evaluator(1, 3, 8), evaluator(8)
    before = raced.layer_applications, whole.layer_applications
    single_removals(raced, LAYERS, 0.15)
    single_removals(whole, LAYERS, 0.15)
    assert raced.layer_applications - before[0] <= 0.5 * (whole.layer_applications - before[1])


class Scripted:
    """Scores that are the KL of a layer, twice as high on all windows, on which the text is 0.5 nats harder."""

    levels = (1, 4)

    def scores(self, population: list[tuple[int, ...]], level: int) -> list[Score]:
        factor, added = (1.0, 0.0) if level == 1 else (2.0, 0.5)
        return [Score(factor * (1.0 + layer), 3.0 + layer + added) for (layer,) in population]


def test_estimates_are_on_the_scale_of_what_was_measured() -> None:
    found = single_removals(Scripted(), 4, 0.5)  # type: ignore[arg-type]
    assert [each.kl for each in found] == [2.0, 4.0, 6.0, 8.0]
    assert [each.nll for each in found] == [3.5, 4.5, 5.5, 6.5]
    assert singles(found) == [None, None, 1, 1]


def test_the_analysis_of_an_older_journal_was_measured_on_all_windows() -> None:
    event = LayerAnalysed(
        layer=1, block_influence=0.1, angular_distance=0.1, kl=0.2, perplexity=9.0, parameters=1, bytes=2, seconds=0.1
    )
    older = encode_event(event).replace(b',"estimated_from":null', b"")
    assert b"estimated_from" not in older
    assert decode_event(older) == event
