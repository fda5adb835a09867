"""The ``layerswarm`` command."""

import io
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from engine.api.exit_codes import FINISHED, STOPPED
from engine.api.offline import begin, go_offline
from engine.api.project import PROJECT_FILE
from engine.api.version import version_and_commit
from engine.cli import (
    algorithms_command,
    best_command,
    cluster_command,
    compare_command,
    fit_command,
    model_commands,
    preset_command,
    preview_command,
    project_commands,
    push_command,
    report_commands,
    try_command,
)
from engine.cli.console import plain_console
from engine.cli.engine_command import engine_commands, environment_words
from engine.cli.engine_process import ENGINE, pass_to_engine
from engine.cli.errors import Offline, exit_code, reports_errors
from engine.cli.window import open_window
from engine.environment.program import engine_state
from engine.models.waiting_threads import limit_spinning

app = typer.Typer(
    help="Shrink a language model by removing the decoder layers that it needs least. Without a command, the window "
    "opens, on a project where one is named: layerswarm [PROJECT].",
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=False,
)
project_commands.register(app)
report_commands.register(app)
compare_command.register(app)
algorithms_command.register(app)
best_command.register(app)
cluster_command.register(app)
model_commands.register(app)
preset_command.register(app)
preview_command.register(app)
fit_command.register(app)
push_command.register(app)
try_command.register(app)
app.add_typer(engine_commands(), name=ENGINE)


def _print_version(wanted: bool) -> None:
    if wanted:
        plain_console().print(f"LayerSwarm {version_and_commit()}")
        plain_console().print(f"Engine: {environment_words(engine_state())}", soft_wrap=True)
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    offline: Offline = False,
) -> None:
    """Define the options of every command."""
    if offline:
        go_offline()


@app.command("open", hidden=True)
@reports_errors
def _open(project: Annotated[str, typer.Argument(help="The project's folder or file.")] = "") -> int:
    return open_window(project or None)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code.

    0: done; 1: failed; 2: an argument, setting or file cannot be used; 130: stopped.
    """
    begin()
    limit_spinning()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal may have no character for a name
    signal.signal(signal.SIGINT, _leave)
    given = sys.argv[1:] if arguments is None else arguments
    sys.exit(exit_code(lambda: _perform(given)))


def _perform(given: Sequence[str]) -> int:
    arguments = routed(given)
    pass_to_engine(arguments)
    app(args=arguments, prog_name="layerswarm")
    return FINISHED


def routed(arguments: Sequence[str]) -> list[str]:
    """Return the arguments, preceded by the command that opens the window where no command is named."""
    if not arguments:
        return ["open"]
    first, *others = arguments
    if first == "--offline":
        return [first, *routed(others)]
    is_project = Path(first).exists() or Path(first).name == PROJECT_FILE or "/" in first
    commands = {command.name for command in app.registered_commands} | {ENGINE}
    return ["open", *arguments] if first not in commands and not first.startswith("-") and is_project else [*arguments]


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(STOPPED)


if __name__ == "__main__":
    main()
