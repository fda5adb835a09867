"""Quick, Balanced, Thorough: how much work a run does, as changes of settings."""

from engine.api.editing import with_values
from engine.api.settings import Settings

PRESETS: dict[str, dict[str, object]] = {
    "Quick": {
        "calibration.windows": 8,
        "calibration.heldout_windows": 16,
        "search.population": 12,
        "search.iterations": 8,
        "recovery.windows": 96,
        "recovery.steps": 48,
    },
    "Balanced": {
        "calibration.windows": 16,
        "calibration.heldout_windows": 32,
        "search.population": 20,
        "search.iterations": 15,
        "recovery.windows": 512,
        "recovery.steps": 256,
    },
    "Thorough": {
        "calibration.windows": 64,
        "calibration.heldout_windows": 64,
        "search.population": 32,
        "search.iterations": 40,
        "recovery.windows": 4096,
        "recovery.steps": 2048,
    },
}


def with_preset(settings: Settings, name: str) -> Settings:
    """``settings`` with the amounts of work that the preset stands for."""
    return with_values(settings, PRESETS[name])


def preset_of(settings: Settings) -> str | None:
    """The preset whose amounts these settings have, or None."""
    return next((name for name in PRESETS if with_preset(settings, name) == settings), None)
