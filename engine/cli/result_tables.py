"""Print what a project has come to on the terminal: comparison, samples, research table, savings."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from engine.api.evaluation_events import VARIANTS, Variant
from engine.api.run_state import RunState
from engine.cli.console import figure_table, plain, print_pairs
from engine.results.answer_rows import answers_note
from engine.results.comparison import Comparison, comparison
from engine.results.comparison_row import Column
from engine.results.facts import facts
from engine.results.kl_notes import KL_NOTE
from engine.results.research_rows import heading, research_rows
from engine.results.research_table import ResearchColumn
from engine.results.savings import Savings
from engine.results.speed_notes import busy_note

_ANY_WIDTH = 10_000
_NAMES = ("Run", "Model", "Export")
"""Facts that hold a name or a path, which is printed verbatim."""


def print_report(console: Console, state: RunState) -> None:
    """Print the comparison and the facts of a run; or the figures of one model alone."""
    result = comparison(state)
    if result.variants:
        for table in _fitting_tables(console, result, bool(state.run)):
            console.print(table)
        if any(row.kind == "kl" for row in result.rows):
            console.print(KL_NOTE, style="dim")
        for note in filter(None, (busy_note(state), answers_note(state))):
            console.print(plain(note.words()), style="dim")
        console.print()
    print_pairs(console, [(label, value if label in _NAMES else plain(value)) for label, value in facts(state)])


def _fitting_tables(console: Console, result: Comparison, show_header: bool) -> list[Table]:
    """Return the comparison in a table that fits the terminal, or the variants two by two where none does."""
    for table in (_wide_table(result, show_header), _narrow_table(result, show_header, result.variants)):
        if console.measure(table, options=console.options.update(width=_ANY_WIDTH)).maximum <= console.width:
            return [table]
    pairs = [result.variants[start : start + 2] for start in range(0, len(result.variants), 2)]
    return [_narrow_table(result, show_header, pair) for pair in pairs]


def _wide_table(result: Comparison, show_header: bool) -> Table:
    """Return the comparison with each difference beside its figure."""
    table = figure_table("", result.headings(), show_header)
    for name, cells in result.lines():
        table.add_row(plain(name), *map(plain, cells))
    return table


def _narrow_table(result: Comparison, show_header: bool, variants: Sequence[Variant]) -> Table:
    """Return the comparison of some variants with the differences on a line below their figures."""
    shown = [column for column in result.columns if column.variant in variants]
    table = figure_table("", [column.heading.words() for column in shown if not column.is_difference], show_header)
    for name, every in result.lines():
        cells = [cell for column, cell in zip(result.columns, every, strict=True) if column.variant in variants]
        table.add_row(plain(name), *(plain(cell) for column, cell in _pairs(shown, cells, False)))
        differences = {column.variant: plain(cell) for column, cell in _pairs(shown, cells, True)}
        if any(differences.values()):
            table.add_row("  difference", *(differences.get(variant, "") for variant in variants))
    return table


def _pairs(columns: Sequence[Column], cells: Sequence[str], differences: bool) -> list[tuple[Column, str]]:
    pairs = zip(columns, cells, strict=True)
    return [(column, cell) for column, cell in pairs if column.is_difference == differences]


def print_written(console: Console, state: RunState) -> None:
    """Print what each model writes after each prompt."""
    for prompt in dict.fromkeys(prompt for prompt, _ in state.generated):
        console.print()
        console.print(repr(prompt), style="bold")
        found = [event for variant in VARIANTS if (event := state.generated.get((prompt, variant))) is not None]
        print_pairs(console, [(event.variant.capitalize(), repr(event.text)) for event in found])


def print_research(console: Console, columns: Sequence[ResearchColumn]) -> None:
    """Print the research table; nothing where no search has finished."""
    if not columns:
        return
    table = figure_table("Searches of this project", [heading(column) for column in columns])
    for row in research_rows(columns):
        table.add_row(*map(plain, row.words()))
    console.print()
    console.print(table)


def print_savings(console: Console, found: Savings | None) -> None:
    """Print each figure with its formula, then the devices that gain; nothing before both models are measured."""
    if found is None:
        return
    console.print()
    console.print("Savings, at the prices in the settings (savings.*)", style="bold")
    pairs = []
    for figure in found.figures:
        pairs.append((figure.title.words(), figure.words()))
        pairs += [("", line) for line in figure.formula_lines()]
    pairs += [(fit.device, fit.gain.words()) for fit in found.gained]
    if found.silence:
        pairs.append(("", found.silence))
    if found.devices:
        pairs.append(("Devices", f"{found.device_count.words()} A model fits where {found.fit_formula}."))
    print_pairs(console, [(label, plain(words)) for label, words in pairs])
