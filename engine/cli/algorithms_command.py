"""``layerswarm algorithms``: list the search algorithms that are installed."""

from typing import Annotated

import msgspec
import typer
from rich.text import Text

from engine.api.algorithms import SearchAlgorithm, algorithm_faults, search_algorithms
from engine.cli.console import plain_console, print_json
from engine.cli.errors import reports_errors


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(reports_errors(algorithms))


def algorithms(
    as_json: Annotated[bool, typer.Option("--json", help="Print the records as JSON.")] = False,
) -> int:
    """List the search algorithms: LayerSwarm's own and those of other packages."""
    if as_json:
        print_json(msgspec.to_builtins(search_algorithms()))
    else:
        for algorithm in search_algorithms():
            _print_algorithm(algorithm)
    for fault in algorithm_faults():
        plain_console(stderr=True).print(f"Warning: {fault}", style="yellow", soft_wrap=True)
    return 0


def _print_algorithm(algorithm: SearchAlgorithm) -> None:
    console = plain_console()
    heading = Text.assemble((algorithm.key, "bold"), f"   {algorithm.title}. {algorithm.explanation}")
    console.print(heading, soft_wrap=True)
    for line in filter(None, (algorithm.reference, algorithm.address)):
        console.print(f"    {line}", style="dim", soft_wrap=True)
    if algorithm.distribution:
        console.print(f"    provided by {algorithm.distribution}", style="dim", soft_wrap=True)
