"""The results that the search of a run is compared with."""

from engine.api.events import RemovalSet
from engine.api.run_state import RunState
from engine.api.search_events import Baseline
from engine.results.score_levels import ScoreLevels
from gui.charts.references import Reference
from gui.words.algorithm_names import algorithm_name
from gui.words.translation import tr


def references_of(state: RunState) -> list[Reference]:
    """Return baselines and other searches of as many layers and the same measure as the run's search, best first."""
    size, objective = _size(state), ScoreLevels.of(state).objective
    found = [
        Reference(_baseline_name(each.baseline), each.fitness)
        for each in state.baselines.values()
        if (len(each.removed), each.objective) == (size, objective)
    ]
    found += [
        Reference(
            algorithm_name(each.algorithm), each.fitness, each.course_fitness, tuple(map(float, each.course_tokens))
        )
        for each in state.compared.values()
        if (len(each.removed), each.objective) == (size, objective)
    ]
    return sorted(found, key=lambda reference: reference.fitness)


def _size(state: RunState) -> int:
    removed: RemovalSet = state.search.removed if state.search is not None else ()
    return len(removed) or (state.budget.layers if state.budget is not None else 0)


def _baseline_name(baseline: Baseline) -> str:
    if baseline == "analysis":
        return tr("Cheapest single layers")
    return algorithm_name(baseline)
