"""What goes wrong on the command line is told in one sentence, with an exit code, and never as a traceback."""

import contextlib
import functools
import os
import sys
from collections.abc import Callable
from typing import ParamSpec

import typer

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.exit_codes import BAD_INPUT, FAILED
from engine.api.system_errors import FULL, refusal
from engine.cli.console import plain_console

P = ParamSpec("P")
_OUTPUT = "standard output"


def told(command: Callable[P, int]) -> Callable[P, None]:
    """A command that answers an exit code or raises, as typer wants it."""

    @functools.wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> None:
        code = exit_code(lambda: command(*args, **kwargs))
        if code:
            raise typer.Exit(code)

    # typer reads the annotations for the options; the result is not one of them.
    wrapper.__annotations__ = {**command.__annotations__, "return": None}
    return wrapper


def exit_code(work: Callable[[], int]) -> int:
    """Do the work; the exit code, after one sentence on what went wrong."""
    try:
        code = work()
        if sys.stdout is not None:
            sys.stdout.flush()  # what a full disk refuses is to be told here, not when Python ends
        return code
    except BrokenPipeError:
        raise  # nobody reads on, as with `| head`: typer ends in silence
    except LayerSwarmError as error:
        tell_error(str(error))
        return BAD_INPUT if isinstance(error, BadInput) else FAILED
    except OSError as error:
        if not _can_print() or (error.filename is None and error.errno in FULL):  # files that are written are named
            error.filename = error.filename or _OUTPUT
        tell_error(refusal(error))
        return FAILED


def tell_error(sentence: str) -> None:
    """Say on standard error what went wrong."""
    with contextlib.suppress(OSError):  # where that cannot be written either, the exit code alone says it
        plain_console(stderr=True).print(f"Error: {sentence}", style="bold red", soft_wrap=True)


def _can_print() -> bool:
    """Whether standard output takes what was printed; if not, the rest goes nowhere, so that Python ends quietly."""
    try:
        sys.stdout.flush()
    except OSError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True
