"""``layerswarm push``: upload an export to the Hub."""

from pathlib import Path
from typing import Annotated

import typer

from engine.api.commands import PushFolder
from engine.api.control import Control
from engine.api.events import Event, RunFinished, StageProgressed
from engine.cli.arguments import absolute
from engine.cli.console import plain_console
from engine.cli.errors import reports_errors


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(reports_errors(push))


def push(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="An exported folder.", show_default=False)],
    repo: Annotated[str, typer.Argument(metavar="REPO", help="A Hub id: organisation/name.", show_default=False)],
    private: Annotated[bool, typer.Option("--private", help="Make a new repository private.")] = False,
) -> int:
    """Upload an export to the Hugging Face Hub, with its model card."""
    from engine.pipeline import hub_jobs  # imports the Hub's library, which most commands do not need

    def show(event: Event) -> None:
        if isinstance(event, StageProgressed):
            plain_console(stderr=True).print(event.message, soft_wrap=True)
        elif isinstance(event, RunFinished):
            failed = event.outcome == "failed"
            words = f"Error: {event.message}" if failed else event.message
            style = "bold red" if failed else ""
            plain_console(stderr=True).print(words, style=style, soft_wrap=True)

    return hub_jobs.perform(PushFolder(folder=absolute(str(folder)), repo=repo, private=private), show, Control())
