"""Make the evaluators of a run: on its calibration windows, and on the questions of a task."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from torch import Tensor
from transformers import PreTrainedModel

from engine.api.events import CandidatesScored, Emit
from engine.api.project import Project
from engine.fitness.calibration_set import CalibrationSet, CalibrationWindows
from engine.fitness.evaluator import Evaluator
from engine.fitness.levels import nested_levels
from engine.fitness.memory import ScoreMemory
from engine.fitness.questions import Question, Questions, questions_digest
from engine.models.decoder_stack import DecoderStack
from engine.pipeline.placed_model import PlacedModel
from engine.pipeline.workers.messages import PrepareItems, packed
from engine.pipeline.workers.pool import WorkerPool


@dataclass(frozen=True)
class Scoring:
    """What the evaluators of a run have in common."""

    placed: PlacedModel
    dense: PreTrainedModel
    parameters: int
    """Number of parameters of the dense model."""
    workers: WorkerPool
    check: Callable[[], None]
    """Called between layer applications; may raise to stop."""

    def on_windows(self, windows: Tensor, memory: ScoreMemory) -> Evaluator:
        """Return the evaluator on calibration windows [windows, length]."""
        every = self.placed.settings.calibration.scored_every
        calibration = CalibrationWindows(DecoderStack(self.dense), windows.to(self.placed.device), every)
        states = self.placed.states_bytes
        return self._on(
            calibration,
            memory,
            lambda: PrepareItems(name="windows", windows=packed(windows), states_bytes=states),
        )

    def on_questions(self, questions: Sequence[Question], memory: ScoreMemory) -> Evaluator:
        """Return the evaluator on the questions of the search's task."""
        states, task = self.placed.states_bytes, self.placed.settings.search.task
        return self._on(
            Questions(DecoderStack(self.dense), questions),
            memory,
            lambda: PrepareItems(name=task, digest=questions_digest(questions), states_bytes=states),
        )

    def _on(self, calibration: CalibrationSet, memory: ScoreMemory, items: Callable[[], PrepareItems]) -> Evaluator:
        return Evaluator(
            calibration,
            memory,
            levels=nested_levels(len(calibration), self.parameters, self.placed.settings.search.racing),
            check=self.check,
            states_bytes=self.placed.states_bytes,
            crew=self.workers.crew(items, self.check),
        )


def known_scores(project: Project, model: str, calibration: str, emit: Emit) -> ScoreMemory:
    """Return a memory with all scores that a project's runs have measured.

    Args:
        project: The project.
        model: Digest of the dense model.
        calibration: Name of the calibration set in the journal.
        emit: Receives new scores.
    """
    memory = ScoreMemory(model, calibration, emit)
    for run in project.runs():
        memory.learn(event for event in run.events() if isinstance(event, CandidatesScored))
    return memory
