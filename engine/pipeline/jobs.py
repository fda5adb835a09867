"""Perform the engine's jobs on a model or a project, by command."""

from collections.abc import Callable
from typing import Any

from transformers.utils import logging

from engine.api import commands
from engine.api.control import Control
from engine.api.events import Emit
from engine.api.hub_parts import sweep_begun_downloads
from engine.api.leftovers import sweep_everywhere
from engine.pipeline.compare import compare_searches
from engine.pipeline.ending import Ending, conclude
from engine.pipeline.estimate import estimate_run
from engine.pipeline.model_jobs import evaluate_source, inspect_model, list_export_targets
from engine.pipeline.playground import generate_text
from engine.pipeline.preview import preview_text
from engine.pipeline.prune_job import prune_model
from engine.pipeline.run_project import export_run, run_project
from engine.pipeline.speed_job import measure_speed_again


def perform(command: commands.AnyCommand, emit: Emit, control: Control) -> int:
    """Do one job, emit ``RunFinished`` and return the exit code (``engine.api.exit_codes``).

    What killed processes have left is removed first. Errors become the message of ``RunFinished``; nothing is raised
    that the user could see.

    Args:
        command: The job.
        emit: Receives the events.
        control: Carries the user's wish to stop.
    """
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    sweep_everywhere()
    sweep_begun_downloads()
    ending = conclude(lambda: _JOBS[type(command)](command, emit, control), command)
    emit(ending.event)
    return ending.exit_code


_JOBS: dict[type, Callable[[Any, Emit, Control], Ending]] = {
    commands.RunProject: run_project,
    commands.ExportRun: export_run,
    commands.CompareSearches: compare_searches,
    commands.InspectModel: inspect_model,
    commands.EstimateRun: estimate_run,
    commands.PreviewText: preview_text,
    commands.GenerateText: generate_text,
    commands.PruneModel: prune_model,
    commands.EvaluateModel: evaluate_source,
    commands.MeasureSpeed: measure_speed_again,
    commands.ListExportTargets: list_export_targets,
}
