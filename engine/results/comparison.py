"""Dense, pruned and recovered side by side."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.api.events import STAGES, ModelEvaluated, ParetoPoint, RecoveryFinished
from engine.api.run_state import RunState
from engine.api.settings import Variant
from engine.results.evaluation_rows import Row, evaluation_rows, with_error
from engine.results.figures import NOTHING, duration, fitness_words, layer_list, megabytes, number, parameters

VARIANTS: tuple[Variant, ...] = ("dense", "pruned", "recovered")


@dataclass(frozen=True)
class Comparison:
    """The table of a run: a column for each variant that was measured."""

    variants: tuple[Variant, ...]
    rows: tuple[Row, ...]


def comparison(state: RunState) -> Comparison:
    """Everything that was measured of the run's models."""
    variants = tuple(variant for variant in VARIANTS if variant in state.evaluated)
    models = [state.evaluated[variant] for variant in variants]
    rows = [Row(label, tuple(show(model) for model in models)) for label, show in _figures(state)]
    measured = [row for row in rows if any(value != NOTHING for value in row.values)]
    return Comparison(variants, (*measured, *evaluation_rows(state, variants)))


def facts(state: RunState) -> list[tuple[str, str]]:
    """What else there is to say of a run: (label, value)."""
    found = [("Run", state.run)] if state.run else []
    if state.model is not None:
        found.append(("Model", f"{state.model.name} ({state.model.layers} layers)"))
    if state.search is not None:
        found.append(("Removed layers", layer_list(state.search.removed)))
        measured = f"{state.search.evaluations} candidates measured"
        found.append(("Search", f"{fitness_words(state.search)}, {measured}"))
        found += [("", _pareto_line(point)) for point in state.search.front]
    if state.layers and state.evaluated.keys() >= {"dense", "pruned"}:
        found.append(("Time model", _time_model(state)))
    if state.recovery is not None:
        found.append(("Recovery", _recovery(state.recovery)))
    if state.run:
        times = [(stage, state.stages_finished[stage]) for stage in STAGES if stage in state.stages_finished]
        found.append(("Time", ", ".join(f"{stage} {duration(event.seconds)}" for stage, event in times)))
    found += [("Export", folder) for folder in state.exports]
    return found


def _pareto_line(point: ParetoPoint) -> str:
    """One number of layers among those that were searched."""
    return (
        f"{len(point.removed)} layers: {number(point.fitness, 4)}, {megabytes(point.bytes)}, "
        f"{100 * point.time_share:.0f} % of the time; weighted {number(point.cost, 4)}; "
        f"removes {layer_list(point.removed)}"
    )


def _time_model(state: RunState) -> str:
    """What the layers' own times predict for a prompt, against what was measured on the whole models."""
    removed = state.search.removed if state.search is not None else ()
    predicted = 1.0 / state.time_share(removed)
    dense, pruned = state.evaluated["dense"], state.evaluated["pruned"]
    measured = pruned.prefill_tokens_per_second / dense.prefill_tokens_per_second
    error = 100 * (predicted / measured - 1)
    return f"prompt {predicted:.2f} times as fast predicted, {measured:.2f} measured ({error:+.0f} %)"


def _recovery(event: RecoveryFinished) -> str:
    gain = f"validation KL {number(event.validation_kl_before, 4)} to {number(event.validation_kl_after, 4)}"
    return gain if event.helped else f"did not help ({gain}); the pruned model is kept"


def _figures(state: RunState) -> list[tuple[str, Callable[[ModelEvaluated], str]]]:
    dense = state.evaluated.get("dense")
    whole = dense.bytes if dense is not None else 0

    def size(model: ModelEvaluated) -> str:
        change = f" ({100 * (model.bytes / whole - 1):+.1f} %)" if whole and model.bytes != whole else ""
        return megabytes(model.bytes) + change

    return [
        ("Layers", lambda model: str(model.layers)),
        ("Parameters", lambda model: parameters(model.parameters)),
        ("Size on disk", size),
        (
            "Perplexity, held-out",
            lambda model: with_error(number(model.heldout_perplexity), model.heldout_perplexity_error, 2),
        ),
        (
            "KL to dense, held-out",
            lambda model: with_error(number(model.heldout_kl, 4), model.heldout_kl_error or None),
        ),
        # Journals from before texts had events of their own have no more than this.
        ("Perplexity on the text", lambda model: NOTHING if state.texts else number(model.text_perplexity)),
        ("Prefill, tokens/s", lambda model: number(model.prefill_tokens_per_second, 0)),
        ("Decode, tokens/s", lambda model: number(model.decode_tokens_per_second, 1)),
        ("Peak memory", lambda model: megabytes(model.peak_memory)),
    ]
