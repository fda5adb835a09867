"""What the models write side by side, the table of the research, and the savings, on the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from engine.api.run_state import RunState
from engine.cli.tables import print_pairs
from engine.results.comparison import VARIANTS
from engine.results.research_rows import heading, research_rows, savings_pairs
from engine.results.research_table import ResearchColumn
from engine.results.savings import Savings


def print_written(console: Console, state: RunState) -> None:
    """What each model writes after each prompt."""
    for prompt in dict.fromkeys(prompt for prompt, _ in state.generated):
        console.print()
        console.print(repr(prompt), style="bold")
        found = [event for variant in VARIANTS if (event := state.generated.get((prompt, variant))) is not None]
        print_pairs(console, [(event.variant.capitalize(), repr(event.text)) for event in found])


def print_research(console: Console, columns: Sequence[ResearchColumn]) -> None:
    """The table of the research; nothing where no search has ended."""
    if not columns:
        return
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Searches of this project", no_wrap=True)
    for column in columns:
        table.add_column(heading(column), justify="right")
    for row in research_rows(columns):
        table.add_row(row.label, *row.values)
    console.print()
    console.print(table)


def print_savings(console: Console, found: Savings | None) -> None:
    """Each figure with its formula; nothing before both models have been measured."""
    if found is None:
        return
    console.print()
    console.print("Savings, at the prices in the settings (savings.*)", style="bold")
    print_pairs(console, list(savings_pairs(found)))
