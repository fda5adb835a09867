"""Measured differences between two models, for the rows that they belong to."""

from collections.abc import Iterator

from engine.api.evaluation_events import DifferenceMeasured, Variant
from engine.api.run_state import RunState
from engine.results.comparison_row import ComparisonRow, ratio
from engine.results.rows import Sentence

AGAINST_PRUNED = "{0}, against pruned"


def to_dense(state: RunState, figure: str) -> dict[Variant, DifferenceMeasured]:
    """Return the differences of a figure to the dense model, by variant."""
    return {
        variant: event
        for (name, variant, against), event in state.differences.items()
        if name == figure and against == "dense"
    }


def against_pruned(
    state: RunState, figure: str, name: Sentence, is_logarithmic: bool = False
) -> Iterator[ComparisonRow]:
    """Yield a row with the difference of the recovered model to the pruned one, where it was measured.

    Args:
        state: State of the run.
        figure: Name of the figure in ``DifferenceMeasured``.
        name: Name of the row that the difference belongs to.
        is_logarithmic: Whether the difference is of the figure's logarithm.
    """
    found = {
        variant: event
        for (each, variant, against), event in state.differences.items()
        if each == figure and against == "pruned"
    }
    if not found:
        return
    yield ComparisonRow(
        Sentence(AGAINST_PRUNED, (name,)),
        "change" if is_logarithmic else "difference",
        {variant: ratio(event.value) - 1 if is_logarithmic else event.value for variant, event in found.items()},
        to_dense=True,
        errors={
            variant: event.stderr * (ratio(event.value) if is_logarithmic else 1.0)
            for variant, event in found.items()
            if event.stderr is not None
        },
    )
