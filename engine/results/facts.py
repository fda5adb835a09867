"""The facts of a run beside its comparison table, as pairs of label and value."""

import math

from engine.api.events import STAGES, ParetoPoint, RecoveryFinished
from engine.api.plurals import counted
from engine.api.run_state import RunState
from engine.api.settings import Variant
from engine.results.figures import (
    format_bytes,
    format_duration,
    format_layers,
    format_number,
    format_percent,
    format_whole,
)
from engine.results.folded_sets import folded_sets_line
from engine.results.score_levels import ScoreLevels, score_words
from engine.results.stage_lines import stage_line


def facts(state: RunState) -> list[tuple[str, str]]:
    """Return what is known of a run beyond its comparison table: (label, value)."""
    found = [("Run", state.run)] if state.run else []
    if state.model is not None:
        found.append(("Model", f"{state.model.name} ({state.model.layers} layers)"))
    if state.search is not None:
        found.append(("Removed layers", format_layers(state.search.removed) or "none"))
        measured = f"{format_whole(state.search.evaluations)} candidates measured"
        score = score_words(state.search.objective, state.search.fitness, ScoreLevels.of(state).of_best())
        found.append(("Search", f"{score}, {measured}"))
        found += [("", _pareto_line(point, ScoreLevels.of(state))) for point in state.search.front]
    if state.layers and (words := _time_model(state)):
        found.append(("Time model", words))
    if folded := folded_sets_line(state):
        found.append(("Sets after the fold", folded))
    if state.compensation is not None:
        found.append(("Compensation", stage_line(state, "compensate")))
    if state.recovery is not None:
        found.append(("Recovery", _recovery(state.recovery, state.best_variant)))
    elif state.unfit_training is not None:
        found.append(("Recovery", stage_line(state, "recover")))
    if state.run:
        times = [(stage, state.stages_finished[stage]) for stage in STAGES if stage in state.stages_finished]
        found.append(("Time", ", ".join(f"{stage} {format_duration(event.seconds)}" for stage, event in times)))
    found += [("Export", folder) for folder in state.exports]
    return found


def _pareto_line(point: ParetoPoint, levels: ScoreLevels) -> str:
    """Describe one point of the search's Pareto front."""
    after = point.compensated_fitness
    folded = "" if after is None else f" ({format_number(after, 4)} after the fold)"
    score = score_words(levels.objective, point.fitness, levels.of_best())
    return (
        f"{counted(len(point.removed), 'layer')}: {score}{folded}, "
        f"{format_bytes(point.bytes)}, {format_percent(point.time_share)} of the time; "
        f"weighted {format_number(point.cost, 4)}; removes {format_layers(point.removed) or 'none'}"
    )


def _time_model(state: RunState) -> str:
    """Compare the prefill speed-up predicted from the times of single layers with the measured one, if there is any."""
    if not state.evaluated.keys() >= {"dense", "pruned"}:
        return ""
    removed = state.search.removed if state.search is not None else ()
    predicted = 1.0 / state.time_share(removed)
    dense, pruned = state.evaluated["dense"], state.evaluated["pruned"]
    measured = pruned.prefill_tokens_per_second / dense.prefill_tokens_per_second
    if not math.isfinite(measured):  # the speed of a streamed model is not timed
        return ""
    error = format_percent(predicted / measured - 1, signed=True)
    return f"prefill {predicted:.2f} times as fast predicted, {measured:.2f} measured ({error})"


def _recovery(event: RecoveryFinished, kept: Variant) -> str:
    before, after = format_number(event.validation_kl_before, 4), format_number(event.validation_kl_after, 4)
    gain = f"validation KL {before} to {after}"
    return gain if event.helped else f"did not help ({gain}); the {kept} model is kept"
