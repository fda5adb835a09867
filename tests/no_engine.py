"""A computer on which no engine is set up, with a uv that installs nothing."""

from pathlib import Path

import pytest

from engine.environment import program
from tests.engine.environment.stand_in_uv import StandInUv


def without_engine(folder: Path, patch: pytest.MonkeyPatch) -> StandInUv:
    """Hide this Python's own engine, give configuration and data folders of their own, and return the stand-in."""
    for name in ("CONFIG", "DATA", "CACHE"):
        patch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    for name in ("UV_CACHE_DIR", "LAYERSWARM_TORCH_INDEX"):
        patch.delenv(name, raising=False)
    patch.setattr(program, "_NEEDED_HERE", ("no_such_package_at_all",))
    uv = StandInUv(folder / "uv")
    patch.setattr("engine.environment.setting_up.uv_program", lambda: uv.program)
    return uv
