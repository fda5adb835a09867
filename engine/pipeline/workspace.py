"""The resources that the stages of a run share: settings, state, model and windows, created at their first use."""

from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path

import msgspec
import torch
from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.budget import prunable_layers, resolve_budget, searched_counts
from engine.api.control import Control
from engine.api.errors import BadInput
from engine.api.event import message_logged
from engine.api.events import Event, RemovalSet, Stage
from engine.api.message import Message, worded
from engine.api.project import Project, Run
from engine.api.run_state import RunState
from engine.api.settings import Settings, Variant
from engine.calibration.windows import TokenWindows
from engine.compensation.folded_weights import load_folded
from engine.evaluation.task_questions import task_questions
from engine.export.generation_check import check_writing
from engine.fitness.evaluator import Evaluator
from engine.fitness.memory import ScoreMemory
from engine.fitness.questions import questions_digest
from engine.models.devices import choose_device
from engine.models.folder import ModelFolder
from engine.models.four_bit import load_four_bit
from engine.models.layer_kinds import needed_layers
from engine.models.loading import load_tokenizer
from engine.models.number_format import choose_dtype, dtype_name
from engine.models.out_of_memory import free_unused_memory
from engine.models.pruned_config import complete_config
from engine.models.sizes import ModelSizes, measure_sizes
from engine.pipeline.placed_model import PlacedModel
from engine.pipeline.run_log import ProgressClock, RunLog, Unjournalled
from engine.pipeline.run_windows import placed_windows
from engine.pipeline.scoring import Scoring, known_scores
from engine.pipeline.window_file import kept_windows
from engine.pipeline.workers.chosen_pool import start_workers
from engine.pipeline.workers.pool import WorkerPool
from engine.recovery.merge import load_merged
from engine.sources.resolve import resolve_source


class Workspace:
    """One session of one run. Models and evaluators are created at their first use and can be released.

    Args:
        project: The project of the run.
        run: The run.
        log: Receives every event of the session.
        control: Carries the user's wish to stop.
    """

    def __init__(self, project: Project, run: Run, log: RunLog | Unjournalled, control: Control) -> None:
        self.project, self.run = project, run
        recovery = run.settings.recovery.with_memory_of(project.settings.recovery)
        device = run.settings.device.with_memory_of(project.settings.device)
        self.settings: Settings = msgspec.structs.replace(run.settings, device=device, recovery=recovery)
        self.check = control.check
        self.stage: Stage = "model"
        self.keeps_best = False  # whether a search ends with what the journal holds, instead of continuing
        self._log = log
        self._clock = ProgressClock(log.emit)

    @property
    def state(self) -> RunState:
        """The state of the run: its events so far, over all sessions."""
        return self._log.state

    def emit(self, event: Event) -> None:
        """Write an event to the journal, apply it to the state and pass it on."""
        self._log.emit(event)

    def report(self, message: Message, done: float, total: float, whole_stage: bool = False) -> None:
        """Report the progress of the current stage; a good place to stop.

        Args:
            message: The current piece of work.
            done: How much of it is done.
            total: How much there is; 0 if unknown.
            whole_stage: Whether this piece is the whole stage, but for its beginning and its end.

        Raises:
            StopRequested: The user asked to stop.
        """
        self.check()
        self._clock.report(self.stage, message, done, total, whole_stage)

    @cached_property
    def device(self) -> str:
        """The device that the run uses."""
        return choose_device(self.settings.device.name)

    @cached_property
    def dtype(self) -> torch.dtype:
        """Number format of the weights in memory; a resumed run keeps its first one."""
        begun = self.state.device
        if begun is not None and begun.device == self.device:
            kept: torch.dtype = getattr(torch, begun.dtype)
            return kept
        return choose_dtype(self.device, self.settings.device.dtype, self.sizes.parameters)

    @cached_property
    def folder(self) -> ModelFolder:
        """The source as a folder of safetensors.

        Raises:
            BadInput: The source cannot be used, or is no longer the model that the run began with.
            LayerSwarmError: The source cannot be fetched now.
        """
        folder = resolve_source(self.settings.model.source, self.settings.model.revision, self.report)
        if self.state.model is not None and self.state.model.digest != folder.digest:
            words = worded(
                "The model '{0}' has changed since {1} began; start a new run for it.", folder.source, self.run.name
            )
            raise BadInput(words)
        return folder

    @cached_property
    def sizes(self) -> ModelSizes:
        """The sizes of the dense model, counted from its tensors."""
        return measure_sizes(self.folder.path)

    @cached_property
    def prunable(self) -> tuple[int, ...]:
        """The layers that may be removed."""
        return prunable_layers(self.sizes.layers, self.settings.analysis, self.needed_layers)

    @cached_property
    def needed_layers(self) -> tuple[int, ...]:
        """The layers that must stay, whatever the settings protect."""
        return needed_layers(complete_config(self.folder.config()).get_text_config(decoder=True))

    @cached_property
    def budget(self) -> int:
        """Number of layers to remove.

        Raises:
            BadInput: The budget cannot be met with the prunable layers.
        """
        return resolve_budget(self.settings.budget, self.prunable, self.sizes.layer_bytes, self.sizes.bytes)

    @cached_property
    def layer_counts(self) -> range:
        """The numbers of layers to search for.

        Raises:
            BadInput: ``search.least_layers`` is larger than the budget.
        """
        return searched_counts(self.settings, self.prunable, self.sizes.layer_bytes, self.sizes.bytes)

    @cached_property
    def windows(self) -> TokenWindows:
        """The run's token windows: prepared once, then kept in its folder. Those to learn from may be missing.

        Raises:
            BadInput: The text source cannot be used or is too short, or the kept windows are damaged.
        """
        return self._run_windows(learning=False)

    @property
    def learning_windows(self) -> TokenWindows:
        """All windows of the run; those that compensation and recovery learn from are prepared at their first use."""
        if self.windows.awaits_learning:
            self.__dict__["windows"] = self._run_windows(learning=True)
        return self.windows

    def _run_windows(self, learning: bool) -> TokenWindows:
        load, writers = lambda: (self.dense, self.tokenizer), lambda: self.workers.writers()
        prepare = partial(placed_windows, self.placed, load, self.report, self.emit, writers=writers)
        return kept_windows(self.run.folder / "windows.safetensors", prepare, learning)

    @cached_property
    def placed(self) -> PlacedModel:
        """The dense model, and where its layers wait."""
        return PlacedModel(self.folder, self.settings, self.device, self.dtype)

    @cached_property
    def streaming(self) -> str:
        """A sentence about streamed layers; empty where there are none. Its first use in a session emits it."""
        if words := self.placed.words():
            self.emit(message_logged("info", words))
        return words

    @cached_property
    def dense(self) -> PreTrainedModel:
        """The dense model on the device; in 4 bits where the settings ask for it."""
        if self.settings.device.four_bit:
            self.report(worded("Loading the model in 4 bits"), 0, 0)
            return load_four_bit(self.folder.path, self.device, self.dtype)
        return self.load()

    @cached_property
    def tokenizer(self) -> PreTrainedTokenizerBase:
        """The model's tokenizer."""
        return load_tokenizer(self.folder.path)

    @cached_property
    def memory(self) -> ScoreMemory:
        """All scores that the project's runs have measured for this model and these calibration windows."""
        return self._memory_of(f"{self.windows.digest}/{self.settings.calibration.scored_every}")

    @cached_property
    def evaluator(self) -> Evaluator:
        """Scores removal sets on the calibration windows."""
        self.workers  # noqa: B018 - they load the model while this process does
        check_writing(self.dense)
        self.report(worded("Running the dense model on the calibration windows"), 0, 0)
        return self._scoring.on_windows(self.windows.calibration, self.memory)

    @cached_property
    def scorer(self) -> Evaluator:
        """Scores removal sets by the search's objective: on the calibration windows or on the questions of a task.

        Raises:
            BadInput: The task is unknown, or its answers are generated instead of chosen.
            LayerSwarmError: The questions of the task cannot be loaded.
        """
        search = self.settings.search
        if search.objective != "task":
            return self.evaluator
        self.report(worded("Running the dense model on the questions of {0}", search.task), 0, 0)
        questions = task_questions(search, self.settings.evaluation, self.dense, self.tokenizer)
        memory = self._memory_of(f"{search.task}/{search.task_metric}/{questions_digest(questions)}")
        return self._scoring.on_questions(questions, memory)

    @property
    def _scoring(self) -> Scoring:
        return Scoring(self.placed, self.dense, self.sizes.parameters, self.workers, self.check)

    @cached_property
    def workers(self) -> WorkerPool:
        """The other devices that score candidates; they load the model while this process goes on."""
        return start_workers(self.placed, self.sizes.layers, self.emit)

    def _memory_of(self, calibration: str) -> ScoreMemory:
        kind = dtype_name(self.dtype) + ("/nf4" if self.settings.device.four_bit else "")  # scores depend on it
        return known_scores(self.project, self.folder.digest, f"{calibration}/{kind}", self.emit)

    @property
    def removed(self) -> RemovalSet:
        """The removal set that the search has found.

        Raises:
            BadInput: The search has not finished.
        """
        if self.state.search is None:
            raise BadInput(worded("{0} has no removal set yet; run its search first.", self.run.name))
        return tuple(self.state.search.removed)

    def load(self) -> PreTrainedModel:
        """Load a new copy of the dense model onto the device, for a stage that modifies it.

        Raises:
            BadInput: A file of the model is damaged.
            LayerSwarmError: The device has too little memory, or tensors are missing.
        """
        self.streaming  # noqa: B018 - states it before the work, in a resumed run too, whose memory may be another
        self.report(worded("Loading the model"), 0, 0)
        return self.placed.load()

    @property
    def compensation_folder(self) -> Path:
        """Folder of the run's compensated weights."""
        return self.run.folder / "compensation"

    def changed_weights(self, variant: Variant) -> Mapping[str, Tensor]:
        """Return the weights in which a variant differs from the dense model, by their names in the pruned model.

        Raises:
            BadInput: Their file is missing or damaged.
        """
        if not self.state.has_variant(variant):
            return {}
        if variant == "recovered":
            return load_merged(self.run.folder / "recovery")
        return load_folded(self.compensation_folder) if variant == "compensated" else {}

    def release_dense(self) -> None:
        """Drop the dense model and free its memory."""
        self._release("dense")

    def release_evaluators(self) -> None:
        """Drop ``evaluator`` and ``scorer``, with the hidden states that they keep, and end the workers."""
        self.close()
        self._release("evaluator", "scorer")

    def close(self) -> None:
        """End the workers."""
        if (workers := self.__dict__.pop("workers", None)) is not None:
            workers.close()

    def _release(self, *names: str) -> None:
        for name in names:
            self.__dict__.pop(name, None)
        free_unused_memory()
