"""Texts, tasks, paces and sizes of the models, with errors and differences, as rows of the comparison."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.api.evaluation_events import (
    HELDOUT_KL,
    HELDOUT_LOG_PERPLEXITY,
    DifferenceMeasured,
    SpeedMeasured,
    Spread,
    TaskEvaluated,
    Variant,
)
from engine.api.intervals import task_interval
from engine.api.run_state import RunState
from engine.results.figures import NOTHING, megabytes, number
from engine.results.text_names import text_names


@dataclass(frozen=True)
class Row:
    """One figure of every variant, as text; a dash where it was not measured."""

    label: str
    values: tuple[str, ...]


def evaluation_rows(state: RunState, variants: Sequence[Variant]) -> list[Row]:
    """Everything that one event of its own tells of a model."""
    return [
        *_heldout_rows(state, variants),
        *_footprint_rows(state, variants),
        *_speed_rows(state, variants),
        *_text_rows(state, variants),
        *_task_rows(state, variants),
    ]


def with_error(figure: str, error: float | None, digits: int = 4) -> str:
    """A figure and its standard error, where there is one."""
    return figure if error is None or not math.isfinite(error) else f"{figure} ± {number(error, digits)}"


def _heldout_rows(state: RunState, variants: Sequence[Variant]) -> Iterator[Row]:
    """How sure it is that one model is worse than another, from the windows that both read."""
    yield from _difference_rows(state, variants, HELDOUT_LOG_PERPLEXITY, name="Log perplexity, held-out, ")
    # The KL against the dense model is the figure itself.
    yield from _difference_rows(state, variants, HELDOUT_KL, name="KL to dense, held-out, ", before=("pruned",))


def _text_rows(state: RunState, variants: Sequence[Variant]) -> Iterator[Row]:
    for text, name in text_names(text for _, text in state.texts).items():
        found = [state.texts.get((variant, text)) for variant in variants]
        for label, field, digits in (
            (f"{name}: perplexity", "token_perplexity", 2),
            ("  of a word", "word_perplexity", 2),
            ("  of a byte", "byte_perplexity", 4),
            ("  bits per byte", "bits_per_byte", 4),
        ):
            yield Row(label, tuple(NOTHING if each is None else number(getattr(each, field), digits) for each in found))
        yield from _difference_rows(state, variants, f"bits per byte, {name}")


def _task_rows(state: RunState, variants: Sequence[Variant]) -> Iterator[Row]:
    for task, metric in dict.fromkeys((task, metric) for _, task, metric in state.tasks):
        found = [state.tasks.get((variant, task, metric)) for variant in variants]
        yield Row(
            f"{task}, {metric}",
            tuple(NOTHING if each is None else with_error(number(each.value, 4), each.stderr) for each in found),
        )
        if any(each is not None and each.stderr is not None for each in found):
            yield Row("  95 % interval", tuple(_interval_words(each) for each in found))
        yield from _difference_rows(state, variants, f"{task}, {metric}")


def _interval_words(event: TaskEvaluated | None) -> str:
    bounds = task_interval(event) if event is not None else None
    return NOTHING if bounds is None else f"{number(bounds[0], 4)} to {number(bounds[1], 4)}"


def _difference_rows(
    state: RunState,
    variants: Sequence[Variant],
    figure: str,
    name: str = "  ",
    before: Sequence[Variant] = ("dense", "pruned"),
) -> Iterator[Row]:
    """Against each model that came before, where there is one."""
    for against in before:
        found = [state.differences.get((figure, variant, against)) for variant in variants]
        if any(found):
            yield Row(f"{name}against {against}", tuple(_difference(each) for each in found))


def _difference(event: DifferenceMeasured | None) -> str:
    if event is None:
        return NOTHING
    return with_error(f"{event.value:+.4f}", event.stderr)


def _speed_rows(state: RunState, variants: Sequence[Variant]) -> Iterator[Row]:
    """Reading and writing for each prompt length and batch size, the median and from least to most."""
    for tokens, rows in dict.fromkeys((tokens, rows) for _, tokens, rows in state.speeds):
        found = [state.speeds.get((variant, tokens, rows)) for variant in variants]
        yield Row(f"{rows} x {tokens} tokens read, /s", tuple(_spread(each, "prefill", 0) for each in found))
        yield Row("  written, /s", tuple(_spread(each, "decode", 1) for each in found))
        yield Row("  peak memory", tuple(NOTHING if each is None else megabytes(each.peak_memory) for each in found))


def _spread(event: SpeedMeasured | None, which: str, digits: int) -> str:
    if event is None:
        return NOTHING
    pace: Spread = getattr(event, which)
    return f"{number(pace.median, digits)} ({number(pace.least, digits)}-{number(pace.most, digits)})"


def _footprint_rows(state: RunState, variants: Sequence[Variant]) -> Iterator[Row]:
    found = [state.footprints.get(variant) for variant in variants]
    context = next((each.context for each in found if each is not None), None)
    if context is None:
        return
    for label, field in (
        ("Weights in 16 bit", "bytes_16bit"),
        ("Weights in 8 bit", "bytes_8bit"),
        ("Weights in 4 bit", "bytes_4bit"),
        (f"KV cache, {context:,} tokens", "cache_bytes"),
    ):
        yield Row(label, tuple(NOTHING if each is None else megabytes(getattr(each, field)) for each in found))
