"""Writing the report of a run: a job that needs no model library."""

from collections.abc import Callable
from pathlib import Path

from engine.api.commands import WriteReport
from engine.api.events import Event, ReportWritten
from engine.api.project import Project
from engine.pipeline.ending import Ending, conclude
from engine.report.html import write_report

Emit = Callable[[Event], object]


def perform(command: WriteReport, emit: Emit) -> int:
    """As ``engine.pipeline.jobs.perform``, for this job."""
    ending = conclude(lambda: _write(command, emit))
    emit(ending.event)
    return ending.exit_code


def _write(command: WriteReport, emit: Emit) -> Ending:
    project = Project.open(Path(command.project))
    size = write_report(project, project.run(command.run), Path(command.file))
    emit(ReportWritten(run=command.run, file=command.file, bytes=size))
    return Ending.finished(f"The report is in {command.file}.")
