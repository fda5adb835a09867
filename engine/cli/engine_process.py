"""Run a command in the engine's own environment, where the Python of the command has no engine."""

import os
import sys
from collections.abc import Sequence

from engine.api.message import joined, worded
from engine.api.tied_process import run_tied
from engine.environment.program import EngineMissing, EngineProgram, engine_program, has_engine_here

ENGINE = "engine"
WITHOUT_ENGINE = frozenset({"open", ENGINE, "new", "report", "runs", "algorithms", "best", "doctor"})
"""Commands that work where there is no engine."""
WITH_ENGINE = frozenset(
    {"run", "export", "demo", "compare", "estimate", "prune", "eval", "formats", "devices"}
    | {"preset", "preview", "fit", "push", "try", "cluster"}
)
_HELP = "--help"


def pass_to_engine(arguments: Sequence[str]) -> None:
    """Run a command that needs the engine in the engine's environment and end with it; return for all others.

    Raises:
        EngineMissing: There is no engine that can be used.
    """
    command = next((each for each in arguments if not each.startswith("-")), "")
    if command not in WITH_ENGINE or _HELP in arguments or has_engine_here():
        return
    program = _program(command)
    whole, environment = program.command("engine.cli.main", *arguments), program.environment()
    sys.stdout.flush()
    if sys.platform == "win32":
        sys.exit(run_tied(whole, env=environment).returncode)
    os.execve(whole[0], whole, environment)


def _program(command: str) -> EngineProgram:
    try:
        return engine_program()
    except EngineMissing as error:
        needed = worded("'layerswarm {0}' needs the engine.", command)
        raise EngineMissing(joined(needed, error.sentence)) from error
