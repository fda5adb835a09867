"""Install LayerSwarm's guard against internet sockets in a Python process that an offline engine has started."""

import runpy
from pathlib import Path

_GUARD = Path(__file__).resolve().parents[2] / "engine" / "api" / "socket_guard.py"
if _GUARD.is_file():
    runpy.run_path(str(_GUARD))["install"]()
