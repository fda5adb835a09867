"""``layerswarm best``: the best known removal set for every number of layers."""

import msgspec
import typer

from engine.api.budget import prunable_layers
from engine.api.errors import WITHOUT_A_FILE
from engine.api.events import CandidatesScored
from engine.api.project import Project, Run
from engine.api.settings import OBJECTIVE_WORDS
from engine.cli.console import plain_console, print_json
from engine.cli.errors import reports_errors
from engine.cli.journals import state_of
from engine.cli.project_commands import AsJson, ProjectPath
from engine.cli.search_tables import print_best_sets
from engine.cli.wrong_usage import WrongUsage
from engine.results.best_sets import ScoreBook


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(reports_errors(best))


def best(directory: ProjectPath, as_json: AsJson = False) -> int:
    """Show the best known removal set for every number of layers, from all scores of the runs.

    Any of them can be exported without a new search: layerswarm export DIR --layers 3,6 --to FOLDER.
    """
    project = Project.open(directory)
    run, calibration = _latest_scored(project)
    model = state_of(run).model
    if model is None:  # it is emitted before anything is scored
        raise WrongUsage(f"The journal of {run.name} does not name its model; {WITHOUT_A_FILE}.")
    objective = run.settings.search.objective
    prunable = prunable_layers(model.layers, run.settings.analysis, model.needed_layers)
    events = (event for each in project.runs() for event in each.events())
    book = ScoreBook(events, objective, calibration, prunable)
    sets = book.best_of_each()
    if as_json:
        found = {"objective": objective, "windows": book.windows, "sets": sets}
        print_json(msgspec.to_builtins(found))
        return 0
    console = plain_console()
    print_best_sets(console, sets, model, OBJECTIVE_WORDS[objective], book.windows)
    if not all(known.complete for known in sets):
        note = (
            "Sets that were not scored on all windows cannot be compared; exporting one scores it on all of them first."
        )
        console.print(f"\n{note}")
    return 0


def _latest_scored(project: Project) -> tuple[Run, str]:
    """Return the latest run with scores, and the calibration set of its last ones."""
    for run in reversed(project.runs()):
        scored = [event for event in run.events() if isinstance(event, CandidatesScored)]
        if scored:
            return run, scored[-1].calibration
    raise WrongUsage(f"No run of {project.folder} has scored anything yet; start one: layerswarm run {project.folder}.")
