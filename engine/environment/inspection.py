"""Look into another Python: its version, its packages, and whether the engine works in it."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.api.errors import BadInput, LayerSwarmError, quoted
from engine.api.interpreter import child_environment
from engine.api.message import Message, ended, joined, worded
from engine.api.tied_process import run_tied, start_tied
from engine.environment.parts import version_faults
from engine.environment.program import EngineProgram

OLDEST_PYTHON = (3, 11)
_LOOK = """
import importlib.metadata as metadata, json, re, sys
names = {re.sub("[-_.]+", "-", each.metadata["Name"] or "").lower(): each.version for each in metadata.distributions()}
print(json.dumps({"version": sys.version_info[:3], "packages": names}))
"""
_LOOK_SECONDS, _TEST_SECONDS = 60.0, 600.0
_SELF_TEST = "engine.pipeline.self_test"
_FAILED = "FAILED: "

Process = subprocess.Popen[bytes]


@dataclass(frozen=True)
class Inspected:
    """What another Python has."""

    version: tuple[int, ...]
    packages: dict[str, str]
    """Installed versions by normalised name."""


def inspect_python(python: Path) -> Inspected:
    """Return the version and the packages of an interpreter.

    Raises:
        BadInput: It is no Python, or too old.
    """
    if not python.is_file():
        raise BadInput(
            worded("There is no Python at {0}; name an interpreter or the folder of an environment.", python)
        )
    command = [str(python), "-c", _LOOK]
    environment = child_environment()
    environment.pop("PYTHONPATH", None)
    try:
        answer = run_tied(
            command,
            timeout=_LOOK_SECONDS,
            env=environment,
            cwd=python.parent,  # before 3.11, Python imports from the working folder, which may be a project's
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        answer.check_returncode()
        found = json.loads(answer.stdout)
        inspected = Inspected(tuple(found["version"]), dict(found["packages"]))
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError) as error:
        raise BadInput(worded("{0} is no Python that works here; name another one.", python)) from error
    if inspected.version < OLDEST_PYTHON:
        shown = ".".join(map(str, inspected.version))
        raise BadInput(worded("{0} is Python {1}; the engine needs Python 3.11 or newer.", python, shown))
    return inspected


def check_packages(inspected: Inspected, python: Path) -> None:
    """Check that an environment has what the engine needs.

    Raises:
        BadInput: Packages are missing or have versions that do not fit.
    """
    if faults := version_faults(inspected.packages, ()):
        named = joined(*faults[:4], between=", ")
        more = worded("{0}, and {1} more", named, len(faults) - 4) if len(faults) > 4 else named
        raise BadInput(worded("The environment of {0} does not fit: {1}.", python, more))


def self_test(program: EngineProgram, begun: Callable[[Process], None] = lambda _process: None) -> str:
    """Run the engine's self-test in an environment and return the line on what it found.

    Args:
        program: The environment.
        begun: Receives the process of the test, so that another thread can end it.

    Raises:
        LayerSwarmError: It failed; the sentence holds its reason.
    """
    try:
        process = start_tied(
            program.command(_SELF_TEST),
            env=program.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        begun(process)
        with process:
            both = process.communicate(timeout=_TEST_SECONDS)
        printed, complaints = (text.decode("utf-8", "replace") for text in both)
    except (OSError, subprocess.SubprocessError) as error:
        raise LayerSwarmError(_not_working(quoted(error, 300))) from error
    if process.returncode != 0:
        told = [line.removeprefix(_FAILED) for line in printed.splitlines() if line.startswith(_FAILED)]
        last = complaints.strip().splitlines()[-1:] or [f"exit code {process.returncode}"]
        raise LayerSwarmError(_not_working(quoted((told or last)[0], 300)))
    return printed.strip().splitlines()[-1]


def _not_working(reason: str) -> Message:
    return worded("The engine does not work in this environment: {0}", ended(reason))
