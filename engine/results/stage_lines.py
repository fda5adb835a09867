"""Summarise each stage of a run in one line."""

from collections.abc import Callable

from engine.api.events import Stage
from engine.api.message import Message, worded
from engine.api.plurals import counted
from engine.api.run_state import RunState
from engine.results.figures import (
    format_bytes,
    format_count,
    format_layers,
    format_number,
    format_rate,
    format_whole,
)
from engine.results.score_levels import ScoreLevels, score_words

LABELS: dict[Stage, Message] = {
    "model": worded("Model"),
    "calibrate": worded("Calibration"),
    "analyse": worded("Analysis"),
    "search": worded("Search"),
    "compensate": worded("Compensation"),
    "recover": worded("Recovery"),
    "evaluate": worded("Evaluation"),
    "export": worded("Export"),
}


def stage_line(state: RunState, stage: Stage) -> str:
    """Return what is known of a stage so far; empty before anything is."""
    return _LINES[stage](state)


def _model(state: RunState) -> str:
    model = state.model
    if model is None:
        return ""
    goal = f", {state.budget.layers} to remove" if state.budget is not None else ""
    size = f"{format_count(model.parameters)} parameters, {format_bytes(model.bytes)}"
    return f"{model.name}: {model.layers} layers{goal}, {size}"


def _calibrate(state: RunState) -> str:
    windows = state.calibration
    if windows is None:
        return ""
    counts = f"{windows.windows} calibration, {windows.heldout_windows} held-out, {windows.recovery_windows} recovery"
    return f"{counts} windows of {windows.window_length} tokens"


def _analyse(state: RunState) -> str:
    if state.reference is None or not state.layers:
        return ""
    # measured ones before estimates, which were the more costly ones on the first windows
    cheapest = min(state.layers.values(), key=lambda layer: (layer.estimated_from is not None, layer.kl))
    dense = f"dense perplexity {format_number(state.reference.perplexity)}"
    return f"{dense}; layer {cheapest.layer} costs least (KL {format_number(cheapest.kl)})"


def _search(state: RunState) -> str:
    if state.search is not None:
        fitness = score_words(state.search.objective, state.search.fitness, ScoreLevels.of(state).of_best())
        return f"{fitness} without layers {format_layers(state.search.removed) or 'none'}"
    latest = state.last_iteration
    if latest is None:
        return ""
    best = f"best {score_words(latest.objective, latest.best_fitness, ScoreLevels.of(state).of_best())}"
    return f"{best}, {format_whole(latest.evaluations)} candidates measured"


def _compensate(state: RunState) -> str:
    found = state.compensation
    if found is not None:
        before, after = format_number(found.validation_kl_before, 4), format_number(found.validation_kl_after, 4)
        return f"validation KL {before} to {after}" if found.helped else "did not help; the pruned model is kept"
    return f"{counted(len(state.folded_gaps), 'gap')} folded" if state.folded_gaps else ""


def _recover(state: RunState) -> str:
    if state.recovery is not None:
        before = format_number(state.recovery.validation_kl_before, 4)
        after = format_number(state.recovery.validation_kl_after, 4)
        return f"validation KL {before} to {after}" + (
            "" if state.recovery.helped else f"; the {state.best_variant} model is kept"
        )
    if state.unfit_training is not None:
        return f"did not fit into the memory of {state.unfit_training.device}; the {state.best_variant} model is kept"
    if not state.steps:
        return ""
    step = state.steps[max(state.steps)]
    return f"step {step.step} of {step.steps}, loss {format_number(step.loss)}, {format_rate(step.tokens_per_second)}"


def _evaluate(state: RunState) -> str:
    measured = [f"{format_number(event.heldout_perplexity)} {variant}" for variant, event in state.evaluated.items()]
    return f"held-out perplexity {', '.join(measured)}" if measured else ""


def _export(state: RunState) -> str:
    if not state.exports:
        return ""
    exports = list(state.exports.values())
    sizes = ", ".join(f"{export.format} {format_bytes(export.bytes)}" for export in exports)
    passed = sum(check.passed for check in state.checks.values())
    return f"{exports[-1].folder} ({sizes}; {passed} of {len(state.checks)} checks passed)"


_LINES: dict[Stage, Callable[[RunState], str]] = {
    "model": _model,
    "calibrate": _calibrate,
    "analyse": _analyse,
    "search": _search,
    "compensate": _compensate,
    "recover": _recover,
    "evaluate": _evaluate,
    "export": _export,
}
