"""Compare searches: every algorithm and seed on the same windows, from one analysis, each with its own memory."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from torch import Tensor

from engine.api.algorithms import search_algorithm
from engine.api.clock import seconds_awake
from engine.api.commands import CompareSearches
from engine.api.control import Control
from engine.api.editing import with_values
from engine.api.events import Emit, RemovalSet, SearchCompared, Stage, TextFit
from engine.api.locations import given_path
from engine.api.message import Message, worded
from engine.api.project import Project, Run, result_settings
from engine.api.settings import Algorithm, SearchSettings
from engine.api.trust import ensure_settings_trusted
from engine.calibration.prepare import text_windows
from engine.evaluation.heldout import HeldoutLosses, HeldoutReference
from engine.fitness.objective import fitness_of
from engine.models.number_format import dtype_name
from engine.models.surgery import pruned_view
from engine.pipeline.ending import Ending
from engine.pipeline.hunt import Hunt, HuntOptions
from engine.pipeline.run_choice import project_lock
from engine.pipeline.session import in_session, perform_stage
from engine.pipeline.stages.search_start import searcher_for
from engine.pipeline.workspace import Workspace
from engine.search.importance import good_candidates, removal_frequency
from engine.search.limits import SearchLimits
from engine.search.space import SearchSpace

_BEFORE: tuple[Stage, ...] = ("model", "calibrate", "analyse")
_GOOD_SHARE = 0.2


def compare_searches(command: CompareSearches, sink: Emit, control: Control) -> Ending:
    """Do the searches that are missing from the project's latest comparison.

    Args:
        command: Project, algorithms, number of seeds and texts.
        sink: Receives every event.
        control: Carries the user's wish to stop.

    Raises:
        BadInput: There is no such project, it is read-only, another engine works on it, or an algorithm is not
            installed.
    """
    for algorithm in command.algorithms:
        search_algorithm(algorithm)
    project = Project.open(Path(command.project))
    ensure_settings_trusted(project.settings, "evaluation.task_folder")
    with project_lock(project):
        return in_session(
            project, _comparison_of(project), sink, control, lambda workspace: _compared(workspace, command)
        )


def _comparison_of(project: Project) -> Run:
    """Return the latest comparison if its settings are the project's current ones, else a new one."""
    latest, wanted = project.comparisons()[-1:], result_settings(project.settings)
    return latest[0] if latest and result_settings(latest[0].settings) == wanted else project.new_comparison()


def _compared(workspace: Workspace, command: CompareSearches) -> Ending:
    for stage in _BEFORE:
        workspace.check()
        perform_stage(stage, workspace)
    workspace.stage = "search"
    searches = [each for each in _wanted(command) if each not in workspace.state.compared]
    if searches:
        unseen = _UnseenTexts(workspace, command.texts)
        for done, (algorithm, seed) in enumerate(searches):
            words = worded("Searching with {0}, seed {1}", algorithm, seed)
            report = partial(_report, workspace, words, done, len(searches))
            report(0.0)
            _OneSearch(workspace, algorithm, seed, report).run(unseen)
    return Ending.finished(worded("{0} searches compared.", len(workspace.state.compared)))


def _report(workspace: Workspace, message: Message, done: int, total: int, share: float) -> None:
    """Report the progress of the whole queue; ``share`` is that of the search at work."""
    workspace.report(message, done + share, total)


def _wanted(command: CompareSearches) -> Iterator[tuple[Algorithm, int]]:
    for algorithm in dict.fromkeys(command.algorithms):
        for seed in range(command.seeds if search_algorithm(algorithm).needs_seed else 1):
            yield algorithm, seed


class _UnseenTexts:
    """The texts on which every removal set is measured: the held-out windows and the files of the command."""

    def __init__(self, workspace: Workspace, texts: Sequence[str]) -> None:
        self._workspace = workspace
        self._heldout = self._reference(workspace.windows.heldout)
        self._texts = {text: self._reference(self._windows(text)) for text in texts}

    def measure(self, removed: RemovalSet) -> tuple[TextFit, dict[str, TextFit]]:
        """Measure the pruned model on the held-out windows and on each text, by path."""
        model = pruned_view(self._workspace.dense, removed)
        report = self._workspace.report
        texts = {text: _fit(reference.measure(model, report)) for text, reference in self._texts.items()}
        return _fit(self._heldout.measure(model, report)), texts

    def _windows(self, text: str) -> Tensor:
        windows, calibration = self._workspace.windows, self._workspace.settings.calibration
        without = (windows.calibration, windows.heldout)
        return text_windows(given_path(text), self._workspace.tokenizer, calibration, without)

    def _reference(self, windows: Tensor) -> HeldoutReference:
        return HeldoutReference.of(self._workspace.dense, windows, self._workspace.report)


def _fit(losses: HeldoutLosses) -> TextFit:
    return TextFit(losses.divergence.value, losses.perplexity)


class _OneSearch:
    def __init__(self, workspace: Workspace, algorithm: Algorithm, seed: int, report: Callable[[float], None]) -> None:
        self._workspace, self._report = workspace, report
        changed = with_values(workspace.settings, {"search.algorithm": algorithm, "search.seed": seed})
        self._settings: SearchSettings = changed.search
        self._space = SearchSpace(workspace.prunable, workspace.budget)
        analysed: set[RemovalSet] = {(), *((layer,) for layer in range(workspace.sizes.layers))}
        self._scorer = workspace.scorer.remembering(workspace.scorer.memory.knowing_only(analysed))

    def run(self, unseen: _UnseenTexts) -> None:
        """Search, measure the result and emit ``SearchCompared``."""
        started = seconds_awake()
        hunt, scored, best_by_tokens = self._search(started)
        seconds = seconds_awake() - started
        removed, fitness = hunt.result()
        heldout, texts = unseen.measure(removed)
        parameters, size = self._workspace.sizes.after(removed)
        self._workspace.emit(
            SearchCompared(
                algorithm=self._settings.algorithm,
                seed=self._settings.seed,
                removed=removed,
                objective=self._settings.objective,
                fitness=fitness,
                heldout_kl=heldout.kl,
                heldout_perplexity=heldout.perplexity,
                texts=texts,
                parameters=parameters,
                bytes=size,
                candidates=self._scorer.evaluations + self._scorer.remembered,
                tokens=self._tokens,
                seconds=seconds,
                course_tokens=tuple(tokens for tokens, _ in best_by_tokens),
                course_fitness=tuple(best for _, best in best_by_tokens),
                importance=removal_frequency(good_candidates(scored, _GOOD_SHARE), self._workspace.sizes.layers),
            )
        )

    def _search(self, started: float) -> tuple[Hunt, dict[RemovalSet, float], list[tuple[int, float]]]:
        """Return the finished hunt, the fitness of every candidate of k layers, and (tokens spent, best fitness)."""
        workspace, settings = self._workspace, self._settings
        searcher = searcher_for(workspace, self._scorer, settings, self._space)
        hunt = Hunt(
            workspace.folder.config(),
            self._space,
            searcher,
            self._scorer,
            settings.racing,
            HuntOptions(fitness_of(settings.objective), dtype=dtype_name(workspace.dtype)),
        )
        limits = SearchLimits(settings, self._scorer.tokens_per_application)
        scored: dict[RemovalSet, float] = {}
        best_by_tokens: list[tuple[int, float]] = []
        for population in hunt.run(limits, lambda: (self._applications, seconds_awake() - started)):
            pairs = zip(population.candidates, population.fitness, strict=True)
            scored.update((removed, value) for removed, value in pairs if len(removed) == self._space.k)
            self._report(hunt.iteration / max(hunt.iterations, 1))
            if hunt.best is not None:
                best_by_tokens.append((self._tokens, hunt.best[1]))
        return hunt, scored, best_by_tokens

    @property
    def _applications(self) -> int:
        return self._scorer.layer_applications

    @property
    def _tokens(self) -> int:
        return round(self._applications * self._scorer.tokens_per_application)
