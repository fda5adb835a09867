"""``layerswarm preset``: set the amount of work of a run, adapted to the model's size."""

from typing import Annotated

import typer

from engine.api.own_presets import with_own_preset
from engine.api.presets import PRESETS, with_preset
from engine.api.project import Project
from engine.cli.console import plain, plain_console
from engine.cli.errors import reports_errors
from engine.cli.project_commands import ProjectPath, built_in_preset
from engine.pipeline.run_choice import project_lock
from engine.results.figures import format_count


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(reports_errors(preset))


def preset(
    directory: ProjectPath,
    name: Annotated[str, typer.Argument(help=f"{', '.join(PRESETS)}, or one of your own.", show_default=False)],
) -> int:
    """Set the amount of work of a run, and the training for a model of this size on the project's device."""
    with project_lock(Project.open(directory)):
        words = _saved(Project.open(directory), name)
    plain_console().print(words, soft_wrap=True)
    return 0


def _saved(project: Project, name: str) -> str:
    """Save the project with the preset and return a sentence on what it sets."""
    chosen = built_in_preset(name)
    if chosen is None:
        project.save(with_own_preset(project.settings, name))
        return f"{name.strip()}, your own preset, is set."
    # Imported here because most commands do not need the model libraries.
    from engine.models.devices import choose_device
    from engine.models.progress import silent
    from engine.models.sizes import measure_sizes
    from engine.sources.resolve import resolve_source

    model = project.settings.model
    parameters = measure_sizes(resolve_source(model.source, model.revision, silent).path).parameters
    gpu = choose_device(project.settings.device.name) != "cpu"
    settings = with_preset(project.settings, chosen, parameters, gpu)
    project.save(settings)
    recovery = settings.recovery
    return (
        f"{chosen}, for a model of {plain(format_count(parameters))} parameters{' on a GPU' if gpu else ''}: "
        f"{settings.calibration.windows} calibration windows of {settings.calibration.window_length} tokens; "
        f"{recovery.steps} recovery steps of "
        f"{recovery.batch_windows} windows, rank {recovery.rank}, learning rate {recovery.learning_rate:g}."
    )
