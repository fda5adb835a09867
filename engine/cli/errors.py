"""Report errors of the command line in one sentence with an exit code, never as a traceback."""

import contextlib
import functools
import inspect
import os
import sys
from collections.abc import Callable
from typing import Annotated, ParamSpec

import typer

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.exit_codes import BAD_INPUT, FAILED
from engine.api.offline import go_offline
from engine.api.secrets import without_secrets
from engine.api.system_errors import FULL, refusal
from engine.cli.console import in_line, plain_console

P = ParamSpec("P")
_OUTPUT = "standard output"
_OFFLINE = "offline"
Offline = Annotated[bool, typer.Option("--offline", help="Open no internet connection.")]


def reports_errors(command: Callable[P, int]) -> Callable[P, None]:
    """Turn a command that returns an exit code or raises into one as typer expects it, with the option --offline."""

    @functools.wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> None:
        if kwargs.pop(_OFFLINE, False):
            go_offline()
        code = exit_code(lambda: command(*args, **kwargs))
        if code:
            raise typer.Exit(code)

    # typer builds the options from signature and annotations, so the return type must not be an exit code.
    signature = inspect.signature(command)
    option = inspect.Parameter(_OFFLINE, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Offline)
    changed = signature.replace(parameters=[*signature.parameters.values(), option], return_annotation=None)
    wrapper.__signature__ = changed  # type: ignore[attr-defined]
    wrapper.__annotations__ = {**command.__annotations__, _OFFLINE: Offline, "return": None}
    return wrapper


def exit_code(work: Callable[[], int]) -> int:
    """Do the work and return the exit code, after printing an error in one sentence."""
    try:
        code = work()
        if sys.stdout is not None:
            sys.stdout.flush()  # report a full disk here rather than when Python exits
        return code
    except BrokenPipeError:
        raise  # the reader is gone, as with `| head`: typer exits silently
    except LayerSwarmError as error:
        print_error(str(error))
        return BAD_INPUT if isinstance(error, BadInput) else FAILED
    except OSError as error:
        # errors of files that are written name the file
        if not _can_print() or (error.filename is None and error.errno in FULL):
            error.filename = error.filename or _OUTPUT
        print_error(refusal(error))
        return FAILED


def print_error(sentence: str) -> None:
    """Print an error on standard error."""
    with contextlib.suppress(OSError):  # where that fails too, the exit code must do
        line = in_line(f"Error: {without_secrets(sentence)}")
        plain_console(stderr=True).print(line, style="bold red", soft_wrap=True)


def _can_print() -> bool:
    """Return whether standard output accepts text; if not, redirect it so that Python exits quietly."""
    try:
        sys.stdout.flush()
    except OSError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True
