"""The program in the folder that PyInstaller makes: the ``layerswarm`` command, or with a tie another program.

PyInstaller's loader and its start code set variables that are meant for this process only. What LayerSwarm starts - uv,
the engine's Python, the desktop's browser - must not load libraries or plugins from this folder.
"""

import os
import sys
from collections.abc import MutableMapping

_SEARCHED = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FRAMEWORK_PATH")
"""Variables of which the loader keeps the former value under another name
(https://pyinstaller.org/en/stable/common-issues-and-pitfalls.html)."""
_OF_QT = ("QT_PLUGIN_PATH", "QML2_IMPORT_PATH")
"""Qt finds its plugins here without them."""
_OF_THE_LOADER = "_PYI_"


def restore(environment: MutableMapping[str, str]) -> None:
    """Give child processes the environment that LayerSwarm was started with."""
    for name in _SEARCHED:
        before = environment.pop(f"{name}_ORIG", None)
        environment.pop(name, None)
        if before is not None:
            environment[name] = before
    for name in [each for each in environment if each in _OF_QT or each.startswith(_OF_THE_LOADER)]:
        del environment[name]


def main() -> None:
    """Run what the arguments ask for."""
    restore(os.environ)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # Windows gives a program without a console none
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # until the end
    from engine.api import tie

    if sys.argv[1:2] == [tie.ARGUMENT]:
        tie.become(int(sys.argv[2]), sys.argv[3:])
        return
    from engine.cli.main import main as run_command

    run_command()


if __name__ == "__main__":
    main()
