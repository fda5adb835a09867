"""Read the journals of a project for a command, and warn about what of them is damaged."""

from engine.api.events import AnyEvent, MessageLogged
from engine.api.project import Project, Run
from engine.api.run_state import RunState
from engine.cli.console import plain_console
from engine.cli.wrong_usage import WrongUsage


def events_of(run: Run) -> list[AnyEvent]:
    """Return the events of a run, after a warning if some of them cannot be read."""
    events = run.events()
    for event in events:
        if isinstance(event, MessageLogged) and not event.seq:  # from the reader, not from the run
            plain_console(stderr=True).print(f"Warning: {event.message}", style="yellow", soft_wrap=True)
    return events


def state_of(run: Run) -> RunState:
    """Return the state after all events of a run, after a warning if some of them cannot be read."""
    return RunState.replay(events_of(run))


def latest_run(project: Project) -> Run:
    """Return the latest run of a project.

    Raises:
        BadInput: It has none.
    """
    found = project.runs()
    if not found:
        raise WrongUsage(f"{project.folder} has no runs yet; 'layerswarm run {project.folder}' starts one.")
    return found[-1]
