"""The effect of a budget in layers and bytes, shown immediately while the user changes it.

The arithmetic is the engine's (``engine.api.budget``); a budget that cannot be met is shown here instead of refused.
"""

import math
from dataclasses import dataclass

from msgspec.structs import replace

from engine.api import budget as arithmetic
from engine.api.errors import BadInput
from engine.api.events import ModelPrepared
from engine.api.settings import AnalysisSettings, BudgetSettings, Settings
from gui.words.messages import message_words


@dataclass(frozen=True)
class BudgetEffect:
    """The effect of a plan that removes the smallest prunable layers; sizes in bytes.

    If the plan cannot be met, ``problem`` explains why and the figures are those of the largest possible reduction.
    """

    layers: int
    layers_left: int
    prunable: int
    parameters: int
    bytes: int
    share_removed: float
    """Share of the dense model's bytes."""
    speedup: float = 1.0
    """Estimated speed-up of decoding."""
    problem: str = ""


def budget_effect(settings: Settings, model: ModelPrepared) -> BudgetEffect:
    """Return the effect of the plan in ``settings`` on ``model``."""
    prunable = _prunable(settings.analysis, model.layers, model.needed_layers)
    try:
        arithmetic.prunable_layers(
            model.layers, settings.analysis, model.needed_layers
        )  # raises if a protected layer cannot be protected
        count = arithmetic.resolve_budget(settings.budget, prunable, model.layer_bytes, model.bytes)
        problem = ""
    except BadInput as error:
        count, problem = min(len(prunable), model.layers - 1), message_words(error.sentence)
    smallest = arithmetic.smallest_layers(prunable, model.layer_bytes, count)
    freed = sum(model.layer_bytes[layer] for layer in smallest)
    return BudgetEffect(
        layers=count,
        layers_left=model.layers - count,
        prunable=len(prunable),
        parameters=model.parameters - sum(model.layer_parameters[layer] for layer in smallest),
        bytes=model.bytes - freed,
        share_removed=freed / model.bytes if model.bytes else 0.0,
        speedup=arithmetic.decode_speedup(model.bytes, freed) if model.bytes else 1.0,
        problem=problem,
    )


def least_layers_problem(settings: Settings, model: ModelPrepared) -> bool:
    """Return whether the smallest number of layers to search for is above the budget."""
    prunable = _prunable(settings.analysis, model.layers, model.needed_layers)
    try:
        arithmetic.searched_counts(settings, prunable, model.layer_bytes, model.bytes)
    except BadInput:
        return True
    return False


def largest_effect(settings: Settings, model: ModelPrepared) -> BudgetEffect:
    """Return the effect of removing every layer that may be removed."""
    prunable = _prunable(settings.analysis, model.layers, model.needed_layers)
    most = min(len(prunable), model.layers - 1)
    return budget_effect(replace(settings, budget=BudgetSettings(layers=most)), model)


def protected_layers(analysis: AnalysisSettings, layers: int, needed: tuple[int, ...] = ()) -> tuple[int, ...]:
    """Return the layers that are never removed, ignoring protected ones that the model does not have.

    Args:
        analysis: The layers that the user protects.
        layers: Number of decoder layers of the model.
        needed: Layers that must stay in any case.
    """
    prunable = set(_prunable(analysis, layers, needed))
    return tuple(layer for layer in range(layers) if layer not in prunable)


def wanted_amounts(budget: BudgetSettings, model: ModelPrepared) -> dict[str, float]:
    """Return what a budget asks for in each unit, within reach or not; of layers, those of average size."""
    total, average = model.bytes, sum(model.layer_bytes) / max(model.layers, 1)
    freed = budget.layers * average if budget.layers is not None else arithmetic.bytes_to_free(budget, total)
    left = max(total - freed, 1e5)  # no budget asks for nothing at all
    return {
        "layers": float(budget.layers if budget.layers is not None else math.ceil(freed / average - 1e-9)),
        "percent": min(math.floor(1000 * freed / total) / 10, 99.9),
        "megabytes": math.ceil(left / 1e5) / 10,
        "speedup": min(math.floor(100 * total / left) / 100, 1000.0),
    }


def _prunable(analysis: AnalysisSettings, layers: int, needed: tuple[int, ...]) -> tuple[int, ...]:
    """Return all layers that may be removed, or none if all are protected."""
    known = analysis.protected and tuple(layer for layer in analysis.protected if layer < layers)
    try:
        return arithmetic.prunable_layers(layers, replace(analysis, protected=known), needed)
    except BadInput:
        return ()
