"""What a budget means in layers and bytes, told at once while a person turns the knobs.

The arithmetic is the engine's own (``engine.api.budget``); here a budget that cannot be met is shown, not refused.
"""

from dataclasses import dataclass

from msgspec.structs import replace

from engine.api import budget as arithmetic
from engine.api.errors import BadInput
from engine.api.events import ModelPrepared
from engine.api.settings import AnalysisSettings, BudgetSettings, Settings


@dataclass(frozen=True)
class BudgetEffect:
    """What a plan leads to, taking the smallest prunable layers; sizes in bytes.

    Where the plan cannot be met, ``problem`` says why, and the figures are those of the most that can be removed.
    """

    layers: int
    layers_left: int
    prunable: int
    parameters: int
    bytes: int
    share_removed: float
    """Of the dense model's bytes."""
    speedup: float = 1.0
    """How many times faster it decodes, by the engine's estimate."""
    problem: str = ""


def budget_effect(settings: Settings, model: ModelPrepared) -> BudgetEffect:
    """What the plan in ``settings`` makes of ``model``."""
    prunable = _prunable(settings.analysis, model.layers, model.needed_layers)
    try:
        arithmetic.prunable_layers(
            model.layers, settings.analysis, model.needed_layers
        )  # raises when layers are protected that cannot be
        count = arithmetic.resolve_budget(settings.budget, prunable, model.layer_bytes, model.bytes)
        problem = ""
    except BadInput as error:
        count, problem = min(len(prunable), model.layers - 1), str(error)
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


def largest_effect(settings: Settings, model: ModelPrepared) -> BudgetEffect:
    """What comes of removing everything that may go."""
    prunable = _prunable(settings.analysis, model.layers, model.needed_layers)
    most = min(len(prunable), model.layers - 1)
    return budget_effect(replace(settings, budget=BudgetSettings(layers=most)), model)


def protected_layers(analysis: AnalysisSettings, layers: int, needed: tuple[int, ...] = ()) -> tuple[int, ...]:
    """Return the layers that are never removed; protected ones that the model does not have are passed over.

    Args:
        analysis: Which layers a person protects.
        layers: How many decoder layers the model has.
        needed: Those that must stay in any case.
    """
    prunable = set(_prunable(analysis, layers, needed))
    return tuple(layer for layer in range(layers) if layer not in prunable)


def _prunable(analysis: AnalysisSettings, layers: int, needed: tuple[int, ...]) -> tuple[int, ...]:
    """All layers that may be removed, empty where all are protected."""
    known = analysis.protected and tuple(layer for layer in analysis.protected if layer < layers)
    try:
        return arithmetic.prunable_layers(layers, replace(analysis, protected=known), needed)
    except BadInput:
        return ()
