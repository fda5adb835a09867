"""Comparing searches: every algorithm and seed on the same windows, from one analysis, each with its own memory."""

import time
from collections.abc import Iterator
from pathlib import Path

from engine.api.commands import CompareSearches
from engine.api.control import Control
from engine.api.editing import with_values
from engine.api.events import RemovalSet, SearchCompared, Stage
from engine.api.project import Project, Run
from engine.api.settings import WITHOUT_CHANCE, Algorithm, SearchSettings
from engine.evaluation.heldout import HeldoutReference
from engine.evaluation.perplexity import settings_perplexity
from engine.models.surgery import pruned_view
from engine.pipeline.ending import Ending
from engine.pipeline.hunt import Hunt
from engine.pipeline.run_choice import project_lock
from engine.pipeline.run_log import Sink
from engine.pipeline.session import in_session, perform_stage
from engine.pipeline.stages.search_start import searcher_for
from engine.pipeline.workspace import Workspace
from engine.search.importance import good_candidates, removal_frequency
from engine.search.limits import SearchLimits, Standing
from engine.search.space import SearchSpace

_BEFORE: tuple[Stage, ...] = ("model", "calibrate", "analyse")
_GOOD_SHARE = 0.2


def compare_searches(command: CompareSearches, sink: Sink, control: Control) -> Ending:
    """Do the searches that the project's latest comparison does not have yet.

    Raises:
        BadInput: there is no such project, it is read-only, or another engine works on it.
    """
    project = Project.open(Path(command.project))
    with project_lock(project):
        return in_session(
            project, _comparison_of(project), sink, control, lambda workspace: _compared(workspace, command)
        )


def _comparison_of(project: Project) -> Run:
    """The latest comparison when it was made with the project's present settings, else a new one."""
    latest = project.comparisons()[-1:]
    return latest[0] if latest and latest[0].settings == project.settings else project.new_comparison()


def _compared(workspace: Workspace, command: CompareSearches) -> Ending:
    for stage in _BEFORE:
        workspace.check()
        perform_stage(stage, workspace)
    workspace.stage = "search"
    searches = [each for each in _wanted(command) if each not in workspace.state.compared]
    if searches:
        heldout = HeldoutReference.of(workspace.dense, workspace.windows.heldout, workspace.report)
        for done, (algorithm, seed) in enumerate(searches):
            workspace.report(f"Searching with {algorithm}, seed {seed}", done, len(searches))
            _OneSearch(workspace, algorithm, seed).run(heldout)
    return Ending.finished(f"{len(workspace.state.compared)} searches compared.")


def _wanted(command: CompareSearches) -> Iterator[tuple[Algorithm, int]]:
    for algorithm in dict.fromkeys(command.algorithms):
        for seed in range(1 if algorithm in WITHOUT_CHANCE else command.seeds):
            yield algorithm, seed


class _OneSearch:
    def __init__(self, workspace: Workspace, algorithm: Algorithm, seed: int) -> None:
        self._workspace = workspace
        changed = with_values(workspace.settings, {"search.algorithm": algorithm, "search.seed": seed})
        self._settings: SearchSettings = changed.search
        self._space = SearchSpace(workspace.prunable, workspace.budget)
        analysed: set[RemovalSet] = {(), *((layer,) for layer in range(workspace.sizes.layers))}
        self._evaluator = workspace.evaluator_with(workspace.memory.knowing_only(analysed))
        self._applications_before = self._evaluator.layer_applications
        self._per_application = workspace.windows.calibration.numel() / workspace.sizes.layers

    def run(self, heldout: HeldoutReference) -> None:
        """Search, measure what was found, and say it."""
        started = time.monotonic()
        hunt, scored, course = self._search(started)
        seconds = time.monotonic() - started
        removed, fitness = hunt.result()
        model = pruned_view(self._workspace.dense, removed)
        kl, perplexity = heldout.measure(model, self._workspace.report)
        parameters, size = self._workspace.sizes.after(removed)
        self._workspace.emit(
            SearchCompared(
                algorithm=self._settings.algorithm,
                seed=self._settings.seed,
                removed=removed,
                fitness=fitness,
                heldout_kl=kl,
                heldout_perplexity=perplexity,
                text_perplexity=settings_perplexity(
                    model, self._workspace.tokenizer, self._workspace.settings.evaluation, self._workspace.report
                ),
                parameters=parameters,
                bytes=size,
                candidates=self._evaluator.evaluations + self._evaluator.remembered,
                tokens=self._tokens,
                seconds=seconds,
                course_tokens=tuple(tokens for tokens, _ in course),
                course_fitness=tuple(best for _, best in course),
                importance=removal_frequency(good_candidates(scored, _GOOD_SHARE), self._workspace.sizes.layers),
            )
        )

    def _search(self, started: float) -> tuple[Hunt, dict[RemovalSet, float], list[tuple[int, float]]]:
        """The finished hunt, the fitness of every candidate of the asked size, and the course of the best."""
        workspace, settings = self._workspace, self._settings
        searcher = searcher_for(workspace, self._evaluator, settings, self._space)
        hunt = Hunt(workspace.folder.config(), self._space, searcher, self._evaluator, settings.racing)
        limits = SearchLimits(settings, self._per_application)
        scored: dict[RemovalSet, float] = {}
        course: list[tuple[int, float]] = []
        while not hunt.finished:
            population = hunt.iterate()
            pairs = zip(population.candidates, population.fitness, strict=True)
            scored.update((removed, value) for removed, value in pairs if len(removed) == self._space.k)
            if hunt.best is not None:
                course.append((self._tokens, hunt.best[1]))
            standing = Standing(hunt.iteration - 1, hunt.best, self._applications, time.monotonic() - started)
            if limits.reached(standing):
                break
        return hunt, scored, course

    @property
    def _applications(self) -> int:
        return self._evaluator.layer_applications - self._applications_before

    @property
    def _tokens(self) -> int:
        return round(self._applications * self._per_application)
