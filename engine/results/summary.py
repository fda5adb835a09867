"""Summarise a run in a few figures."""

from engine.api.events import RunSummarised
from engine.api.project import Run
from engine.api.run_notes import run_notes
from engine.api.run_state import RunState
from engine.results.overview import model_points
from engine.results.score_levels import ScoreLevels


def summarise(run: Run, state: RunState, started: float) -> RunSummarised:
    """Return the entry of a run in its project's list of runs."""
    rounds = [state.iterations[place] for place in sorted(state.iterations)]
    search, notes = state.search, run_notes(run.folder)
    variant = state.best_variant if state.best_variant in state.evaluated else "pruned"
    model = state.evaluated.get(variant)
    return RunSummarised(
        run=run.name,
        algorithm=state.algorithm,
        started=started,
        objective=search.objective if search is not None else "kl",
        layers=len(search.removed) if search is not None else None,
        fitness=search.fitness if search is not None else None,
        level=ScoreLevels.of(state).full if search is not None else 0,
        variant=variant if model is not None else None,
        heldout_kl=model.heldout_kl if model is not None else None,
        heldout_perplexity=model.heldout_perplexity if model is not None else None,
        bytes=model.bytes if model is not None else None,
        course_evaluations=tuple(each.evaluations for each in rounds),
        course_fitness=tuple(each.best_fitness for each in rounds),
        models=model_points(state),
        digest=state.model.digest if state.model is not None else "",
        title=notes.title,
        note=notes.note,
        starred=notes.starred,
    )
