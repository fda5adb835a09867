"""Commands on a project: new, run, export, report, runs, demo."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from engine.api.commands import ExportRun, RunProject
from engine.api.edge_devices import edge_devices
from engine.api.errors import BadInput
from engine.api.exit_codes import BAD_INPUT
from engine.api.export_targets import read_formats
from engine.api.locations import given_path
from engine.api.own_presets import with_own_preset
from engine.api.presets import PRESETS, with_preset
from engine.api.project import PROJECT_FILE, Project, Run
from engine.api.run_notes import run_notes
from engine.api.run_state import RunState
from engine.api.safe_text import safe_line
from engine.api.settings import Settings
from engine.cli.arguments import absolute, allow, changed, layer_numbers, lists_of
from engine.cli.console import plain, plain_console, print_json
from engine.cli.errors import reports_errors
from engine.cli.job import run_job
from engine.cli.journals import state_of
from engine.cli.result_tables import print_report, print_research, print_savings, print_written
from engine.pipeline.run_choice import got_nowhere, project_lock
from engine.report.html import write_report
from engine.results.comparison import comparison
from engine.results.facts import facts
from engine.results.figures import format_bytes
from engine.results.research_table import project_research
from engine.results.savings import savings
from engine.results.score_levels import ScoreLevels, score_words

Assignments = Annotated[
    list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Change a setting; may be given more than once.")
]
ProjectPath = Annotated[Path, typer.Argument(metavar="DIR", help="The project's folder.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")]
Trust = Annotated[
    bool,
    typer.Option("--trust", help="Allow the code that the project names, such as task files, to run on this computer."),
]
RunName = Annotated[str, typer.Option("--run", help="Name of a run, such as 0001-pso; by default the latest.")]

Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        help="A file format, such as gguf:q8_0; may be given more than once. 'layerswarm formats' lists them.",
        show_default="safetensors",
    ),
]

_DEMO_SETTINGS = {"model.source": "demo", "budget.layers": 6}
_DEMO_FOLDER = Path("layerswarm-demo")


class Until(StrEnum):
    """Stages at which a run can end."""

    analyse = "analyse"
    search = "search"
    compensate = "compensate"
    recover = "recover"
    evaluate = "evaluate"
    export = "export"


class Wanted(StrEnum):
    """Variants that can be exported."""

    best = "best"
    pruned = "pruned"
    compensated = "compensated"
    recovered = "recovered"


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    for command in (new, run, export, report, runs, demo):
        app.command()(reports_errors(command))


def new(
    directory: ProjectPath,
    model: Annotated[str, typer.Option(help="'demo', a Hub id, a model folder or a GGUF file.")],
    revision: Annotated[str, typer.Option(help="Branch, tag or commit of a Hub model.")] = "main",
    preset: Annotated[str, typer.Option(help="Quick, Balanced, Thorough, or a preset of your own.")] = "",
    assignments: Assignments = None,
) -> int:
    """Create a project."""
    base = changed(Settings(), [f"model.source={_source(model)}", f"model.revision={revision}"])
    project = Project.create(directory, changed(_with_preset(base, preset), assignments or []))
    plain_console().print(f"{project.folder} is ready; 'layerswarm run {project.folder}' starts it.", soft_wrap=True)
    return 0


def run(
    directory: ProjectPath,
    until: Annotated[Until, typer.Option(help="The last stage to run.")] = Until.export,
    assignments: Assignments = None,
    new_run: Annotated[
        bool, typer.Option("--new-run", help="Start a new run instead of resuming the latest one.")
    ] = False,
    trust: Trust = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the events as JSON lines.")] = False,
) -> int:
    """Run a project, resuming its latest run where the settings are unchanged."""
    project = Project.open(directory)
    before = project.settings
    if assignments:
        with project_lock(project):
            project = Project.open(directory)  # read again under the lock, where nobody else changes it
            before, wanted = project.settings, changed(project.settings, assignments)
            allow(wanted, trust)
            project.save(wanted)
    else:
        allow(before, trust)
    code = _run(project, until, new_run, as_json)
    if code == BAD_INPUT and project.settings != before:
        _take_back(project, before)
    return code


def _take_back(project: Project, before: Settings) -> None:
    """Restore the settings from before a run that could not begin with those of ``--set``."""
    latest = project.runs()[-1:]
    if all(map(got_nowhere, latest)):
        with project_lock(project):
            project.save(before)
        plain_console(stderr=True).print("The project keeps the settings that it had before --set.", soft_wrap=True)


def export(
    directory: ProjectPath,
    to: Annotated[Path, typer.Option(help="A new or empty folder.", show_default=False)],
    run_name: RunName = "",
    variant: Annotated[
        Wanted,
        typer.Option(help="Which model; 'best' is the recovered one if recovery helped, else the compensated one."),
    ] = (Wanted.best),
    formats: Formats = None,
    layers: Annotated[
        str,
        typer.Option(
            help="Numbers of layers to remove, such as 3,6,9: export the best known set of each, without a search."
        ),
    ] = "",
    trust: Trust = False,
) -> int:
    """Export the model of a run to a folder, or the best known sets for several budgets."""
    settings = Project.open(directory).settings
    allow(settings, trust)
    chosen = lists_of(formats) or settings.export.formats
    code, _ = run_job(
        ExportRun(
            project=absolute(str(directory)),
            folder=absolute(str(to)),
            run=run_name,
            variant=variant.value,
            formats=tuple(map(str, read_formats(chosen))),
            layers=layer_numbers(layers, "--layers") if layers else (),
        )
    )
    return code


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
    chosen = project.run(run_name) if run_name else _latest(project)
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


def demo(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the demo project.")] = _DEMO_FOLDER,
) -> int:
    """Run all stages on SmolLM2-135M-Instruct, removing six of its thirty layers."""
    if (directory / PROJECT_FILE).exists():
        project = Project.open(directory)
    else:
        settings = with_preset(
            changed(Settings(), [f"{key}={value}" for key, value in _DEMO_SETTINGS.items()]), "Quick"
        )
        project = Project.create(directory, settings)
    return _run(project, Until.export, new_run=False, as_json=False, show_use=True)


def _run(project: Project, until: Until, new_run: bool, as_json: bool, show_use: bool = False) -> int:
    command = RunProject(project=absolute(str(project.folder)), until=until.value, new_run=new_run)
    code, _ = run_job(command, as_json)
    if code == 0 and not as_json:
        # Read the journal, which holds the earlier sessions of the run too.
        state = state_of(_latest(project))
        console = plain_console()
        console.print()
        print_report(console, state)
        plain = [folder for folder, event in state.exports.items() if event.format == "safetensors"]
        if show_use and plain:
            console.print(_use(plain[-1]), soft_wrap=True)
    return code


def _use(folder: str) -> str:
    return (
        "\nUse it with stock transformers:\n"
        "  from transformers import pipeline\n"
        f"  pipeline('text-generation', {folder!r})('The capital of France is')"
    )


def _table(state: RunState) -> dict[str, object]:
    """Return the comparison as headings and the cells of each row."""
    result = comparison(state)
    rows = [{"label": name, "values": cells} for name, cells in result.lines()]
    return {"variants": result.variants, "columns": result.headings(), "rows": rows}


def _latest(project: Project) -> Run:
    found = project.runs()
    if not found:
        raise BadInput(f"{project.folder} has no runs yet; 'layerswarm run {project.folder}' starts one.")
    return found[-1]


def _source(model: str) -> str:
    """Return an absolute path for a source on this computer, so that the project opens from any folder."""
    if not model.strip():  # an empty path would be the working folder
        raise BadInput("--model is empty; give 'demo', a Hub id, a model folder or a GGUF file.")
    return absolute(model) if given_path(model).exists() and model != "demo" else model


def _with_preset(settings: Settings, name: str) -> Settings:
    if not name:
        return settings
    chosen = built_in_preset(name)
    return with_preset(settings, chosen) if chosen else with_own_preset(settings, name)


def built_in_preset(name: str) -> str | None:
    """Return the built-in preset of that name, in any case, or None."""
    return {preset.lower(): preset for preset in PRESETS}.get(name.lower())
