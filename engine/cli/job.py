"""Run one job of the engine in this process and show it on the terminal."""

import os
import sys

from engine.api.commands import AnyCommand
from engine.api.control import Control
from engine.api.run_state import RunState
from engine.cli.console import plain_console
from engine.cli.interrupts import pause_on_interrupt
from engine.cli.views import JsonView, LiveView, PlainView, View
from engine.pipeline.start import perform


def run_job(command: AnyCommand, json: bool = False, view: View | None = None) -> tuple[int, RunState]:
    """Run the job, show its events, and return the exit code and the state after all events.

    The first Ctrl-C (or SIGTERM) pauses the job at the next safe point; the second one exits at once.

    Args:
        command: The job.
        json: Whether to write events to standard output, and nothing else.
        view: Shows the events in place of the usual view.
    """
    control = Control()
    with view or _view(json) as shown, pause_on_interrupt(control):
        return perform(command, shown, control), shown.state


def _view(json: bool) -> View:
    if json:
        events = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        return JsonView(events)
    console = plain_console(stderr=True)
    return LiveView(console) if console.is_terminal else PlainView(console)
