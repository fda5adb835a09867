"""Start Python processes that import from this installation only, never from the folder that they are started in."""

import os
import sys
import sysconfig
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from engine.api.socket_guard import is_offline

HOME = Path(__file__).resolve().parents[2]
"""The folder of the packages ``engine`` and ``resources``."""


def is_frozen() -> bool:
    """Return whether LayerSwarm runs from the folder of a package, with a Python that can start nothing else."""
    return bool(getattr(sys, "frozen", False))


def own_python() -> Path:
    """Return the path of the present interpreter."""
    return Path(sys.executable)


def python_module(module: str, *arguments: str) -> list[str]:
    """Return the command that runs a module with the present interpreter; use it with ``child_environment``."""
    return [sys.executable, "-m", module, *arguments]


def child_environment(**more: str) -> dict[str, str]:
    """Return the environment of a child process.

    ``python -m`` puts the working folder first among the places to import from, and so would empty or relative parts
    of ``PYTHONPATH``: a project's own ``torch.py``, or an entry point that it registers, would run.

    Args:
        more: Further variables, which replace those of this process.
    """
    # Beside other packages it is found anyway, and they must not come before Python's own modules.
    home = "" if is_beside_packages() else str(HOME)
    given = {**os.environ, "PYTHONPATH": paths(home, os.environ.get("PYTHONPATH", "")), "PYTHONSAFEPATH": "1"}
    return {**given, **more, **_guarded({**given, **more})}


def is_beside_packages() -> bool:
    """Return whether LayerSwarm's own packages are in one folder with those of others."""
    return is_frozen() or str(HOME) in (sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))


def paths(*parts: str) -> str:
    """Join values of ``PYTHONPATH``, leaving out the parts that depend on the working folder."""
    entries = (entry for part in parts for entry in part.split(os.pathsep))
    return os.pathsep.join(dict.fromkeys(entry for entry in entries if os.path.isabs(entry)))


def _guarded(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that keep a child process offline where this one is."""
    if not is_offline():
        return {}
    guard = str(files("resources").joinpath("offline"))
    return {"PYTHONPATH": paths(guard, environment.get("PYTHONPATH", ""))}
