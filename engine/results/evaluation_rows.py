"""Rows of the comparison for footprints, speeds, texts and tasks, with their errors and differences."""

from collections.abc import Iterator

from engine.api.evaluation_events import SpeedMeasured, TextEvaluated, Variant
from engine.api.run_state import RunState
from engine.results.comparison_row import ComparisonRow
from engine.results.differences import against_pruned, to_dense
from engine.results.figures import format_whole
from engine.results.intervals import task_interval
from engine.results.rows import Sentence
from engine.results.speed_notes import is_busy
from engine.results.text_names import text_names

FOOTPRINT_NAMES = {
    "bytes_16bit": "Weights in 16 bit",
    "bytes_8bit": "Weights in 8 bit",
    "bytes_4bit": "Weights in 4 bit",
    "cache_bytes": "KV cache, {0} tokens",
}
SPEED_NAMES = (
    "Prefill in tokens/s, {0} × {1} tokens",
    "Decode in tokens/s, {0} × {1} tokens",
    "Peak memory, {0} × {1} tokens",
)
TEXT_NAMES = {
    "token_perplexity": "Perplexity, {0}",
    "word_perplexity": "Word perplexity, {0}",
    "byte_perplexity": "Byte perplexity, {0}",
    "bits_per_byte": "Bits per byte, {0}",
}
TASK_INTERVAL = "{0}, 95 % interval"


def footprint_rows(state: RunState) -> Iterator[ComparisonRow]:
    """Yield the bytes of weights and KV cache."""
    found = state.footprints
    context = next((each.context for each in found.values()), 0)
    for field, name in FOOTPRINT_NAMES.items():
        gaps = (format_whole(context),) if field == "cache_bytes" else ()
        values = {variant: float(getattr(each, field)) for variant, each in found.items()}
        yield ComparisonRow(Sentence(name, gaps), "bytes", values, lower_is_better=True)


def speed_rows(state: RunState) -> Iterator[ComparisonRow]:
    """Yield prefill, decode and peak memory for each batch size and prompt length: the median, and least to most."""
    for tokens, batch in dict.fromkeys((tokens, batch) for _, tokens, batch in state.speeds):
        found = {variant: each for (variant, *size), each in state.speeds.items() if size == [tokens, batch]}
        prefill, decode, memory = (Sentence(name, (batch, format_whole(tokens))) for name in SPEED_NAMES)
        yield _pace_row(prefill, "prefill", found)
        yield _pace_row(decode, "decode", found)
        peaks = {variant: float(each.peak_memory) for variant, each in found.items()}
        yield ComparisonRow(memory, "bytes", peaks, lower_is_better=True)


def _pace_row(name: Sentence, field: str, found: dict[Variant, SpeedMeasured]) -> ComparisonRow:
    paces = {variant: getattr(each, field) for variant, each in found.items()}
    return ComparisonRow(
        name,
        "pace",
        {variant: pace.median for variant, pace in paces.items()},
        lower_is_better=False,
        ranges={variant: (pace.least, pace.most) for variant, pace in paces.items()},
        busy=frozenset(variant for variant, each in found.items() if is_busy(each)),
    )


def text_rows(state: RunState) -> Iterator[ComparisonRow]:
    """Yield every figure of lm-eval for each text."""
    for text, name in text_names(text for _, text in state.texts).items():
        found = {variant: event for (variant, each), event in state.texts.items() if each == text}
        yield from _rows_of_text(state, name, found)


def _rows_of_text(state: RunState, text: str, found: dict[Variant, TextEvaluated]) -> Iterator[ComparisonRow]:
    figure = f"bits per byte, {text}"
    for field, words in TEXT_NAMES.items():
        name = Sentence(words, (text,))
        has_differences = field == "bits_per_byte"
        yield ComparisonRow(
            name,
            "number",
            {variant: float(getattr(event, field)) for variant, event in found.items()},
            lower_is_better=True,
            differences=to_dense(state, figure) if has_differences else {},
        )
        if has_differences:
            yield from against_pruned(state, figure, name)


def task_rows(state: RunState) -> Iterator[ComparisonRow]:
    """Yield each figure of each lm-eval task, and its 95 % interval."""
    for task, metric in dict.fromkeys((task, metric) for _, task, metric in state.tasks):
        found = {variant: event for (variant, *key), event in state.tasks.items() if key == [task, metric]}
        figure = f"{task}, {metric}"
        name = Sentence("{0}", (figure,))
        bounds = {variant: task_interval(event) for variant, event in found.items()}
        yield ComparisonRow(
            name,
            "number",
            {variant: event.value for variant, event in found.items()},
            lower_is_better="perplexity" in metric or "loss" in metric,
            errors={variant: event.stderr for variant, event in found.items() if event.stderr is not None},
            differences=to_dense(state, figure),
        )
        yield ComparisonRow(
            Sentence(TASK_INTERVAL, (name,)),
            "number",
            {},
            intervals={variant: interval for variant, interval in bounds.items() if interval is not None},
        )
        yield from against_pruned(state, figure, name)
