"""``layerswarm cluster``: list the machines of a Ray cluster."""

from typing import Annotated

import msgspec
import typer
from rich.console import Console

from engine.api.events import ClusterNodeFound
from engine.api.plurals import counted
from engine.cli.console import plain, plain_console, print_json, print_pairs
from engine.cli.errors import reports_errors
from engine.pipeline.workers.cluster import connected, nodes_of
from engine.results.figures import format_bytes


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(reports_errors(cluster))


def cluster(
    address: Annotated[
        str, typer.Argument(help="'auto' for the cluster on this machine, ray://HOST:10001 or HOST:6379.")
    ] = "auto",
    as_json: Annotated[bool, typer.Option("--json", help="Print the machines as JSON.")] = False,
) -> int:
    """List the machines of a Ray cluster, and how many workers each would have (device.cluster)."""
    with connected(address) as ray:
        nodes = nodes_of(ray)
    if as_json:
        print_json(msgspec.to_builtins(nodes))
    else:
        _print_nodes(plain_console(), nodes)
    return 0


def _print_nodes(console: Console, nodes: list[ClusterNodeFound]) -> None:
    print_pairs(console, [(plain(node.host), plain(_words(node))) for node in nodes])
    gpus = sum(node.gpus for node in nodes)
    workers = counted(gpus, "worker") + " on GPUs, or " if gpus else ""
    console.print(f"A run would have {workers}{counted(sum(node.cpus > 0 for node in nodes), 'worker')} on CPUs.")


def _words(node: ClusterNodeFound) -> str:
    gpus = f"{counted(node.gpus, 'GPU')}{f' ({node.gpu})' if node.gpu else ''}, " if node.gpus else ""
    return f"{node.address}, {gpus}{counted(node.cpus, 'core')}, {format_bytes(node.memory)} of memory for Ray"
