"""Fold the best removal sets that a search has found, and choose the best one after the fold."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import torch

from engine.api.event import message_logged
from engine.api.events import CandidateCompensated, RemovalSet
from engine.api.message import Message, worded
from engine.compensation.compensate import Compensation, batch_rows
from engine.compensation.fold import Fold
from engine.fitness.changed_model import changed_score
from engine.fitness.evaluator import Evaluator
from engine.fitness.memory import Score
from engine.fitness.race import first_level_fitness
from engine.models.decoder_stack import DecoderStack
from engine.models.out_of_memory import halve_until_it_fits
from engine.pipeline.workspace import Workspace

_NONE_FOLDED = worded(
    "The device ran out of memory while folding the best sets of the search, so the search's own answer stays; see "
    "compensation.candidate_windows, compensation.candidates and compensation.widest for less memory."
)

_BLOCK_SHARE = 3
"""One in so many of the folded sets is a block at least."""


@dataclass(frozen=True)
class Answer:
    """The best removal set of one number of layers.

    Attributes:
        removed: The removal set.
        fitness: Its fitness before any fold.
        compensated_fitness: Its fitness after the fold; None where it was not folded.
    """

    removed: RemovalSet
    fitness: float
    compensated_fitness: float | None = None


def best_after_fold(
    workspace: Workspace,
    candidates: Mapping[RemovalSet, float],
    blocks: Sequence[RemovalSet],
    fitness: Callable[[Score], float],
    best: Answer,
    keep: Callable[[Answer], None],
) -> None:
    """Keep the candidate with the lowest fitness after its fold.

    Compensation changes the order of removal sets. Each of the best ones is folded on a part of the windows, with the
    middle ridge for every gap, and scored again on the calibration set, which no fold is fitted on. Sets that an
    earlier session has scored so are not folded again. The best set before the fold comes first. One that its fold
    makes worse counts as it is, since compensation leaves such a fold out.

    A third of the sets that are folded are blocks of layers in a row, whether the search has met them or not: the fold
    makes up for one gap better than for several, so that a block often wins after it which falls behind before.

    Args:
        workspace: The run.
        candidates: Removal sets of one size that meet the budget, with their fitness on the first level of the race.
        blocks: The removal sets of that size with a single gap that meet the budget; not used where the algorithm
            proposes one set alone.
        fitness: The search's objective.
        best: The search's own answer, which stays where compensation is off or a fold does not fit into memory.
        keep: Called with the best of the sets folded so far whenever a better one is found.

    Raises:
        StopRequested: The user asked to stop.
    """
    settings = workspace.settings.compensation
    if not settings.enabled or settings.candidates < 2:
        return
    if not best.removed:
        keep(replace(best, compensated_fitness=best.fitness))
        return
    scorer = workspace.scorer.remembering(workspace.scorer.memory)  # not counted as a cost of the search
    if len(candidates) > 1:
        candidates = {**_first_scored(scorer, blocks, fitness), **candidates}
    wanted = _chosen(candidates, set(blocks), settings.candidates)
    known = _fully_scored(scorer, candidates, fitness, wanted)
    chosen = _chosen(known, set(blocks), settings.candidates)
    if best.removed not in known or (len(chosen) < 2 and len(workspace.layer_counts) < 2):
        return  # a single set needs its fitness after the fold only where other numbers of layers compete with it
    folded, found = _Folded(workspace, chosen, fitness), best
    for number, removed in enumerate(chosen):
        workspace.report(worded("Folding set {0} of {1}", number + 1, len(chosen)), number, len(chosen))
        try:
            after = folded.fitness(removed, known[removed])
        except torch.OutOfMemoryError:
            workspace.emit(message_logged("warning", _too_large(number)))
            return
        # A fold whose fitness is nan wins nowhere.
        if math.isfinite(after) and (found.compensated_fitness is None or after < found.compensated_fitness):
            found = Answer(removed, known[removed], after)
            keep(found)


def _too_large(folded: int) -> Message:
    if not folded:
        return _NONE_FOLDED
    return worded(
        "The device ran out of memory while folding the best sets of the search, so the answer is the best of those "
        "that were folded before ({0}); see compensation.candidate_windows, compensation.candidates and "
        "compensation.widest for less memory.",
        folded,
    )


def _first_scored(
    scorer: Evaluator, removals: Sequence[RemovalSet], fitness: Callable[[Score], float]
) -> dict[RemovalSet, float]:
    """Return the fitness of removal sets on the first level of the race, leaving out those that are not finite."""
    values = first_level_fitness(scorer, removals, fitness)
    return {removed: value for removed, value in zip(removals, values, strict=True) if math.isfinite(value)}


def _chosen(known: Mapping[RemovalSet, float], blocks: Collection[RemovalSet], count: int) -> list[RemovalSet]:
    """Return the ``count`` best removal sets, best first; at least a third of them are blocks where there are any."""
    ranked = sorted(known, key=lambda removed: (known[removed], removed))
    reserved = [removed for removed in ranked if removed in blocks][: count // _BLOCK_SHARE]
    others = [removed for removed in ranked if removed not in reserved][: count - len(reserved)]
    chosen = {*reserved, *others}
    return [removed for removed in ranked if removed in chosen]


def _fully_scored(
    scorer: Evaluator,
    candidates: Mapping[RemovalSet, float],
    fitness: Callable[[Score], float],
    wanted: Sequence[RemovalSet],
) -> dict[RemovalSet, float]:
    """Return the fitness of the candidates that were scored on all windows.

    Those of ``wanted`` are scored now where they were not.
    """
    last = scorer.levels[-1]
    full = {removed for removed in candidates if scorer.memory.get(removed, last) is not None}
    chosen = sorted(full.union(wanted))
    scores = scorer.scores(chosen)
    return {removed: fitness(score) for removed, score in zip(chosen, scores, strict=True)}


def _not_worse(after: float, before: float) -> float:
    """Return the fitness that compensation comes to, which leaves out a fold that does not help; nan stays nan."""
    return after if math.isnan(after) else min(after, before)


class _Folded:
    """Folds removal sets and scores them, with what they share of the dense model computed once."""

    def __init__(self, workspace: Workspace, chosen: list[RemovalSet], fitness: Callable[[Score], float]) -> None:
        self._workspace, self._chosen, self._fitness = workspace, chosen, fitness
        self._compensation: Compensation | None = None
        self._rows = batch_rows(workspace.windows.calibration.shape[1])

    def fitness(self, removed: RemovalSet, before: float) -> float:
        """Return the fitness of a removal set after its fold, and emit it; that from before where the fold is worse."""
        known = self._workspace.state.compensated_candidates.get(removed)
        if known is not None:
            return _not_worse(known.compensated_fitness, before)
        after = halve_until_it_fits(self._rows, lambda rows: self._measured(removed, rows), self._shrink)
        after = _not_worse(after, before)
        self._workspace.emit(CandidateCompensated(removed=removed, fitness=before, compensated_fitness=after))
        return after

    def _measured(self, removed: RemovalSet, rows: int) -> float:
        if self._compensation is None:
            self._compensation = self._made(rows)
        fold = self._compensation.fold(removed)
        return self._score(fold)

    @torch.no_grad()
    def _score(self, fold: Fold) -> float:
        workspace = self._workspace
        lowest = min([fold.removed[0], *(each.layer for each in fold.gaps if each.weights)])
        with fold.on_dense(workspace.dense).applied():
            score = changed_score(
                workspace.scorer.batches, fold.removed, lowest, workspace.sizes.layers, workspace.check
            )
        return self._fitness(score)

    def _made(self, rows: int) -> Compensation:
        settings, windows = self._workspace.settings.compensation, self._workspace.learning_windows
        return Compensation(
            DecoderStack(self._workspace.dense),
            windows.recovery[: min(settings.windows, settings.candidate_windows)],
            windows.validation[:0],
            settings,
            self._chosen,
            rows=rows,
            check=self._workspace.check,
        )

    def _shrink(self, rows: int) -> None:
        self._rows, self._compensation = rows, None
