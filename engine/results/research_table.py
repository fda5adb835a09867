"""Build the research table from a project's runs and comparisons: a column for each search algorithm.

The rows are those of the paper: size reduction, accuracy loss before and after retraining, search time, inference time
and stability.
"""

import math
import statistics
from collections.abc import Hashable, Iterable, Sequence
from typing import Literal

from msgspec.structs import replace

from engine.api.algorithms import known_algorithm
from engine.api.evaluation_events import VARIANTS, Variant
from engine.api.project import Project
from engine.api.run_events import ResearchColumn as ResearchColumn
from engine.api.run_state import RunState
from engine.api.search_events import SearchCompared, SearchFinished
from engine.api.settings import Settings
from engine.results.agreement import agreement

ACCURACIES = ("acc_norm", "acc", "exact_match")
"""Metrics that count as a task's accuracy: the first that it has, under the first of its filters."""


_Runs = Sequence[tuple[Hashable, RunState]]
"""The runs of one algorithm, oldest first, each with a key that is equal for runs of the same search."""


def research_table(
    runs: Iterable[tuple[Settings | None, RunState]], comparisons: Sequence[RunState]
) -> tuple[ResearchColumn, ...]:
    """Return a column for each algorithm with a removal set, PSO and WOA first.

    Stability is measured over the seeds of the latest comparison that has the algorithm; without one, over the
    project's searches that remove equally many layers. Runs that differ only in stages after the search count as one
    search, because the later ones reuse its scores.

    Args:
        runs: The runs, oldest first, each with its settings, or None where they cannot be read.
        comparisons: The comparisons, oldest first.
    """
    by_algorithm: dict[str, list[tuple[Hashable, RunState]]] = {}
    for number, (settings, state) in enumerate(runs):
        if state.search is not None and state.algorithm:
            asked = number if settings is None else _search_asked(settings)
            by_algorithm.setdefault(state.algorithm, []).append((asked, state))
    compared: dict[str, list[SearchCompared]] = {}
    for state in comparisons:
        for algorithm in dict.fromkeys(search.algorithm for search in state.compared.values()):
            compared[algorithm] = [each for each in state.compared.values() if each.algorithm == algorithm]
            by_algorithm.setdefault(algorithm, [])
    dense_bytes = next((state.model.bytes for state in comparisons if state.model), 0)
    order = sorted(by_algorithm, key=_place)
    return tuple(_column(name, by_algorithm[name], compared.get(name, []), dense_bytes) for name in order)


def _place(algorithm: str) -> tuple[bool, str]:
    """Return the sort key of an algorithm: baselines and algorithms that are not installed come last."""
    found = known_algorithm(algorithm)
    return found is None or found.baseline, algorithm


def project_research(project: Project) -> tuple[ResearchColumn, ...]:
    """Return the table of a project, read from the journals of its runs and comparisons."""
    return research_table(
        [(each.known_settings, RunState.replay(each.events())) for each in project.runs()],
        [RunState.replay(each.events()) for each in project.comparisons()],
    )


def _search_asked(settings: Settings) -> Hashable:
    """Return the settings that determine a removal set."""
    search = settings.search
    algorithm = known_algorithm(search.algorithm)
    if algorithm is not None and not algorithm.needs_seed:
        search = replace(search, seed=0)
    return settings.model, settings.calibration, settings.analysis, settings.budget, search


def _column(algorithm: str, runs: _Runs, compared: Sequence[SearchCompared], dense_bytes: int) -> ResearchColumn:
    if not runs:
        return _compared_column(algorithm, compared, dense_bytes)
    place = max(range(len(runs)), key=lambda each: (len(runs[each][1].evaluated), each))
    asked, run = runs[place]
    assert run.search is not None
    others = [searches[-1] for key, searches in _searches(runs).items() if key != asked]
    seeds, sets_agree, spread = _stability([run.search, *others], compared)
    spent = _searches(runs[: place + 1])[asked]
    kind, tasks = _loss_kind(run)
    result: Variant = next((each for each in reversed(VARIANTS) if each in run.evaluated), "pruned")
    return ResearchColumn(
        algorithm=algorithm,
        run=run.run,
        layers=len(run.search.removed),
        size_reduction=_reduction(run),
        loss_of=kind,
        tasks=tasks,
        loss_before=_loss(run, "pruned", kind, tasks),
        loss_after=_loss(run, result, kind, tasks) if result != "pruned" else None,
        search_seconds=sum(search.seconds for search in spent),
        candidates=sum(search.evaluations for search in spent),
        prefill_speed=_pace(run, result, "prefill_tokens_per_second"),
        decode_speed=_pace(run, result, "decode_tokens_per_second"),
        seeds=seeds,
        agreement=sets_agree,
        spread=spread,
    )


def _searches(runs: _Runs) -> dict[Hashable, list[SearchFinished]]:
    """Return every search once: the first that was not stopped early, and before it those that were.

    The first complete search reuses the scores of the stopped ones; later runs only reuse what these have measured.
    """
    found: dict[Hashable, list[SearchFinished]] = {}
    for asked, run in runs:
        known = found.setdefault(asked, [])
        if run.search is not None and (not known or known[-1].early):
            known.append(run.search)
    return found


def _compared_column(algorithm: str, compared: Sequence[SearchCompared], dense_bytes: int) -> ResearchColumn:
    """Return the column of an algorithm that was compared but never completed a run."""
    best = min(compared, key=lambda search: search.fitness)
    seeds, sets_agree, spread = _stability((), compared)
    return ResearchColumn(
        algorithm=algorithm,
        run="",
        layers=len(best.removed),
        size_reduction=1 - best.bytes / dense_bytes if dense_bytes else None,
        loss_of="KL",
        tasks=(),
        loss_before=statistics.median(search.heldout_kl for search in compared),
        loss_after=None,
        search_seconds=statistics.median(search.seconds for search in compared),
        candidates=statistics.median(search.candidates for search in compared),
        prefill_speed=None,
        decode_speed=None,
        seeds=seeds,
        agreement=sets_agree,
        spread=spread,
    )


def _reduction(run: RunState) -> float | None:
    pruned = run.evaluated.get("pruned")
    if run.model is None or run.search is None:
        return None
    gone = sum(run.model.layer_bytes[layer] for layer in run.search.removed)
    return 1 - pruned.bytes / run.model.bytes if pruned else gone / run.model.bytes


def _loss_kind(run: RunState) -> tuple[Literal["accuracy", "perplexity", "KL"], tuple[str, ...]]:
    """Return the figure whose loss every variant can report, and its tasks."""
    measured = [accuracies(run, variant) for variant in run.evaluated]
    shared = tuple(task for task in (measured[0] if measured else ()) if all(task in each for each in measured))
    if shared and "dense" in run.evaluated:
        return "accuracy", shared
    return ("perplexity" if "dense" in run.evaluated else "KL"), ()


def accuracies(run: RunState, variant: Variant) -> dict[str, float]:
    """Return the accuracy of each requested task; the parts of a group are in its mean already."""
    found: dict[str, float] = {}
    for metric in ACCURACIES:
        for (each, task, name), event in run.tasks.items():
            if each == variant and name.partition(" (")[0] == metric and not event.part_of:
                found.setdefault(task, event.value)
    return found


def _loss(run: RunState, variant: Variant, kind: str, tasks: Sequence[str]) -> float | None:
    model, dense = run.evaluated.get(variant), run.evaluated.get("dense")
    if kind == "KL" and model is not None:
        return model.heldout_kl
    if model is None or dense is None:
        return None
    if kind == "perplexity":
        return model.heldout_perplexity / dense.heldout_perplexity - 1
    means = [statistics.mean(accuracies(run, each)[task] for task in tasks) for each in ("dense", variant)]
    return 1 - means[1] / means[0] if means[0] else None


def _pace(run: RunState, variant: Variant, field: str) -> float | None:
    if "dense" not in run.evaluated or variant not in run.evaluated:
        return None
    pace = float(getattr(run.evaluated[variant], field) / getattr(run.evaluated["dense"], field))
    return pace if math.isfinite(pace) else None


def _stability(
    searches: Sequence[SearchFinished], compared: Sequence[SearchCompared]
) -> tuple[int, float | None, float | None]:
    """Return number of searches, agreement of their sets, and spread of their fitness; None for a single search.

    Of the project's own ``searches``, those like the first one count.
    """
    sets = [search.removed for search in compared]
    fitness = [search.fitness for search in compared]
    if len(sets) < 2 and searches:
        shown = searches[0]
        alike = [
            each for each in searches if len(each.removed) == len(shown.removed) and each.objective == shown.objective
        ]
        sets, fitness = [search.removed for search in alike], [search.fitness for search in alike]
    if len(sets) < 2:
        return len(sets), None, None
    return len(sets), agreement(sets), max(fitness) - min(fitness)
