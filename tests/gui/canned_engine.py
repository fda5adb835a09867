"""A stand-in for the engine's worker with the same protocol and canned answers, run as a child process by the tests.

Usage: canned_engine.py [--pace SECONDS] [--fault crash|out-of-memory|ignore-stop|ignore-terminate|silent|bad-input]
"""

import argparse
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine.api import commands, evaluation_events, events, export_events, hub_events
from engine.api.journal import Journal
from engine.api.message import joined, template_of, worded
from engine.api.project import Project, Run
from engine.api.run_state import RunState
from engine.pipeline import report_job
from tests.gui import canned


class Stopped(Exception):
    """Raised when a StopRun arrives."""


class CannedEngine:
    """Answers one command and exits."""

    def __init__(self, pace: float, fault: str) -> None:
        self.pace, self.fault = pace, fault
        self.stops: queue.SimpleQueue[commands.StopMode] = queue.SimpleQueue()

    def emit(self, event: events.Event) -> None:
        """Write one event as one line."""
        os.write(1, events.encode_event(event) + b"\n")  # unbuffered: two threads write, and one of them is a daemon

    def emit_at_once(self, answers: Sequence[events.Event]) -> None:
        """Answer a request without the pace of the work."""
        for answer in answers:
            self.emit(answer)

    def work(self, canned_events: list[events.AnyEvent], journal: Journal | None = None) -> None:
        """Write canned events at the pace of a running engine."""
        for place, event in enumerate(canned_events):
            self.emit(journal.append(event) if journal else event)
            time.sleep(self.pace)
            if self.fault == "crash" and place == 40:
                print("RuntimeError: the canned engine was asked to crash", file=sys.stderr, flush=True)
                os.kill(os.getpid(), signal.SIGSEGV)
            if self.fault == "out-of-memory" and place == 40:
                os.kill(os.getpid(), signal.SIGKILL)
            if not self.stops.empty() and not self.fault.startswith("ignore"):
                raise Stopped(self.stops.get())

    def answer(self, command: commands.AnyCommand) -> int:
        """Do the job and return the exit code of the process."""
        if self.fault == "bad-input":
            self.finish("failed", "There is no model 'nowhere/at-all' on the Hub; check the id.")
            return 2
        if self.fault == "silent":
            time.sleep(60)
        match command:
            case commands.RunProject():
                return self.run(command)
            case commands.InspectModel(source="refused/by-the-engine"):
                self.finish("failed", "The model refused/by-the-engine is not a language model; give one that is.")
                return 2
            case commands.InspectModel():
                self.work([events.StageStarted(stage="model"), canned.model(command.source)])
            case commands.SearchHub():
                self.emit(canned.found(command.query, command.sort, command.limit))
            case commands.ListModels() | commands.DeleteModel():
                self.emit(canned.on_disk())
            case commands.DownloadModel():
                return self.download(command)
            case commands.KeepToken():
                self.emit(hub_events.TokenKept(name="somebody", kept=command.token != "hf_no_keyring"))
            case commands.PreviewText():
                self.emit(canned.preview(command.part))
            case commands.GenerateText():
                return self.write(command)
            case commands.ListDevices():
                self.emit_at_once(canned.devices())
            case commands.ListTasks():
                self.emit(evaluation_events.TasksListed(names=("arc_easy", "hellaswag", "local_piqa", "piqa")))
            case commands.EstimateRun():
                self.emit_at_once(canned.estimates(len(command.others)))
            case commands.CompareSearches():
                self.compare(command)
            case commands.ExportRun():
                Path(command.folder).mkdir(parents=True, exist_ok=True)
                self.work(canned.export_events(command.folder, command.variant, command.formats[0]))
            case commands.MeasureSpeed():
                return self.time_again(command)
            case commands.ListExportTargets():
                self.emit_at_once(canned.targets())
            case commands.WriteReport() | commands.SummariseRuns():
                return report_job.perform(command, self.emit)
            case commands.PushFolder():
                address = f"https://hub.example/{command.repo}"
                self.work([export_events.FolderPushed(folder=command.folder, repo=command.repo, address=address)])
        self.finish("finished", "Done.")
        return 0

    def compare(self, command: commands.CompareSearches) -> None:
        """Simulate a comparison, which has a journal of its own."""
        comparison = Project.open(Path(command.project)).new_comparison()
        journal = Journal(comparison.journal_path)
        self.work(canned.compared(command.algorithms), journal)
        journal.close()

    def download(self, command: commands.DownloadModel) -> int:
        """Simulate a download that can be stopped; models of the maker "closed" need a token."""
        if command.source.startswith("closed/") and not command.token:
            self.emit(canned.refusal(command.source))
            self.finish("failed", f"{command.source} is gated.")
            return 2
        try:
            self.work(canned.download(command.source, command.revision))
        except Stopped as stop:
            outcome: events.Outcome = "discarded" if stop.args == ("discard",) else "paused"
            self.finish(outcome, "Stopped.")
            return 130
        self.finish("finished", "Done.")
        return 0

    def write(self, command: commands.GenerateText) -> int:
        """Simulate three models that generate text and can be stopped."""
        try:
            self.work(canned.written(command.prompt, command.max_tokens))
        except Stopped:
            self.finish("stopped", "Stopped; the text so far stands.")
            return 130
        self.finish("finished", "3 models wrote.")
        return 0

    def time_again(self, command: commands.MeasureSpeed) -> int:
        """Simulate a measurement of speed that the run's journal keeps."""
        journal = Journal(Project.open(Path(command.project)).run(command.run).journal_path)
        self.work(list(canned.speeds(load=0.0)), journal)
        self.finish("finished", "Measured again.", journal)
        journal.close()
        return 0

    def run(self, command: commands.RunProject) -> int:
        """Simulate a run that journals, resumes and stops like a real one."""
        project = Project.open(Path(command.project))
        run, known = self._run_to_continue(project, command.new_run)
        whole = canned.run_events(project.settings, run.name, resumed=known > 0)
        journal = Journal(run.journal_path)
        canned_events = whole if known == 0 else [whole[0], *whole[known:]]
        if command.keep_best:
            self._keep_best(run, journal, whole[0])
            return 130
        try:
            self.work(canned_events, journal)
        except Stopped as stop:
            (mode,) = stop.args
            journal.close()
            if mode == "discard":
                run.discard()
                self.finish("discarded", worded("The run was discarded."))
                return 130
            outcome: events.Outcome = "paused" if mode == "pause" else "stopped"
            self.finish(outcome, "The device is free. Run again to continue from here.", Journal(run.journal_path))
            return 130
        done = joined(worded("{0} of {1} layers removed", 5, 30), worded("recovery helped"), between="; ", end=".")
        self.finish("finished", done, journal)
        journal.close()
        return 0

    def _keep_best(self, run: Run, journal: Journal, start: events.AnyEvent) -> None:
        """End the search of a paused run with the best set in its journal."""
        state = RunState.replay(run.events())
        last = state.last_iteration
        assert last is not None
        found = events.SearchFinished(
            removed=last.best_removed,
            fitness=last.best_fitness,
            evaluations=last.evaluations,
            layer_applications=last.layer_applications,
            seconds=60.0,
            early=True,
        )
        self.work([start, found], journal)
        journal.close()
        self.finish("stopped", "Stopped; the best so far is kept.", Journal(run.journal_path))

    def _run_to_continue(self, project: Project, new_run: bool) -> tuple[Run, int]:
        runs = project.runs()
        if runs and not new_run and runs[-1].settings == project.settings:
            said = [event for event in runs[-1].events() if not isinstance(event, events.RunFinished)]
            starts = sum(isinstance(event, events.RunStarted) for event in said)
            return runs[-1], len(said) - max(starts - 1, 0)
        return project.new_run(), 0

    def finish(self, outcome: events.Outcome, message: str, journal: Journal | None = None) -> None:
        """Write the last event."""
        event = events.RunFinished(outcome=outcome, message=message, template=template_of(message))
        self.emit(journal.append(event) if journal else event)

    def listen(self) -> None:
        """Read stop commands; the end of the input ends the process."""
        for line in sys.stdin.buffer:
            command = commands.decode_command(line)
            assert isinstance(command, commands.StopRun)
            self.stops.put(command.mode)
        if not self.fault.startswith("ignore"):
            os._exit(0)

    def send_heartbeats(self) -> None:
        """Write a heartbeat every second."""
        while self.fault != "silent":
            self.emit(events.Heartbeat(process_memory=412_000_000, cpu_load=0.5))
            time.sleep(1.0)


def main() -> NoReturn:
    """Read the command and answer it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pace", type=float, default=0.0)
    parser.add_argument("--fault", default="")
    arguments = parser.parse_args()
    engine = CannedEngine(arguments.pace, arguments.fault)
    if engine.fault == "ignore-terminate":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    command = commands.decode_command(sys.stdin.buffer.readline())
    threading.Thread(target=engine.listen, daemon=True).start()
    threading.Thread(target=engine.send_heartbeats, daemon=True).start()
    exit_code = engine.answer(command)
    sys.stderr.flush()
    os._exit(exit_code)  # the listening thread is in a buffered read: an ordinary exit would abort on its lock


if __name__ == "__main__":
    main()
