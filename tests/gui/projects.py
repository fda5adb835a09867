"""Projects with canned runs, as earlier sessions would have left them."""

from collections.abc import Iterable
from pathlib import Path

from engine.api.editing import with_values
from engine.api.events import AnyEvent, RunFinished, Stage
from engine.api.journal import Journal
from engine.api.presets import with_preset
from engine.api.project import Project
from engine.api.settings import Settings
from tests.gui import canned

MESSAGE = "5 of 30 layers removed; recovery helped."


def new_project(folder: Path, **values: object) -> Project:
    """Create a project without runs; ``search__seed=1`` sets ``search.seed``."""
    given = {"budget.layers": 5} | {key.replace("__", "."): value for key, value in values.items()}
    return Project.create(folder, with_values(with_preset(Settings(), "Balanced"), given))


def add_run(
    project: Project,
    cut_in: Stage | None = None,
    share: float = 0.6,
    exported: bool = True,
    more: Iterable[AnyEvent] = (),
) -> str:
    """Journal a canned run with the project's current settings and return its name.

    The run is whole unless ``cut_in`` names a stage; ``more`` are additional events of a whole run.
    """
    run = project.new_run()
    events: list[AnyEvent] = canned.run_events(project.settings, run.name)
    if cut_in is not None:
        events = canned.until_stage(events, cut_in, share)
    else:
        if exported:
            folder = project.exports_folder() / f"{run.name}-recovered"
            folder.mkdir(parents=True)
            events += canned.export_events(str(folder))
        events += more
        events.append(RunFinished(outcome="finished", message=MESSAGE))
    journal = Journal(run.journal_path)
    for event in events:
        journal.append(event)
    journal.close()
    return run.name


def interrupted_project(folder: Path) -> Project:
    """Create a project with a whole run and one that was interrupted in its search."""
    project = new_project(folder)
    add_run(project)
    add_run(project, cut_in="search")
    return project


def add_other_searches(project: Project) -> None:
    """Add runs of other algorithms before the next one, leaving the settings as they were."""
    before = project.settings
    for place, algorithm in enumerate(("woa", "random"), start=1):
        project.save(with_values(before, {"search.algorithm": algorithm, "search.seed": place}))
        add_run(project, exported=False)
    project.save(before)
