"""Print what a project has come to on the terminal: comparison, samples, research table, savings."""

from collections.abc import Sequence

from rich.console import Console

from engine.api.evaluation_events import VARIANT_TITLES, VARIANTS
from engine.api.run_state import RunState
from engine.cli.console import plain, print_pairs
from engine.cli.figure_tables import FigureTable
from engine.results.answer_rows import answers_note
from engine.results.comparison import Comparison, comparison
from engine.results.comparison_row import Column
from engine.results.facts import facts
from engine.results.kl_notes import KL_NOTE
from engine.results.research_rows import heading, research_rows
from engine.results.research_table import ResearchColumn
from engine.results.savings import Savings
from engine.results.speed_notes import busy_note

_NAMES = ("Run", "Model", "Export")
"""Facts that hold a name or a path, which is printed verbatim."""


def print_report(console: Console, state: RunState) -> None:
    """Print the comparison and the facts of a run; or the figures of one model alone."""
    result = comparison(state)
    if result.variants:
        _fitting_table(console, result, bool(state.run)).print(console)
        if any(row.kind == "kl" for row in result.rows):
            console.print(KL_NOTE, style="dim")
        for note in filter(None, (busy_note(state), answers_note(state))):
            console.print(plain(note.words()), style="dim")
        console.print()
    print_pairs(console, [(label, value if label in _NAMES else plain(value)) for label, value in facts(state)])


def _fitting_table(console: Console, result: Comparison, show_header: bool) -> FigureTable:
    """Return the comparison with each difference beside its figure where the terminal is wide enough, else below."""
    beside = [(plain(name), list(map(plain, cells))) for name, cells in result.lines()]
    table = FigureTable(result.headings(), beside, show_header=show_header)
    return table if table.fits(console.width) else _narrow_table(result, show_header)


def _narrow_table(result: Comparison, show_header: bool) -> FigureTable:
    """Return the comparison with the differences on a line below their figures."""
    rows: list[tuple[str, list[str]]] = []
    for name, cells in result.lines():
        rows.append((plain(name), [plain(cell) for _, cell in _pairs(result.columns, cells, False)]))
        differences = {column.variant: plain(cell) for column, cell in _pairs(result.columns, cells, True)}
        if any(differences.values()):
            rows.append(("  difference", [differences.get(variant, "") for variant in result.variants]))
    headings = [column.heading.words() for column in result.columns if not column.is_difference]
    return FigureTable(headings, rows, show_header=show_header)


def _pairs(columns: Sequence[Column], cells: Sequence[str], differences: bool) -> list[tuple[Column, str]]:
    pairs = zip(columns, cells, strict=True)
    return [(column, cell) for column, cell in pairs if column.is_difference == differences]


def print_written(console: Console, state: RunState) -> None:
    """Print what each model writes after each prompt."""
    for prompt in dict.fromkeys(prompt for prompt, _ in state.generated):
        console.print()
        console.print(repr(prompt), style="bold")
        found = [event for variant in VARIANTS if (event := state.generated.get((prompt, variant))) is not None]
        print_pairs(console, [(VARIANT_TITLES[event.variant], repr(event.text)) for event in found])


def print_research(console: Console, columns: Sequence[ResearchColumn]) -> None:
    """Print the research table; nothing where no search has finished."""
    if not columns:
        return
    lines = [list(map(plain, row.words())) for row in research_rows(columns)]
    rows = [(name, figures) for name, *figures in lines]
    console.print()
    FigureTable([heading(column) for column in columns], rows, "Searches of this project").print(console)


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
