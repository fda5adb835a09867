"""Resolve a budget to a number of layers, with one arithmetic for window, estimate and run."""

import math
from collections.abc import Collection, Sequence

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.api.settings import AnalysisSettings, BudgetSettings, Settings


def prunable_layers(layers: int, analysis: AnalysisSettings, needed: Collection[int] = ()) -> tuple[int, ...]:
    """Return the layers that may be removed.

    Args:
        layers: Number of decoder layers of the model.
        analysis: Settings that protect layers.
        needed: Layers that cannot be removed in any case (``ModelPrepared.needed_layers``).

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
        raise BadInput(worded("All {0} layers are protected, so none can be removed; protect fewer.", layers))
    return prunable


def _check_exist(protected: Sequence[int], layers: int) -> None:
    outside = [layer for layer in protected if not 0 <= layer < layers]
    if outside:
        raise BadInput(
            worded(
                "Layer {0} is protected, but the model's layers are 0 to {1}; remove it from the protected layers "
                "(analysis.protected).",
                outside[0],
                layers - 1,
            )
        )


def resolve_budget(
    budget: BudgetSettings, prunable: Sequence[int], layer_bytes: Sequence[int], total_bytes: int
) -> int:
    """Return how many layers to remove: the fewest of the smallest prunable ones that reach the budget.

    Args:
        budget: A number of layers, a share of the model's bytes, its maximum size, or a decode speed-up.
        prunable: The layers that may be removed.
        layer_bytes: Bytes of every layer of the dense model.
        total_bytes: Bytes of the whole dense model.

    Raises:
        BadInput: Removing every prunable layer would not reach the budget, or would leave no layer.
    """
    most = min(len(prunable), len(layer_bytes) - 1)
    if budget.layers is not None:
        if budget.layers > most:
            raise BadInput(
                worded(
                    "The budget asks to remove {0} layers, but only {1} of {2} may be removed; ask for fewer layers, "
                    "or protect fewer.",
                    budget.layers,
                    most,
                    len(layer_bytes),
                )
            )
        return budget.layers
    wanted = bytes_to_free(budget, total_bytes)
    count, freed = _taken_until(wanted, sorted(layer_bytes[layer] for layer in prunable)[:most])
    if freed < wanted:
        raise BadInput(
            worded(
                "The budget asks for {0:,.1f} MB less, but removing all {1} removable layers frees only {2:,.1f} of "
                "{3:,.1f} MB ({4:.1f} %); ask for less, or protect fewer layers.",
                wanted / 1e6,
                most,
                freed / 1e6,
                total_bytes / 1e6,
                100 * freed / total_bytes,
            )
        )
    return count


def possible_counts(
    budget: BudgetSettings, prunable: Sequence[int], layer_bytes: Sequence[int], total_bytes: int
) -> range:
    """Return every number of layers with which some set meets the budget while one layer less of it might not.

    This is one number where all layers have the same size, and where the budget is in layers. Otherwise fewer large
    layers may free as much as more small ones: a knapsack, whose search tries every number from the fewest of the
    largest layers on.

    Args:
        budget: A number of layers, a share of the model's bytes, its maximum size, or a decode speed-up.
        prunable: The layers that may be removed.
        layer_bytes: Bytes of every layer of the dense model.
        total_bytes: Bytes of the whole dense model.

    Raises:
        BadInput: As in ``resolve_budget``.
    """
    most = resolve_budget(budget, prunable, layer_bytes, total_bytes)
    if budget.layers is not None:
        return range(most, most + 1)
    wanted = bytes_to_free(budget, total_bytes)
    fewest, _ = _taken_until(wanted, sorted((layer_bytes[layer] for layer in prunable), reverse=True))
    return range(fewest, most + 1)


def searched_counts(settings: Settings, prunable: Sequence[int], layer_bytes: Sequence[int], total_bytes: int) -> range:
    """Return every number of layers that a search tries.

    These are the numbers that may meet the budget, or all numbers from ``search.least_layers`` to it where that is set.

    Args:
        settings: The settings of a project.
        prunable: The layers that may be removed.
        layer_bytes: Bytes of every layer of the dense model.
        total_bytes: Bytes of the whole dense model.

    Raises:
        BadInput: As in ``resolve_budget``, or ``search.least_layers`` is above the budget.
    """
    least = settings.search.least_layers
    if least is None:
        return possible_counts(settings.budget, prunable, layer_bytes, total_bytes)
    most = resolve_budget(settings.budget, prunable, layer_bytes, total_bytes)
    if least > most:
        raise BadInput(
            worded(
                "search.least_layers is {0}, but the budget removes at most {1} layers; lower it, or raise the budget.",
                least,
                most,
            )
        )
    return range(least, most + 1)


def smallest_layers(prunable: Sequence[int], layer_bytes: Sequence[int], count: int) -> tuple[int, ...]:
    """Return the ``count`` smallest prunable layers, sorted by index: the set that estimates assume before a search."""
    return tuple(sorted(sorted(prunable, key=lambda layer: (layer_bytes[layer], layer))[:count]))


def bytes_to_free(budget: BudgetSettings, total_bytes: int) -> int:
    """Return the bytes to remove at least, 0 or less where the model is small enough; not for a budget in layers."""
    if budget.percent is not None:
        return _whole_bytes(total_bytes * budget.percent / 100)
    if budget.speedup is not None:
        return _whole_bytes(total_bytes * (1 - 1 / budget.speedup))
    assert budget.megabytes is not None
    return _whole_bytes(total_bytes - budget.megabytes * 1e6)


def decode_speedup(total_bytes: int, freed: int) -> float:
    """Return the estimated decode speed-up of the smaller model, before anything is measured.

    Decoding one token reads every weight once and computes little with each, so the estimate is the ratio of the bytes
    read. The KV cache, which shrinks with the layers too, is left out.
    """
    return total_bytes / max(total_bytes - freed, 1)


def _taken_until(wanted: int, sizes: Sequence[int]) -> tuple[int, int]:
    """Return how many of ``sizes``, taken in order, reach ``wanted``, and their sum; all where they do not reach it."""
    freed = 0
    for count, size in enumerate(sizes):
        if freed >= wanted:
            return count, freed
        freed += size
    return len(sizes), freed


def _whole_bytes(size: float) -> int:
    """Round up, after rounding to thousandths to absorb floating-point errors in sizes meant to be met exactly."""
    return math.ceil(round(size, 3))
