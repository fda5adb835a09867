"""``layerswarm fit``: check which small devices a model fits on, before and after pruning."""

from typing import Annotated

import typer

from engine.api.commands import InspectModel
from engine.api.control import Control
from engine.api.edge_devices import edge_devices
from engine.api.events import ModelPrepared, RemovalSet, RunFinished
from engine.api.locations import given_path
from engine.api.project import PROJECT_FILE, Project
from engine.api.run_state import RunState
from engine.api.settings import Settings
from engine.cli.arguments import changed, layer_numbers
from engine.cli.console import plain, plain_console
from engine.cli.errors import reports_errors
from engine.cli.figure_tables import FigureTable
from engine.cli.journals import state_of
from engine.cli.project_commands import Assignments
from engine.cli.wrong_usage import WrongUsage
from engine.models.removal import Removal
from engine.pipeline.start import perform
from engine.results.edge_fit import EdgeFit, ModelShape, dense_shape, fit_devices, pruned_shape
from engine.results.figures import format_bytes, format_count, format_layers, format_rate, format_whole

_ESTIMATE = "Tokens per second are estimates from memory bandwidth, for one person and a full context."


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(reports_errors(fit))


def fit(
    subject: Annotated[str, typer.Argument(metavar="PROJECT_OR_MODEL", help="A project, or any model source.")],
    remove: Annotated[
        str, typer.Option(help="Layers to remove, such as 3,7,13-18; by default those of a project's run.")
    ] = "",
    assignments: Assignments = None,
) -> int:
    """Show which devices a model fits on, before and after pruning, and how fast it may answer there."""
    path = given_path(subject)
    project = Project.open(path) if path.name == PROJECT_FILE or (path / PROJECT_FILE).is_file() else None
    settings = changed(project.settings if project is not None else Settings(), assignments or [])
    model, removed = _measured(project) if project is not None else (None, ())
    if model is None:
        model = _inspected(settings.model.source if project is not None else subject, settings)
    if remove:
        removed = Removal(model.layers, layer_numbers(remove)).removed
    _print(model, removed, settings)
    return 0


def _measured(project: Project) -> tuple[ModelPrepared | None, RemovalSet]:
    """Return the model and the removal set of the latest run that has one."""
    states = [state_of(run) for run in reversed(project.runs())]
    found = next((state for state in states if state.search is not None), states[0] if states else RunState())
    return found.model, found.search.removed if found.search is not None else ()


def _inspected(source: str, settings: Settings) -> ModelPrepared:
    found: list[ModelPrepared] = []
    endings: list[RunFinished] = []

    def take(event: object) -> None:
        if isinstance(event, ModelPrepared):
            found.append(event)
        elif isinstance(event, RunFinished):
            endings.append(event)

    perform(InspectModel(source=source, revision=settings.model.revision), take, Control())
    if not found:
        raise WrongUsage(endings[-1].message)
    return found[-1]


def _print(model: ModelPrepared, removed: RemovalSet, settings: Settings) -> None:
    edge, console = settings.edge, plain_console()
    devices = edge_devices(edge.devices)
    dense, pruned = dense_shape(model), pruned_shape(model, removed)

    def fits(shape: ModelShape) -> list[EdgeFit]:
        return fit_devices(shape, devices, edge.context, edge.precision)

    columns = [("Dense", fits(dense))] + ([("Pruned", fits(pruned))] if removed else [])
    console.print(f"{model.name}, {edge.precision}, {plain(format_whole(edge.context))} tokens of context")
    for name, found in columns:
        gone = f", without layers {format_layers(removed)}" if name == "Pruned" else ""
        size = format_count((pruned if gone else dense).parameters)
        parts = f"weights {format_bytes(found[0].weights)}, keys and values {format_bytes(found[0].kv_cache)}"
        console.print(plain(f"{name}: {size} parameters, {parts}{gone}"), soft_wrap=True)
    console.print()
    rows = []
    for place, device in enumerate(devices):
        verdicts = (plain(_verdict(found[place])) for _, found in columns)
        rows.append((device.name, [plain(format_bytes(device.usable)), *verdicts]))
    FigureTable(["Room", *(name for name, _ in columns)], rows).print(console)
    console.print(f"\n{_ESTIMATE}", soft_wrap=True)


def _verdict(fit: EdgeFit) -> str:
    if not fit.fits:
        return fit.verdict.words()
    return f"~{format_rate(fit.tokens_per_second)}"
