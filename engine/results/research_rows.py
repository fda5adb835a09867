"""The table of the research, and the savings, in words."""

from collections.abc import Callable, Iterator, Sequence

from engine.api.algorithms import algorithm_label
from engine.results.evaluation_rows import Row
from engine.results.figures import NOTHING, duration, number
from engine.results.research_table import ResearchColumn
from engine.results.savings import Savings


def heading(column: ResearchColumn) -> str:
    """Return the name of an algorithm as a heading."""
    return algorithm_label(column.algorithm)


def research_rows(columns: Sequence[ResearchColumn]) -> list[Row]:
    """The paper's rows, a value for each algorithm."""
    shown: list[tuple[str, Callable[[ResearchColumn], str]]] = [
        ("Run", lambda column: column.run or "comparison"),
        ("Layers removed", lambda column: str(column.layers)),
        ("Size reduction", lambda column: _percent(column.size_reduction)),
        ("Loss of", lambda column: _loss_words(column)),
        ("  before retraining", lambda column: _loss(column, column.loss_before)),
        ("  after retraining", lambda column: _loss(column, column.loss_after)),
        ("Search time", lambda column: NOTHING if column.search_seconds is None else duration(column.search_seconds)),
        ("Candidates measured", lambda column: number(column.candidates, 0)),
        ("Prefill, times dense", lambda column: number(column.prefill_speed)),
        ("Decode, times dense", lambda column: number(column.decode_speed)),
        ("Searches", lambda column: str(column.seeds)),
        ("  agreement of sets", lambda column: number(column.agreement)),
        ("  spread of fitness", lambda column: number(column.spread, 4)),
    ]
    return [Row(label, tuple(show(column) for column in columns)) for label, show in shown]


def _loss_words(column: ResearchColumn) -> str:
    count = len(column.tasks)
    return f"accuracy, {count} task{'s' * (count != 1)}" if count else column.loss_of


def _loss(column: ResearchColumn, value: float | None) -> str:
    return number(value, 4) if column.loss_of == "KL" else _percent(value)


def _percent(share: float | None) -> str:
    return NOTHING if share is None else f"{number(100 * share)} %"


def savings_pairs(found: Savings) -> Iterator[tuple[str, str]]:
    """Each figure with its formula and its numbers; then the devices that take the smaller model only, or better."""
    for each in found.figures:
        who = f", {each.variant}" if each.variant else ""
        yield f"{each.name}{who}", f"{each.value:,.4g} {each.unit}"
        yield "", f"= {each.formula}"
        yield "", f"= {each.numbers}"
    gained = [fit for fit in found.devices if fit.gained]
    for fit in gained:
        dense, smaller = fit_words(fit.dense_bits), fit_words(fit.smaller_bits)
        yield f"{fit.device}", f"dense {dense}; {found.smaller} {smaller}"
    if found.devices:
        words = (
            ""
            if gained
            else f"no device of {len(found.devices)} takes the smaller model any better than the dense one; "
        )
        yield "Devices gained", f"{words}fits where {found.fit_formula}"


def fit_words(bits: int) -> str:
    """How a model fits a device, by the most bits for each weight."""
    return f"in {bits} bit" if bits else "does not fit"
