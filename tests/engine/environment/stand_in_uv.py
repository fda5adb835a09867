"""A uv that installs nothing: it keeps what it is asked for, prints what uv prints, and fails on request."""

import json
import os
import sys
from pathlib import Path

from engine.environment.parts import pins_file

_SCRIPT = r"""#!{python} -IS
import os, sys, time
from pathlib import Path

here, arguments = Path(__file__).parent, sys.argv[1:]
with open(here / "calls", "a") as calls:
    print(*arguments, sep="\t", file=calls)
(here / "variables").write_text("".join(f"{{name}}={{value}}\n" for name, value in os.environ.items()))
kind = "venv" if arguments[0] == "venv" else "plan" if "--dry-run" in arguments else "install"
behaviour = here / kind
told = behaviour.read_text() if behaviour.exists() else ""
if kind == "venv":
    python = Path(arguments[-1], "bin", "python")
    python.parent.mkdir(parents=True)
    python.write_text((here / "python").read_text())
    python.chmod(0o755)
elif kind == "plan":
    print("Would install 2 packages", " + torch==2.13.0", (here / "offered").read_text(), sep="\n")
elif kind == "install":
    print("Resolved 3 packages in 12ms", "Downloading torch (182.9MiB)", "Downloading numpy (16.1MiB)", sep="\n")
    print(" Downloaded numpy", flush=True)
if told == "wait":
    (here / "waiting").touch()
    time.sleep(600)
elif told:
    sys.exit(told)
elif kind == "install":
    print(" Downloaded torch", "Prepared 3 packages in 40.30s", " + torch==2.13.0", sep="\n")
"""
_PYTHON = """#!/bin/sh
here='{here}'
case "$*" in
*self_test*) cat "$here/tested"; [ ! -e "$here/broken" ] ;;
*) cat "$here/found" ;;
esac
"""


class StandInUv:
    """The program in a folder of its own, and the environments that it makes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program = folder / "uv"
        folder.mkdir()
        self.program.write_text(_SCRIPT.format(python=sys.executable))
        self.program.chmod(0o755)
        (folder / "python").write_text(_PYTHON.format(here=folder))
        lines = pins_file().read_text().splitlines()
        self.packages = dict(line.split("==") for line in lines if "==" in line)
        (folder / "offered").touch()
        self.finds((3, 12, 1), self.packages)
        self.tests("torch 2.13.0, transformers 5.23.0; cpu")

    def finds(self, version: tuple[int, ...], packages: dict[str, str]) -> None:
        """Let the environments have a version of Python and packages."""
        (self.folder / "found").write_text(json.dumps({"version": version, "packages": packages}))

    def tests(self, line: str, works: bool = True) -> None:
        """Let the self-test print a line."""
        (self.folder / "tested").write_text(f"{line}\n")
        broken = self.folder / "broken"
        broken.unlink(missing_ok=True) if works else broken.touch()

    def tell(self, kind: str, told: str) -> None:
        """Let ``venv``, ``plan`` or ``install`` fail with an output, or "wait"; work again if it is empty."""
        (self.folder / kind).write_text(told)

    @property
    def waits(self) -> bool:
        """Whether a command waits to be ended."""
        return (self.folder / "waiting").exists()

    def calls(self, kind: str = "") -> list[list[str]]:
        """Return the arguments of each call, or of those that hold a word."""
        lines = (self.folder / "calls").read_text().splitlines() if (self.folder / "calls").exists() else []
        calls = [line.split("\t") for line in lines]
        return [words for words in calls if not kind or kind in words]

    def environment(self) -> Path:
        """Make an environment as a person may have one, and return its Python."""
        python = self.folder / "own" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text((self.folder / "python").read_text())
        os.chmod(python, 0o755)
        return python
