"""A budget becomes a number of layers: the same arithmetic for the window, the estimate and the run."""

import math
from collections.abc import Collection, Sequence

from engine.api.errors import BadInput
from engine.api.settings import AnalysisSettings, BudgetSettings, Settings


def prunable_layers(layers: int, analysis: AnalysisSettings, needed: Collection[int] = ()) -> tuple[int, ...]:
    """Return the layers that may be removed.

    Args:
        layers: How many decoder layers the model has.
        analysis: Which of them are protected.
        needed: Those that must stay in any case (``ModelPrepared.needed_layers``).

    Raises:
        BadInput: A protected layer does not exist, or all of them are protected.
    """
    if analysis.protected is None:
        free = range(min(analysis.protect_first, layers), max(layers - analysis.protect_last, 0))
    else:
        _check_exist(analysis.protected, layers)
        free = range(layers)
    prunable = tuple(layer for layer in free if layer not in {*(analysis.protected or ()), *needed})
    if not prunable:
        raise BadInput(f"All {layers} layers are protected, so none can be removed; protect fewer.")
    return prunable


def _check_exist(protected: Sequence[int], layers: int) -> None:
    outside = [layer for layer in protected if not 0 <= layer < layers]
    if outside:
        raise BadInput(
            f"Layer {outside[0]} is to be protected, but the model's layers are 0 to {layers - 1}; "
            "take it out of the protected layers (analysis.protected)."
        )


def resolve_budget(
    budget: BudgetSettings, prunable: Sequence[int], layer_bytes: Sequence[int], total_bytes: int
) -> int:
    """How many layers go: the fewest of the smallest prunable ones that reach the budget.

    Args:
        budget: layers, a share of the model's bytes, its largest size, or a decode speed-up.
        prunable: the layers that may be removed.
        layer_bytes: bytes of every layer of the dense model.
        total_bytes: bytes of the whole dense model.

    Raises:
        BadInput: removing every prunable layer would not reach the budget, or would leave no layer at all.
    """
    most = min(len(prunable), len(layer_bytes) - 1)
    if budget.layers is not None:
        if budget.layers > most:
            raise BadInput(
                f"The budget asks to remove {budget.layers} layers, but only {most} of {len(layer_bytes)} "
                "may be removed; ask for fewer layers, or protect fewer."
            )
        return budget.layers
    wanted = bytes_to_free(budget, total_bytes)
    count, freed = _taken_until(wanted, sorted(layer_bytes[layer] for layer in prunable)[:most])
    if freed < wanted:
        raise BadInput(
            f"The budget asks for {wanted / 1e6:,.1f} MB less, but removing all {most} layers that may go frees only "
            f"{freed / 1e6:,.1f} of {total_bytes / 1e6:,.1f} MB ({100 * freed / total_bytes:.1f} %); "
            "ask for less, or protect fewer layers."
        )
    return count


def possible_counts(
    budget: BudgetSettings, prunable: Sequence[int], layer_bytes: Sequence[int], total_bytes: int
) -> range:
    """Every number of layers with which some set meets the budget and one layer less of it might not.

    One number where all layers are of a size, and where the budget is in layers. Else fewer large layers may do what
    more small ones do: a knapsack, whose search tries every number from the fewest of the largest layers on.

    Raises:
        BadInput: as ``resolve_budget``.
    """
    most = resolve_budget(budget, prunable, layer_bytes, total_bytes)
    if budget.layers is not None:
        return range(most, most + 1)
    wanted = bytes_to_free(budget, total_bytes)
    fewest, _ = _taken_until(wanted, sorted((layer_bytes[layer] for layer in prunable), reverse=True))
    return range(fewest, most + 1)


def searched_counts(settings: Settings, prunable: Sequence[int], layer_bytes: Sequence[int], total_bytes: int) -> range:
    """Every number of layers that a search tries: those that may meet the budget, or all from the fewest to it.

    Raises:
        BadInput: as ``resolve_budget``, or the fewest are more than the budget.
    """
    least = settings.search.least_layers
    if least is None:
        return possible_counts(settings.budget, prunable, layer_bytes, total_bytes)
    most = resolve_budget(settings.budget, prunable, layer_bytes, total_bytes)
    if least > most:
        raise BadInput(
            f"search.least_layers is {least}, but the budget removes {most} layers at most; lower it, or ask for a "
            "larger budget."
        )
    return range(least, most + 1)


def smallest_layers(prunable: Sequence[int], layer_bytes: Sequence[int], count: int) -> tuple[int, ...]:
    """The ``count`` smallest prunable layers, sorted by number: what a budget reckons with before the search."""
    return tuple(sorted(sorted(prunable, key=lambda layer: (layer_bytes[layer], layer))[:count]))


def bytes_to_free(budget: BudgetSettings, total_bytes: int) -> int:
    """Bytes that must go at least; 0 or less when the model is small enough already. Not for a budget in layers."""
    if budget.percent is not None:
        return _whole_bytes(total_bytes * budget.percent / 100)
    if budget.speedup is not None:
        return _whole_bytes(total_bytes * (1 - 1 / budget.speedup))
    assert budget.megabytes is not None
    return _whole_bytes(total_bytes - budget.megabytes * 1e6)


def decode_speedup(total_bytes: int, freed: int) -> float:
    """How many times faster the smaller model decodes, by estimate, before anything is measured.

    Writing one token reads every weight once and computes little with each, so its time is taken as the bytes read. The
    cache of keys and values, which shrinks with the layers too, is left out.
    """
    return total_bytes / max(total_bytes - freed, 1)


def _taken_until(wanted: int, sizes: Sequence[int]) -> tuple[int, int]:
    """How many of ``sizes``, one after the other, reach what is wanted, and their sum; all where they do not."""
    freed = 0
    for count, size in enumerate(sizes):
        if freed >= wanted:
            return count, freed
        freed += size
    return len(sizes), freed


def _whole_bytes(size: float) -> int:
    """Rounded up; the thousandths forgive what floating point adds to a size that is meant to be met exactly."""
    return math.ceil(round(size, 3))
