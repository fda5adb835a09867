"""Jobs that read the journals of a project: write a report, summarise its runs. They need no model library."""

from pathlib import Path

from engine.api.commands import ReportCommand, SummariseRuns, WriteReport
from engine.api.events import Emit, ReportWritten, ResearchSummarised
from engine.api.message import worded, worded_count
from engine.api.project import Project
from engine.api.run_state import RunState
from engine.pipeline.ending import Ending, conclude
from engine.report.html import write_report
from engine.results.research_table import research_table
from engine.results.summary import summarise


def perform(command: ReportCommand, emit: Emit) -> int:
    """Do a job of this module, emit ``RunFinished`` and return the exit code."""
    ending = conclude(lambda: _done(command, emit), command)
    emit(ending.event)
    return ending.exit_code


def _done(command: ReportCommand, emit: Emit) -> Ending:
    return _write(command, emit) if isinstance(command, WriteReport) else _summarise(command, emit)


def _write(command: WriteReport, emit: Emit) -> Ending:
    project = Project.open(Path(command.project))
    size = write_report(project, project.run(command.run), Path(command.file), command.form)
    emit(ReportWritten(run=command.run, file=command.file, bytes=size))
    return Ending.finished(worded("The report is in {0}.", command.file))


def _summarise(command: SummariseRuns, emit: Emit) -> Ending:
    project = Project.open(Path(command.project))
    runs = []
    for run in project.runs():
        events = run.events()
        state = RunState.replay(events)
        runs.append((run.known_settings, state))
        emit(summarise(run, state, events[0].time if events else 0.0))
    comparisons = [RunState.replay(each.events()) for each in project.comparisons()]
    emit(ResearchSummarised(columns=research_table(runs, comparisons)))
    return Ending.finished(worded_count(len(runs), "{0} run.", "{0} runs."))
