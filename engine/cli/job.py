"""Run one job of the engine in this process and show it on the terminal."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from engine.api.commands import AnyCommand
from engine.api.control import Control
from engine.api.exit_codes import STOPPED
from engine.api.run_state import RunState
from engine.cli.console import plain_console
from engine.cli.views import JsonView, LiveView, PlainView, View


def run_job(command: AnyCommand, json: bool = False, view: View | None = None) -> tuple[int, RunState]:
    """Run the job, show its events, and return the exit code and the state after all events.

    The first Ctrl-C (or SIGTERM) pauses the job at the next safe point; the second one exits at once.

    Args:
        command: The job.
        json: Whether to write events to standard output, and nothing else.
        view: Shows the events in place of the usual view.
    """
    control = Control()
    with view or _view(json) as shown, _stoppable(control):
        # Imported here because the model libraries take seconds, and most commands do not need them.
        from engine.pipeline.jobs import perform

        return perform(command, shown, control), shown.state


def _view(json: bool) -> View:
    if json:
        events = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        return JsonView(events)
    console = plain_console(stderr=True)
    return LiveView(console) if console.is_terminal else PlainView(console)


@contextmanager
def _stoppable(control: Control) -> Iterator[None]:
    asked = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            os._exit(STOPPED)
        asked = True
        print("Pausing at the next safe point; press Ctrl-C again to exit at once.", file=sys.stderr)
        control.request_stop("pause")

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
