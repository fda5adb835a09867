"""Commands that show what a project has come to: report, runs."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from engine.api.edge_devices import edge_devices
from engine.api.project import Project
from engine.api.run_notes import run_notes
from engine.api.run_state import RunState
from engine.api.safe_text import safe_line
from engine.cli.console import plain, plain_console, print_json
from engine.cli.errors import reports_errors
from engine.cli.journals import latest_run, state_of
from engine.cli.project_commands import AsJson, ProjectPath, RunName
from engine.cli.result_tables import print_report, print_research, print_savings, print_written
from engine.report.html import write_report
from engine.results.comparison import comparison
from engine.results.facts import facts
from engine.results.figures import format_bytes
from engine.results.research_table import project_research
from engine.results.savings import savings
from engine.results.score_levels import ScoreLevels, score_words


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (report, runs):
        app.command()(reports_errors(command))


def report(
    directory: ProjectPath,
    run_name: RunName = "",
    as_json: AsJson = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a report with charts to an HTML file.")
    ] = None,
) -> int:
    """Show the results of a run, how the project's searches compare, and what the smaller model saves."""
    project = Project.open(directory)
    chosen = project.run(run_name) if run_name else latest_run(project)
    if html is not None:
        size = write_report(project, chosen, html)
        words = f"The report of {chosen.name} is in {html} ({plain(format_bytes(size))})."
        plain_console().print(words, soft_wrap=True)
        return 0
    state = state_of(chosen)
    columns = project_research(project)
    saved = savings(state, project.settings.savings, edge_devices(project.settings.edge.devices))
    if not as_json:
        if title := run_notes(chosen.folder).title:
            plain_console().print(safe_line(title), style="bold", soft_wrap=True)
        print_report(plain_console(), state)
        print_written(plain_console(), state)
        print_research(plain_console(), columns)
        print_savings(plain_console(), saved)
        return 0
    found = {
        "facts": dict(facts(state)),
        "models": {name: msgspec.to_builtins(event) for name, event in state.evaluated.items()},
        "tasks": [msgspec.to_builtins(event) for event in state.tasks.values()],
        "texts": [msgspec.to_builtins(event) for event in state.texts.values()],
        "speeds": [msgspec.to_builtins(event) for event in state.speeds.values()],
        "footprints": [msgspec.to_builtins(event) for event in state.footprints.values()],
        "written": [msgspec.to_builtins(event) for event in state.generated.values()],
        "answers": [msgspec.to_builtins(event) for event in state.answers.values()],
        "differences": [msgspec.to_builtins(event) for event in state.differences.values()],
        "table": _table(state),
        "research": msgspec.to_builtins(columns),
        "savings": msgspec.to_builtins(saved),
    }
    print_json(found)
    return 0


def runs(directory: ProjectPath) -> int:
    """List the runs of a project."""
    console = plain_console()
    found = Project.open(directory).runs()
    for each in found:
        state = state_of(each)
        outcome = state.finished.outcome if state.finished is not None else "not finished"
        search = state.search
        level = ScoreLevels.of(state).of_best()
        score = f", {plain(score_words(search.objective, search.fitness, level))}" if search is not None else ""
        notes = run_notes(each.folder)
        title = f"   {safe_line(notes.title)}" if notes.title else ""
        star = " (starred)" if notes.starred else ""
        console.print(f"{each.name}{title}{star}   {outcome}{score}", soft_wrap=True)
        for line in notes.note.splitlines():
            console.print(f"    {safe_line(line)}", soft_wrap=True)
    if not found:
        console.print(f"{directory} has no runs yet; 'layerswarm run {directory}' starts one.", soft_wrap=True)
    return 0


def _table(state: RunState) -> dict[str, object]:
    """Return the comparison as headings and the cells of each row."""
    result = comparison(state)
    rows = [{"label": name, "values": cells} for name, cells in result.lines()]
    return {"variants": result.variants, "columns": result.headings(), "rows": rows}
