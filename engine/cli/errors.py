"""What goes wrong on the command line is told in one sentence, with an exit code, and never as a traceback."""

import functools
from collections.abc import Callable
from typing import ParamSpec

import typer
from rich.console import Console

from engine.api.errors import BadInput, LayerSwarmError

P = ParamSpec("P")
_FAILED, _BAD_INPUT = 1, 2


def told(command: Callable[P, int]) -> Callable[P, None]:
    """A command that answers an exit code or raises, as typer wants it."""

    @functools.wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = command(*args, **kwargs)
        except LayerSwarmError as error:
            Console(stderr=True).print(
                f"Error: {error}", style="bold red", highlight=False, soft_wrap=True, markup=False
            )
            code = _BAD_INPUT if isinstance(error, BadInput) else _FAILED
        if code:
            raise typer.Exit(code)

    # typer reads the annotations for the options; the result is not one of them.
    wrapper.__annotations__ = {**command.__annotations__, "return": None}
    return wrapper
