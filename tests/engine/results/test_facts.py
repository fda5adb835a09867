"""The facts of a run are sentences."""

import pytest

from engine.api.events import ParetoPoint
from engine.results.facts import _pareto_line
from engine.results.score_levels import ScoreLevels


@pytest.mark.parametrize(("removed", "words"), [((4,), "1 layer: "), ((3, 4), "2 layers: ")])
def test_a_single_removed_layer_is_one_layer(removed: tuple[int, ...], words: str) -> None:
    point = ParetoPoint(removed=removed, fitness=0.1, bytes=1000, time_share=0.9, cost=1.0)
    assert _pareto_line(point, ScoreLevels(4, 32)).startswith(words)
