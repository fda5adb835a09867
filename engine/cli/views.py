"""Show a job on the terminal: live, as plain lines, or as JSON. Each view is a fold over the engine's events."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import BinaryIO, Protocol

from rich.console import Console, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from engine.api.events import (
    STAGES,
    Event,
    MessageLogged,
    ModelPrepared,
    RunFinished,
    Stage,
    StageFinished,
    StageProgressed,
    StageStarted,
    encode_event,
)
from engine.api.run_state import RunState
from engine.api.safe_text import safe_json
from engine.cli.console import in_line, plain
from engine.results.figures import format_duration
from engine.results.stage_lines import LABELS, stage_line
from engine.results.worker_lines import worker_line

_PLAIN_INTERVAL = 10.0
"""Seconds between two progress lines of the plain view."""
_LABEL_WIDTH = 12


class View(Protocol):
    """Shows one job."""

    state: RunState

    def __enter__(self) -> "View":
        """Start showing."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Restore the terminal."""

    def __call__(self, event: Event) -> None:
        """Show one event."""


class JsonView:
    """Writes every event as one JSON line."""

    def __init__(self, file: BinaryIO) -> None:
        self.state = RunState()
        self._file = file

    def __enter__(self) -> "JsonView":
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.flush()

    def __call__(self, event: Event) -> None:
        """Write and flush one event."""
        self.state.apply(event)
        self._file.write(safe_json(encode_event(event).decode()).encode() + b"\n")
        self._file.flush()


class PlainView:
    """Prints a line at the start and end of each stage, and progress at intervals."""

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self.state = RunState()
        self._console = console
        self._clock = clock
        self._last = clock()
        self._printed = ""

    def __enter__(self) -> "PlainView":
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def __call__(self, event: Event) -> None:
        """Print a line for events that deserve one."""
        self.state.apply(event)
        match event:
            case StageStarted():
                self._line(event.stage, "started")
            case StageFinished(reused=False):
                done = _stage_line(self.state, event.stage) or "done"
                self._line(event.stage, f"{done} ({format_duration(event.seconds)})")
            case StageFinished(reused=True):
                self._line(event.stage, f"{_stage_line(self.state, event.stage) or 'done'} (reused)")
            case StageProgressed() if self._clock() - self._last >= _PLAIN_INTERVAL:
                text = _progress_text(event, self.state)
                if text != self._printed:
                    self._line(event.stage, text)
                    for worker in self.state.workers:
                        self._print(plain(worker_line(worker)))
            case MessageLogged(level="info" | "warning" | "error"):
                self._print(event.message)
            case ModelPrepared():
                for note in event.notes:
                    self._print(note)
            case RunFinished():
                _print_ending(self._console, event)

    def _print(self, sentence: str) -> None:
        self._console.print(Text(in_line(f"{'':{_LABEL_WIDTH}} {sentence}")), soft_wrap=True)

    def _line(self, stage: Stage, text: str) -> None:
        self._last, self._printed = self._clock(), text
        self._console.print(Text(f"{LABELS[stage]:{_LABEL_WIDTH}} {text}"), soft_wrap=True)


class LiveView:
    """Draws one line for each stage, with a progress bar for the current one."""

    def __init__(self, console: Console) -> None:
        self.state = RunState()
        self._console = console
        self._stages: list[Stage] = []
        self._done: dict[Stage, str] = {}
        self._live = Live(console=console, refresh_per_second=8, get_renderable=self._table)

    def __enter__(self) -> "LiveView":
        self._live.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._live.stop()

    def __call__(self, event: Event) -> None:
        """Update the state; the picture is redrawn eight times a second."""
        self.state.apply(event)
        match event:
            case StageStarted():
                self._meet(event.stage)
            case StageFinished():
                self._meet(event.stage)
                self._done[event.stage] = "reused" if event.reused else format_duration(event.seconds)
            case MessageLogged(level="info" | "warning" | "error"):
                self._console.print(Text(in_line(event.message)))
            case ModelPrepared():
                for note in event.notes:
                    self._console.print(Text(in_line(note)))
            case RunFinished():
                self._live.stop()
                _print_ending(self._console, event)

    def _meet(self, stage: Stage) -> None:
        if stage not in self._stages:
            self._stages.append(stage)
            self._stages.sort(key=STAGES.index)

    def _table(self) -> RenderableType:
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True, min_width=_LABEL_WIDTH)
        table.add_column(ratio=1)
        table.add_column(no_wrap=True, justify="right")
        for stage in list(self._stages):
            self._add_rows(table, stage)
        return table

    def _add_rows(self, table: Table, stage: Stage) -> None:
        line = Text(_stage_line(self.state, stage))
        if stage in self._done:
            done = Text.assemble(("✓", "green"), f" {LABELS[stage]}")
            table.add_row(done, line, Text(self._done[stage], style="dim"))
            return
        table.add_row(Text(f"▸ {LABELS[stage]}", style="bold"), line, "")
        progress = self.state.progress
        if progress is None or progress.stage != stage:
            return
        left = f"{format_duration(progress.remaining_seconds)} left" if progress.remaining_seconds is not None else ""
        table.add_row("", Text(progress.message, style="dim"), Text(left, style="dim"))
        for worker in self.state.workers:
            table.add_row("", Text(in_line(plain(worker_line(worker))), style="dim"), "")
        if progress.total > 0:
            table.add_row("", ProgressBar(total=progress.total, completed=progress.done, width=40), "")


def _progress_text(event: StageProgressed, state: RunState) -> str:
    share = f" {100 * event.done / event.total:.0f} %" if event.total > 0 else ""
    left = f", {format_duration(event.remaining_seconds)} left" if event.remaining_seconds is not None else ""
    line = _stage_line(state, event.stage)
    return f"{event.message or 'Working'}{share}{left}" + (f"; {line}" if line else "")


def _stage_line(state: RunState, stage: Stage) -> str:
    return plain(stage_line(state, stage))


def _print_ending(console: Console, event: RunFinished) -> None:
    style = "bold red" if event.outcome == "failed" else ""
    word = "Error: " if event.outcome == "failed" else ""
    console.print(Text(in_line(f"{word}{event.message}")), style=style, soft_wrap=True)
