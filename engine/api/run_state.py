"""The state of a run as a fold over its events, read by pages, tables and resumed runs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from engine.api import events as ev
from engine.api.run_times import RunTimes
from engine.api.search_events import Baseline
from engine.api.settings import Algorithm, Variant

T = TypeVar("T", ev.StageFinished, ev.SearchFinished)


@dataclass
class LatestExport:
    """The export that was begun last: the formats that it has checked so far, and what it wrote in the end."""

    formats: set[str] = field(default_factory=set)
    written: ev.ExportWritten | None = None
    """None while it is being written, and where it failed or was stopped."""


@dataclass
class RunState:
    """Everything that the journal of one run records, kept up to date by ``apply``."""

    run: str = ""
    algorithm: str = ""
    stage: ev.Stage | None = None
    progress: ev.StageProgressed | None = None
    predicted: ev.DurationsPredicted | None = None
    """How long the session at work expects its stages to take; None in a journal."""
    times: RunTimes = field(default_factory=RunTimes)
    stages_finished: dict[ev.Stage, ev.StageFinished] = field(default_factory=dict)
    model: ev.ModelPrepared | None = None
    device: ev.DeviceChosen | None = None
    workers: tuple[ev.WorkerFigures, ...] = ()
    """The devices that work together at this moment; empty where this process works alone."""
    calibration: ev.CalibrationPrepared | None = None
    reference: ev.ReferenceMeasured | None = None
    layers: dict[int, ev.LayerAnalysed] = field(default_factory=dict)
    budget: ev.BudgetResolved | None = None
    iterations: dict[int, ev.IterationFinished] = field(default_factory=dict)
    search: ev.SearchFinished | None = None
    baselines: dict[Baseline, ev.BaselineScored] = field(default_factory=dict)
    compared: dict[tuple[Algorithm, int], ev.SearchCompared] = field(default_factory=dict)
    compensated_candidates: dict[ev.RemovalSet, ev.CandidateCompensated] = field(default_factory=dict)
    folded_gaps: dict[int, ev.GapFolded] = field(default_factory=dict)
    """Gaps by their lowest layer."""
    refitted_maps: dict[tuple[int, str], ev.MapRefitted] = field(default_factory=dict)
    """Refitted linear layers by decoder layer and name."""
    compensation: ev.CompensationFinished | None = None
    steps: dict[int, ev.RecoveryStepped] = field(default_factory=dict)
    validations: dict[int, ev.RecoveryMeasured] = field(default_factory=dict)
    recovery: ev.RecoveryFinished | None = None
    unfit_training: ev.RecoveryDidNotFit | None = None
    """Set where training ran out of memory; a resumed run tries it again."""
    evaluated: dict[Variant, ev.ModelEvaluated] = field(default_factory=dict)
    tasks: dict[tuple[Variant, str, str], ev.TaskEvaluated] = field(default_factory=dict)
    tasks_finished: set[tuple[Variant, str]] = field(default_factory=set)
    texts: dict[tuple[Variant, str], ev.TextEvaluated] = field(default_factory=dict)
    speeds: dict[tuple[Variant, int, int], ev.SpeedMeasured] = field(default_factory=dict)
    """Speeds by variant, prompt length and batch size."""
    footprints: dict[Variant, ev.FootprintMeasured] = field(default_factory=dict)
    generated: dict[tuple[str, Variant], ev.TextGenerated] = field(default_factory=dict)
    answers: dict[Variant, ev.AnswersChecked] = field(default_factory=dict)
    differences: dict[tuple[str, Variant, Variant], ev.DifferenceMeasured] = field(default_factory=dict)
    """Differences by figure, variant, and the variant that it is compared with."""
    exports: dict[str, ev.ExportWritten] = field(default_factory=dict)
    checks: dict[tuple[str, str], ev.ExportVerified] = field(default_factory=dict)
    """Checks of the latest export in each format, by format and check."""
    written_formats: set[str] = field(default_factory=set)
    """Formats whose checks are complete: another check begins another export."""
    latest_export: LatestExport | None = None
    """None before any export."""
    messages: list[ev.MessageLogged] = field(default_factory=list)
    finished: ev.RunFinished | None = None
    _highest_iteration: int = -1
    """Kept, since views ask for the last iteration again and again, and a long search has thousands."""

    @classmethod
    def replay(cls, events: Iterable[ev.Event]) -> "RunState":
        """Return the state after all events of a journal."""
        state = cls()
        for event in events:
            state.apply(event)
        return state

    def time_share(self, removed: ev.RemovalSet) -> float:
        """Return the time of the kept layers as a share of all layers' time, from the analysis."""
        kept = sum(event.seconds for layer, event in self.layers.items() if layer not in removed)
        everything = sum(event.seconds for event in self.layers.values())
        return kept / everything if everything else 1.0

    @property
    def last_iteration(self) -> ev.IterationFinished | None:
        """The latest iteration of the search."""
        return self.iterations.get(self._highest_iteration)

    def apply(self, event: ev.Event) -> None:
        """Add one event; a repeated one (after a resume) replaces the earlier one."""
        self.times.apply(event)
        match event:
            case ev.RunStarted():
                self.run, self.algorithm = event.run, event.algorithm
                self.finished, self.stage, self.progress, self.predicted = None, None, None, None
                self.workers = ()
            case ev.StageStarted():
                self.stage, self.progress = event.stage, None
                if event.stage == "export":
                    self.latest_export = LatestExport()
                    # what a killed session has checked is exported again
                    self.checks = {key: check for key, check in self.checks.items() if key[0] in self.written_formats}
            case ev.StageProgressed():
                self.progress = event
            case ev.DurationsPredicted():
                self.predicted = event
            case ev.WorkersMeasured():
                self.workers = event.workers
            case ev.StageFinished():
                self.workers = ()
                self.stages_finished.setdefault(event.stage, _with_possible_duration(event))
                self.stage, self.progress = None, None
            case ev.MessageLogged():
                self.messages.append(event)
            case ev.ModelPrepared():
                self.model = event
            case ev.DeviceChosen():
                self.device = event
            case ev.CalibrationPrepared():
                self.calibration = event
            case ev.ReferenceMeasured():
                self.reference = event
            case ev.LayerAnalysed():
                self.layers[event.layer] = event
            case ev.BudgetResolved():
                self.budget = event
            case ev.IterationFinished():
                self.iterations[event.iteration] = event
                self._highest_iteration = max(self._highest_iteration, event.iteration)
            case ev.SearchFinished():
                self.search = _with_possible_duration(event)
            case ev.BaselineScored():
                self.baselines[event.baseline] = event
            case ev.SearchCompared():
                self.compared[event.algorithm, event.seed] = event
            case ev.CandidateCompensated():
                self.compensated_candidates[tuple(event.removed)] = event
            case ev.GapFolded():
                self.folded_gaps[event.first] = event
            case ev.MapRefitted():
                self.refitted_maps[event.layer, event.weight] = event
            case ev.CompensationFinished():
                self.compensation = event
            case ev.RecoveryStepped():
                self.steps[event.step] = event
            case ev.RecoveryMeasured():
                self.validations[event.step] = event
            case ev.RecoveryFinished():
                self.recovery, self.unfit_training = event, None
            case ev.RecoveryDidNotFit():
                self.unfit_training = event
            case ev.ModelEvaluated():
                self.evaluated[event.variant] = event
            case ev.TaskEvaluated():
                key = (event.variant, event.task, event.metric)
                known = self.tasks.get(key)
                # A task that was requested by itself keeps its figure when it is part of a group too.
                if known is None or known.part_of or not event.part_of:
                    self.tasks[key] = event
            case ev.TaskFinished():
                self.tasks_finished.add((event.variant, event.task))
            case ev.TextEvaluated():
                self.texts[event.variant, event.text] = event
            case ev.SpeedMeasured():
                self._add_speed(event)
            case ev.FootprintMeasured():
                self.footprints[event.variant] = event
            case ev.TextGenerated():
                self.generated[event.prompt, event.variant] = event
            case ev.AnswersChecked():
                self.answers[event.variant] = event
            case ev.DifferenceMeasured():
                self.differences[event.figure, event.variant, event.against] = event
            case ev.ExportWritten():
                self.exports[event.folder] = event
                self.written_formats.add(event.format)
                self._latest_export.written = event
            case ev.ExportVerified():
                self._add_check(event)
            case ev.RunFinished():
                self.finished, self.stage, self.progress = event, None, None

    def _add_speed(self, event: ev.SpeedMeasured) -> None:
        """Add a speed; one that is measured again replaces the figures of the evaluation too."""
        self.speeds[event.variant, event.prompt_tokens, event.batch_size] = event
        first = next(size for (variant, *size) in self.speeds if variant == event.variant)
        known = self.evaluated.get(event.variant)
        if known is not None and first == [event.prompt_tokens, event.batch_size]:
            self.evaluated[event.variant] = msgspec.structs.replace(
                known,
                prefill_tokens_per_second=event.prefill.median,
                decode_tokens_per_second=event.decode.median,
                peak_memory=event.peak_memory,
            )

    def _add_check(self, event: ev.ExportVerified) -> None:
        if event.format in self.written_formats:
            self.written_formats.remove(event.format)
            self.checks = {key: check for key, check in self.checks.items() if key[0] != event.format}
        self.checks[event.format, event.check] = event
        self._latest_export.formats.add(event.format)

    @property
    def _latest_export(self) -> LatestExport:
        """The export that the next event is about; journals of single exports may lack its beginning."""
        if self.latest_export is None:
            self.latest_export = LatestExport()
        return self.latest_export

    @property
    def latest_checks(self) -> list[ev.ExportVerified]:
        """The checks of the latest export, in its last format where it wrote several."""
        latest = self.latest_export
        if latest is None:
            return []
        formats = {latest.written.format} if latest.written is not None else latest.formats
        return [check for check in self.checks.values() if check.format in formats]

    @property
    def best_variant(self) -> Variant:
        """The variant to export: recovered where recovery helped, else compensated where that helped, else pruned."""
        if self.recovery is not None and self.recovery.helped:
            return "recovered"
        return "compensated" if self.compensation is not None and self.compensation.helped else "pruned"

    @property
    def is_complete(self) -> bool:
        """Whether every model is made and measured; an export may follow at any time."""
        return "evaluate" in self.stages_finished and self.unfit_training is None

    @property
    def trains_locally(self) -> bool:
        """Whether recovery is local distillation, whose loss compares hidden states."""
        last = next(reversed(self.steps.values()), None)
        return last is not None and last.local

    def has_variant(self, variant: Variant) -> bool:
        """Return whether the run has made a variant; those whose stage did not help do not exist."""
        if variant == "compensated":
            return self.compensation is not None and self.compensation.helped
        return variant != "recovered" or self.best_variant == "recovered"


def _with_possible_duration(event: T) -> T:
    """Replace a negative duration, which earlier versions measured by a clock that was set back meanwhile."""
    return event if event.seconds >= 0 else msgspec.structs.replace(event, seconds=0.0)
