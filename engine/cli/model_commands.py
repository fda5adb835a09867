"""Commands on models and on this computer: estimate, prune, eval, devices, doctor."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from engine.api.commands import EstimateRun, EvaluateModel, ListDevices, ListExportTargets, PruneModel
from engine.api.control import Control
from engine.api.evaluation_settings import ANSWER_TOKENS
from engine.api.events import DeviceFound, EstimateMade, Event, ExportTargetFound, MessageLogged, RunFinished
from engine.api.export_settings import ExportSettings
from engine.api.export_targets import read_formats
from engine.api.hub_parts import hub_cache_folder, hub_parts
from engine.api.leftovers import all_leftovers
from engine.cli.arguments import absolute, layer_numbers, list_of, lists_of, named_code, settings_of
from engine.cli.console import plain_console
from engine.cli.doctor import diagnose, is_ready, print_findings
from engine.cli.doctor_leftovers import check_leftovers, clean_up
from engine.cli.errors import reports_errors
from engine.cli.job import run_job
from engine.cli.project_commands import Assignments, Formats
from engine.cli.result_tables import print_report, print_written
from engine.cli.tables import print_devices, print_estimates, print_formats
from engine.cli.wrong_usage import WrongUsage
from engine.pipeline.start import perform

Revision = Annotated[str, typer.Option(help="Branch, tag or commit of a Hub model.")]

LlamaCpp = Annotated[str, typer.Option(help="Folder of a llama.cpp checkout for conversion and quantisation.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(reports_errors(estimate))
    app.command()(reports_errors(prune))
    app.command("eval")(reports_errors(evaluate))
    app.command()(reports_errors(formats))
    app.command()(reports_errors(devices))
    app.command()(reports_errors(doctor))


def estimate(
    subject: Annotated[str, typer.Argument(metavar="DIR_OR_MODEL", help="A project, or any model source.")],
    assignments: Assignments = None,
    device: Annotated[str, typer.Option(help="Name of a device; all devices by default.")] = "",
) -> int:
    """Estimate the memory, disk space and time of a run."""
    wanted = msgspec.to_builtins(settings_of(subject, assignments or []))
    code, events = _quietly(EstimateRun(settings=wanted, device=device))
    print_estimates(plain_console(), [event for event in events if isinstance(event, EstimateMade)])
    return code


def prune(
    model: Annotated[str, typer.Argument(help="'demo', a Hub id, a model folder or a GGUF file.")],
    remove: Annotated[str, typer.Option(help="Layers to remove, such as 3,7,13-18.", show_default=False)],
    to: Annotated[Path, typer.Option(help="A new or empty folder.", show_default=False)],
    revision: Revision = "main",
    formats: Formats = None,
    llama_cpp: LlamaCpp = "",
    compensate: Annotated[
        bool, typer.Option("--compensate", help="Fold what the layers did into the layers beside them.")
    ] = False,
    text: Annotated[
        Path | None, typer.Option(help="A text file to compensate on; by default text that the model generates.")
    ] = None,
) -> int:
    """Remove exactly the given layers from a model, without a search."""
    command = PruneModel(
        source=model,
        revision=revision,
        removed=layer_numbers(remove),
        folder=absolute(str(to)),
        formats=tuple(map(str, read_formats(lists_of(formats) or ExportSettings().formats))),
        llama_cpp=named_code("export.llama_cpp", llama_cpp),
        compensate=compensate or text is not None,
        text=absolute(str(text)) if text is not None else "",
    )
    return run_job(command)[0]


def formats(
    model: Annotated[str, typer.Argument(metavar="[MODEL]", help="A model source; by default any model.")] = "",
    llama_cpp: LlamaCpp = "",
) -> int:
    """List the export formats and what they need."""
    code, events = _quietly(ListExportTargets(source=model, llama_cpp=named_code("export.llama_cpp", llama_cpp)))
    print_formats(plain_console(), [event for event in events if isinstance(event, ExportTargetFound)])
    for event in events:
        if isinstance(event, MessageLogged):
            plain_console(stderr=True).print(f"Warning: {event.message}", style="yellow", soft_wrap=True)
    return code


def evaluate(
    model: Annotated[str, typer.Argument(metavar="FOLDER", help="A model folder, or any other source.")],
    text: Annotated[
        list[str] | None, typer.Option(help="A text file for perplexity; may be given more than once.")
    ] = None,
    tasks: Annotated[str, typer.Option(help="lm-eval tasks, separated by commas.")] = "",
    task_folder: Annotated[str, typer.Option(help="Folder with more lm-eval task files, which may run code.")] = "",
    data_folder: Annotated[str, typer.Option(help="Folder with benchmark files for the local_ tasks.")] = "",
    fewshot: Annotated[
        int | None,
        typer.Option(min=0, help="Solved examples before each question; by default the task's own number."),
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="Samples per task; 0 means all.")] = 0,
    answer_tokens: Annotated[
        int,
        typer.Option(
            min=0,
            max=4096,
            help="Longest answer to each of a dozen questions in different languages; 0 leaves them out.",
        ),
    ] = ANSWER_TOKENS,
    device: Annotated[str, typer.Option(help="'auto', 'cpu', 'cuda:0', ...")] = "auto",
    revision: Revision = "main",
) -> int:
    """Measure a model unchanged: perplexity, size, speed and tasks."""
    wanted = list_of(tasks)
    _check_needed(
        wanted,
        {
            "--fewshot": fewshot is not None,
            "--limit": limit,
            "--data-folder": data_folder,
            "--task-folder": task_folder,
        },
    )
    code, state = run_job(
        EvaluateModel(
            source=model,
            revision=revision,
            texts=tuple(text or ()),
            tasks=wanted,
            task_folder=named_code("evaluation.task_folder", task_folder),
            data_folder=data_folder,
            fewshot=fewshot,
            task_limit=limit,
            answer_tokens=answer_tokens,
            device=device,
        )
    )
    if code == 0:
        print_report(plain_console(), state)
        print_written(plain_console(), state)
    return code


def _check_needed(tasks: tuple[str, ...], given: Mapping[str, object]) -> None:
    """Refuse options of tasks where no task is named.

    Raises:
        BadInput: One is given.
    """
    without = [option for option, value in given.items() if value]
    if without and not tasks:
        raise WrongUsage(f"{without[0]} is for tasks, but none is named; name some with --tasks, or leave it out.")


def devices() -> int:
    """List the devices that the engine can use."""
    code, events = _quietly(ListDevices())
    print_devices(plain_console(), [event for event in events if isinstance(event, DeviceFound)])
    return code


def doctor(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(help="Projects and folders beside exports to search for leftovers of killed processes too."),
    ] = None,
    clean: Annotated[
        bool, typer.Option("--clean", help="Remove the leftovers of killed processes and earlier versions, only.")
    ] = False,
) -> int:
    """Check the installation: what is present, what is missing, and how to fix it."""
    for folder in folders or ():
        if not folder.is_dir():
            raise WrongUsage(f"{folder} is not a folder; name a project, or a folder that holds exports.")
    found = [*all_leftovers([Path.cwd(), *(folders or ())]), *hub_parts(hub_cache_folder())]
    if clean:
        return clean_up(found, plain_console())
    findings = [*diagnose(), *check_leftovers(found)]
    print_findings(findings, plain_console())
    return 0 if is_ready(findings) else 1


def _quietly(command: EstimateRun | ListDevices | ListExportTargets) -> tuple[int, list[Event]]:
    """Run a short job; print its failure only, and return its exit code and events."""
    events: list[Event] = []
    if isinstance(command, ListDevices):
        from engine.pipeline import device_job

        code = device_job.perform(events.append)
    else:
        code = perform(command, events.append, Control())
    ending = events[-1]
    if code and isinstance(ending, RunFinished):
        plain_console(stderr=True).print(f"Error: {ending.message}", style="bold red", soft_wrap=True)
    return code, events
