"""Whatever a project, a journal or a model is named or has generated, the terminal obeys none of it."""

import io
import json
from pathlib import Path

import pytest
from rich.table import Table
from rich.text import Text
from typer.testing import CliRunner, Result

from engine.api.events import MessageLogged, PieceWritten, RunFinished, StageProgressed, StageStarted, decode_event
from engine.api.project import Project
from engine.cli.console import plain_console, print_pairs
from engine.cli.errors import print_error
from engine.cli.main import app, routed
from engine.cli.try_command import WritingView
from engine.cli.views import JsonView, LiveView, PlainView
from engine.report.html import write_report
from tests.gui import canned
from tests.gui.projects import add_run, new_project
from tests.hostile_texts import FORBIDDEN, HOSTILE, hostile_events


def typed(*arguments: str) -> Result:
    return CliRunner().invoke(app, routed(arguments))


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return captured.out + captured.err


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a project whose name and journal are full of what a terminal might obey."""
    monkeypatch.setattr(canned, "run_events", _hostile_run)
    project = new_project(tmp_path / HOSTILE.replace("/", ""))
    add_run(project, more=hostile_events(canned.measured()))
    add_run(project, cut_in="search")
    return project


_run_events = canned.run_events


def _hostile_run(*arguments: object, **options: object) -> list[object]:
    return hostile_events(_run_events(*arguments, **options))  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize(
    "command", [("runs",), ("report",), ("report", "--json"), ("best",), ("best", "--json"), ("fit",)], ids=" ".join
)
def test_no_command_on_a_project_prints_what_would_be_obeyed(hostile: Project, command: tuple[str, ...]) -> None:
    result = typed(command[0], str(hostile.folder), *command[1:])
    output = result.stdout + result.stderr
    assert output.strip()
    assert not FORBIDDEN & set(output)
    if "--json" in command and not result.exit_code:
        json.loads(result.stdout)


@pytest.mark.parametrize("command", [("run",), ("export", "--to", "x"), ("try", "--prompt", "x"), ("push",)])
def test_no_refusal_prints_what_would_be_obeyed(tmp_path: Path, command: tuple[str, ...]) -> None:
    result = typed(command[0], str(tmp_path / HOSTILE), *command[1:])
    assert result.exit_code
    assert not FORBIDDEN & set(result.stdout + result.stderr)


def test_every_way_of_printing_on_the_console_is_safe(capsys: pytest.CaptureFixture[str]) -> None:
    console = plain_console()
    table = Table(HOSTILE, title=HOSTILE)
    table.add_row(HOSTILE)
    table.add_row(Text(HOSTILE, style="dim"))
    for thing in (HOSTILE, Text(HOSTILE), table):
        console.print(thing)
        console.print(thing, soft_wrap=True, style="bold")
    print_error(HOSTILE)
    assert not FORBIDDEN & set(shown(capsys))


def test_the_console_still_draws_what_it_means_to() -> None:
    console = plain_console()
    console.file, console._force_terminal, console._color_system = io.StringIO(), True, None
    console.show_cursor(False)
    console.print(HOSTILE)
    written = console.file.getvalue()
    assert written.startswith("\x1b[?25l")
    assert not FORBIDDEN & set(written.removeprefix("\x1b[?25l"))


@pytest.mark.parametrize("view", [PlainView, LiveView])
def test_a_line_break_in_a_name_breaks_no_line(
    view: type[PlainView | LiveView], capsys: pytest.CaptureFixture[str]
) -> None:
    name = "a\nb\r\u2028c"
    print_error(f"There is no model {name}.")
    print_pairs(plain_console(), [("Model", name)])
    with view(plain_console()) as opened:
        for level in ("warning", "error"):
            opened(MessageLogged(level=level, message=f"{name} has no licence."))
        opened(RunFinished(outcome="failed", message=f"There is no model {name}."))
    printed = shown(capsys)
    assert printed.count("a b c") == 5
    assert len(printed.strip().splitlines()) == 5


def test_the_views_of_a_job_are_safe(capsys: pytest.CaptureFixture[str]) -> None:
    events = [
        StageStarted(stage="search"),
        StageProgressed(stage="search", done=1, total=2, message=HOSTILE),
        MessageLogged(level="warning", message=HOSTILE),
        PieceWritten(variant="dense", text=HOSTILE, tokens=3, done=True),
        RunFinished(outcome="failed", message=HOSTILE),
    ]
    for view in (
        PlainView(plain_console(), clock=iter(range(0, 999, 20)).__next__),
        LiveView(plain_console()),
        WritingView(),
    ):
        with view as opened:
            for event in events:
                opened(event)
    assert not FORBIDDEN & set(shown(capsys))
    lines = io.BytesIO()
    with JsonView(lines) as opened:
        for event in events:
            opened(event)
    assert [decode_event(line) for line in lines.getvalue().splitlines()] == events
    assert not FORBIDDEN & set(lines.getvalue().decode())


def test_the_report_shows_names_as_text(hostile: Project, tmp_path: Path) -> None:
    write_report(hostile, hostile.runs()[0], tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<b>bold</b>" not in page
    assert "<img src='x.png'>" not in page
    assert not FORBIDDEN & set(page)
