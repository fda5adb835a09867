"""Commands that change a project: new, run, export, demo."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from engine.api.commands import ExportRun, RunProject
from engine.api.exit_codes import BAD_INPUT
from engine.api.export_targets import read_formats
from engine.api.locations import given_path
from engine.api.own_presets import with_own_preset
from engine.api.presets import PRESETS, with_preset
from engine.api.project import PROJECT_FILE, Project
from engine.api.settings import Settings
from engine.cli.arguments import absolute, allow, changed, layer_numbers, lists_of
from engine.cli.console import plain_console
from engine.cli.errors import reports_errors
from engine.cli.job import run_job
from engine.cli.journals import latest_run, state_of
from engine.cli.result_tables import print_report
from engine.cli.wrong_usage import WrongUsage
from engine.pipeline.run_choice import got_nowhere, project_lock

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
    for command in (new, run, export, demo):
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
        state = state_of(latest_run(project))
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


def _source(model: str) -> str:
    """Return an absolute path for a source on this computer, so that the project opens from any folder."""
    if not model.strip():  # an empty path would be the working folder
        raise WrongUsage("--model is empty; give 'demo', a Hub id, a model folder or a GGUF file.")
    return absolute(model) if given_path(model).exists() and model != "demo" else model


def _with_preset(settings: Settings, name: str) -> Settings:
    if not name:
        return settings
    chosen = built_in_preset(name)
    return with_preset(settings, chosen) if chosen else with_own_preset(settings, name)


def built_in_preset(name: str) -> str | None:
    """Return the built-in preset of that name, in any case, or None."""
    return {preset.lower(): preset for preset in PRESETS}.get(name.lower())
