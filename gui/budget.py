"""What a budget means in layers and bytes, told at once while a person turns the knobs.

The engine resolves the budget again before it searches; this is the same arithmetic on the same counted sizes.
"""

import math
from dataclasses import dataclass

from engine.api.events import ModelPrepared
from engine.api.settings import AnalysisSettings, BudgetSettings


@dataclass(frozen=True)
class Consequence:
    """What removing ``layers`` layers leads to, taking the smallest prunable ones; sizes in bytes."""

    layers: int
    layers_left: int
    parameters: int
    bytes: int
    share_removed: float
    """Of the dense model's bytes."""


def protected_layers(settings: AnalysisSettings, layers: int) -> tuple[int, ...]:
    """The layers that are never removed, of a model with ``layers`` decoder layers."""
    if settings.protected is not None:
        return tuple(sorted(layer for layer in set(settings.protected) if layer < layers))
    first = range(min(settings.protect_first, layers))
    last = range(max(layers - settings.protect_last, 0), layers)
    return tuple(sorted({*first, *last}))


def prunable_layers(settings: AnalysisSettings, layers: int) -> tuple[int, ...]:
    """All layers but the protected ones."""
    protected = set(protected_layers(settings, layers))
    return tuple(layer for layer in range(layers) if layer not in protected)


def consequence(model: ModelPrepared, prunable: tuple[int, ...], count: int) -> Consequence:
    """The size of ``model`` after ``count`` of its prunable layers are gone."""
    smallest = sorted(prunable, key=lambda layer: model.layer_bytes[layer])[:count]
    freed = sum(model.layer_bytes[layer] for layer in smallest)
    return Consequence(
        layers=len(smallest),
        layers_left=model.layers - len(smallest),
        parameters=model.parameters - sum(model.layer_parameters[layer] for layer in smallest),
        bytes=model.bytes - freed,
        share_removed=freed / model.bytes if model.bytes else 0.0,
    )


def layers_of_budget(budget: BudgetSettings, model: ModelPrepared, prunable: tuple[int, ...]) -> int | None:
    """The number of layers a budget asks for: as few as reach it, or None when even all prunable ones do not."""
    if budget.layers is not None:
        return budget.layers if budget.layers <= len(prunable) else None
    wanted = _bytes_to_free(budget, model)
    freed = 0
    if wanted <= 0:
        return 0
    for count, size in enumerate(sorted(model.layer_bytes[layer] for layer in prunable), start=1):
        freed += size
        if freed >= wanted:
            return count
    return None


def _bytes_to_free(budget: BudgetSettings, model: ModelPrepared) -> int:
    if budget.percent is not None:
        return math.ceil(model.bytes * budget.percent / 100)
    assert budget.megabytes is not None
    return math.ceil(model.bytes - budget.megabytes * 1e6)
