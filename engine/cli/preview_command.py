"""``layerswarm preview``: show the texts of a project before training on them."""

from enum import StrEnum
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from engine.api.commands import PreviewText
from engine.api.control import Control
from engine.api.events import Event, MessageLogged, RunFinished, TextForm, TextPreviewed
from engine.cli.arguments import settings_of
from engine.cli.console import plain, plain_console
from engine.cli.errors import reports_errors
from engine.cli.project_commands import Assignments
from engine.pipeline.start import perform
from engine.results.figures import format_whole

_FORMS: dict[TextForm, str] = {
    "own": "written by the model itself",
    "plain": "plain text",
    "instruction": "instruction and answer",
    "sharegpt": "conversations (ShareGPT)",
    "messages": "conversations (messages)",
    "transcript": "conversations (transcripts)",
}


class Part(StrEnum):
    """Sections of the settings that name texts."""

    calibration = "calibration"
    recovery = "recovery"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(reports_errors(preview))


def preview(
    subject: Annotated[str, typer.Argument(metavar="DIR_OR_MODEL", help="A project, or any model source.")],
    part: Annotated[Part, typer.Option("--for", help="Whose texts to show.")] = Part.recovery,
    assignments: Assignments = None,
) -> int:
    """Show a project's texts as the model reads them: form, amount and first windows."""
    settings = msgspec.to_builtins(settings_of(subject, assignments or []))
    events: list[Event] = []
    code = perform(PreviewText(settings=settings, part=part.value), events.append, Control())
    ending = events[-1]
    if code and isinstance(ending, RunFinished):
        plain_console(stderr=True).print(f"Error: {ending.message}", style="bold red")
    console = plain_console()
    for event in events:
        if isinstance(event, TextPreviewed):
            _print(console, event)
        elif isinstance(event, MessageLogged):
            plain_console(stderr=True).print(f"Warning: {event.message}", style="yellow", soft_wrap=True)
    return code


def _print(console: Console, event: TextPreviewed) -> None:
    console.print(f"{event.source}: {_form(event)}", style="bold", soft_wrap=True)
    console.print(f"  {_amount(event)}", soft_wrap=True)
    for number, window in enumerate(event.windows, start=1):
        console.print(f"\n  window {number}", style="dim")
        console.print(window, soft_wrap=True)
    if not event.windows:
        console.print(f"  {_nothing(event)}", soft_wrap=True)
    console.print()


def _nothing(event: TextPreviewed) -> str:
    if event.form == "own":
        return "The model has not generated this text yet; a run does so."
    return (
        f"It is too short for a window of {event.window_length} tokens; choose a longer text or shorter windows "
        "(calibration.window_length)."
    )


def _form(event: TextPreviewed) -> str:
    columns = f", from {' + '.join(event.columns)}" if event.columns else ""
    template = ", through the model's chat template" if event.chat_template else ""
    return f"{_FORMS[event.form]}{columns}{template}"


def _amount(event: TextPreviewed) -> str:
    wanted = f"{format_whole(event.windows_wanted)} windows of {format_whole(event.window_length)} tokens are wanted"
    if event.documents is None or event.tokens is None:
        return plain(wanted)
    return plain(f"{format_whole(event.documents)} documents, about {format_whole(event.tokens)} tokens; {wanted}")
