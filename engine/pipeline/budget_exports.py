"""Export several budgets of one project by the scores that its runs remember, without another search."""

from collections.abc import Sequence
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.export_targets import ExportFormat
from engine.api.message import worded
from engine.export.export import check_target
from engine.export.finished import holds_format
from engine.export.request import format_folders
from engine.pipeline.stages.export import export_known
from engine.pipeline.workspace import Workspace
from engine.results.best_sets import KnownSet, ScoreBook

_CONTENDERS = 4
"""Number of sets of each size, scored on part of the windows only, that are then scored on all of them."""


def export_budgets(workspace: Workspace, numbers: Sequence[int], folder: Path, formats: Sequence[ExportFormat]) -> None:
    """Export the best known set of each number of layers, each into a folder of its own, verified.

    What an earlier export into the same folder has finished is verified again and kept.

    Args:
        workspace: A run of the project.
        numbers: The numbers of removed layers.
        folder: The folder around the exports.
        formats: The formats to write.

    Raises:
        BadInput: No set of one of the numbers is known, or a folder holds something else.
        LayerSwarmError: A conversion or a check fails.
        StopRequested: A person stopped the export.
    """
    targets = {number: folder / f"without-{number}-layers" for number in sorted(set(numbers))}
    for target in targets.values():
        for each, place in format_folders(target, formats).items():
            if not holds_format(place, each, workspace.folder):
                check_target(place)
    for known in _best_sets(workspace, list(targets)):
        export_known(workspace, known, targets[len(known.removed)], formats)


def _best_sets(workspace: Workspace, numbers: Sequence[int]) -> list[KnownSet]:
    book = _book(workspace)
    _check_known(book, numbers)
    seen_in_part = [number for number in numbers if not book.known(number)[0].complete]
    contenders = [known.removed for number in seen_in_part for known in book.known(number)[:_CONTENDERS]]
    if contenders:
        workspace.report(worded("Scoring on all calibration windows"), 0, 0)
        workspace.scorer.scores(contenders)
        book = _book(workspace)
    return [book.known(number)[0] for number in numbers]


def _book(workspace: Workspace) -> ScoreBook:
    objective = workspace.settings.search.objective
    memory = workspace.scorer.memory if objective == "task" else workspace.memory
    events = (event for run in workspace.project.runs() for event in run.events())
    return ScoreBook(events, objective, memory.calibration, workspace.prunable)


def _check_known(book: ScoreBook, numbers: Sequence[int]) -> None:
    missing = [number for number in numbers if number not in book.numbers]
    if missing:
        known = ", ".join(map(str, book.numbers)) or worded("none")
        raise BadInput(
            worded(
                "The project has not scored any set of {0} layers (known: {1}); run a search for it first, with "
                "budget.layers={0}.",
                missing[0],
                known,
            )
        )
