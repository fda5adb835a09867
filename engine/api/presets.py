"""Built-in presets for the amount of work of a run, as changes to settings."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import product
from typing import Any

from engine.api.editing import with_values
from engine.api.settings import Settings

PRESETS: dict[str, dict[str, object]] = {
    "No training": {
        "calibration.windows": 16,
        "calibration.heldout_windows": 32,
        "search.population": 20,
        "search.iterations": 15,
        "compensation.windows": 256,
        "recovery.enabled": False,
        "recovery.windows": 96,
        "recovery.steps": 48,
    },
    "Quick": {
        "calibration.windows": 8,
        "calibration.heldout_windows": 16,
        "search.population": 12,
        "search.iterations": 8,
        "compensation.windows": 96,
        "recovery.enabled": True,
        "recovery.windows": 96,
        "recovery.steps": 48,
    },
    "Balanced": {
        "calibration.windows": 16,
        "calibration.heldout_windows": 32,
        "search.population": 20,
        "search.iterations": 15,
        "compensation.windows": 256,
        "recovery.enabled": True,
        "recovery.windows": 512,
        "recovery.steps": 256,
    },
    "Thorough": {
        "calibration.windows": 64,
        "calibration.heldout_windows": 64,
        "search.population": 32,
        "search.iterations": 40,
        "compensation.windows": 512,
        "recovery.enabled": True,
        "recovery.windows": 4096,
        "recovery.steps": 2048,
    },
}


@dataclass(frozen=True)
class TrainingSize:
    """Training settings for models up to a number of parameters."""

    parameters: float
    learning_rate: float
    rank: int
    batch_windows: int
    pass_windows: int
    gradient_checkpointing: bool


TRAINING_SIZES = (
    TrainingSize(0.5e9, 1e-3, 32, 4, 0, False),
    TrainingSize(2e9, 1e-3, 32, 8, 4, False),
    TrainingSize(15e9, 3e-4, 32, 16, 2, True),
    TrainingSize(math.inf, 1e-4, 16, 16, 1, True),
)
"""The first is measured on two models (docs/benchmarks): with 2e-3 a training from a compensated Gemma 3 270M only
hurts at first, and 1e-3 costs the demo model nothing. The others follow common practice for healing pruned
models: batches of 16 and a rate of 3e-4 at 7 billion parameters (Gromov et al. 2024, https://arxiv.org/abs/2403.17887),
less above."""


GPU_AMOUNTS: dict[str, object] = {
    "calibration.windows": 64,
    "calibration.heldout_windows": 64,
    "calibration.window_length": 512,
}
"""What every preset measures on with a GPU, which does in minutes what takes a CPU hours: the more text, the surer the
choice of a set."""
_GPU_PASS = 4
"""Windows of a training pass on a GPU, 2,048 tokens; halved when memory runs out. Fewer leave the GPU waiting."""


def with_preset(settings: Settings, name: str, parameters: int | None = None, gpu: bool = False) -> Settings:
    """Return ``settings`` with the amounts of work of a preset.

    Args:
        settings: The settings to change.
        name: Name of a built-in preset.
        parameters: Number of parameters of the model, where known. Recovery's rank, learning rate and batch then suit
            the model's size, and the number of steps keeps the number of training windows of the preset's usual batch.
        gpu: Whether the run uses a GPU, where known; it then measures on more and longer windows.
    """
    return with_values(settings, _values(name, parameters, gpu))


def _values(name: str, parameters: int | None, gpu: bool) -> Mapping[str, object]:
    values = PRESETS[name]
    if parameters is not None:
        size = next(size for size in TRAINING_SIZES if parameters <= size.parameters)
        values = {**values, **_trained(size, values)}
        if gpu:
            values["recovery.pass_windows"] = _GPU_PASS if size.batch_windows > _GPU_PASS else 0
    return {**values, **GPU_AMOUNTS} if gpu else values


def _trained(size: TrainingSize, values: Mapping[str, object]) -> dict[str, object]:
    steps = values["recovery.steps"]
    assert isinstance(steps, int)
    return {
        "recovery.learning_rate": size.learning_rate,
        "recovery.rank": size.rank,
        "recovery.alpha": float(size.rank),
        "recovery.batch_windows": size.batch_windows,
        "recovery.pass_windows": size.pass_windows,
        "recovery.gradient_checkpointing": size.gradient_checkpointing,
        "recovery.steps": max(1, steps * TRAINING_SIZES[0].batch_windows // size.batch_windows),
    }


def preset_of(settings: Settings) -> str | None:
    """Return the preset that these settings match for a model of any size on any device, or None."""
    sizes = (None, *(int(min(size.parameters, 1e15)) for size in TRAINING_SIZES))
    cases = ((name, _values(name, size, gpu)) for name, size, gpu in product(PRESETS, sizes, (False, True)))
    return next((name for name, values in cases if _holds(settings, values)), None)


def _holds(settings: Settings, values: Mapping[str, object]) -> bool:
    """Return whether ``values`` would change nothing; numbers are compared first, which costs little."""
    numbers = {key: value for key, value in values.items() if isinstance(value, int | float)}
    return all(_value(settings, key) == number for key, number in numbers.items()) and (
        with_values(settings, values) == settings
    )


def _value(settings: Any, key: str) -> object:
    return reduce(getattr, key.split("."), settings)
