"""``layerswarm compare``: the searches side by side."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from engine.api.algorithms import search_algorithm, search_algorithms
from engine.api.commands import CompareSearches
from engine.api.project import Project
from engine.api.run_state import RunState
from engine.cli.arguments import absolute, allow, list_of
from engine.cli.console import plain_console, print_json
from engine.cli.errors import reports_errors
from engine.cli.job import run_job
from engine.cli.project_commands import Trust
from engine.cli.search_tables import print_searches
from engine.cli.wrong_usage import WrongUsage
from engine.results.score_levels import ScoreLevels
from engine.results.searches import search_rows


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(reports_errors(compare))


def compare(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The project's folder.", show_default=False)],
    algorithms: Annotated[
        str, typer.Option(help="Algorithms, separated by commas; 'layerswarm algorithms' lists them.")
    ] = "pso,woa,greedy",
    seeds: Annotated[int, typer.Option(min=1, max=1000, help="Seeds per algorithm; deterministic ones run once.")] = 3,
    text: Annotated[
        list[str] | None,
        typer.Option(help="A text file to measure on, outside calibration; may be given more than once."),
    ] = None,
    trust: Trust = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> int:
    """Search with several algorithms and seeds on equal terms, and show what each found at which cost.

    Finished searches are kept in the project's folder; only missing ones are run.
    """
    wanted = _known(list_of(algorithms))
    texts = tuple(absolute(path) for path in text or ())
    if trust:
        allow(Project.open(directory).settings, trust)
    code, _ = run_job(CompareSearches(project=absolute(str(directory)), algorithms=wanted, seeds=seeds, texts=texts))
    if code:
        return code
    latest = Project.open(directory).comparisons()[-1]
    state = RunState.replay(latest.events())
    searches = state.compared.values()
    rows = search_rows(searches)
    if as_json:
        found = {"algorithms": rows, "searches": list(searches)}
        print_json(msgspec.to_builtins(found))
    else:
        on_text = all(search.objective != "task" for search in searches)
        print_searches(plain_console(), rows, ScoreLevels.of(state).of_best() if on_text else "")
    return 0


def _known(names: tuple[str, ...]) -> tuple[str, ...]:
    if not names:
        raise WrongUsage(f"--algorithms is empty; choose one of {', '.join(each.key for each in search_algorithms())}.")
    return tuple(search_algorithm(name).key for name in names)
