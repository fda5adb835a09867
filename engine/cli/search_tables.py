"""Print compared searches and the best known removal sets on the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from engine.api.events import ModelPrepared
from engine.api.settings import OBJECTIVE_WORDS
from engine.cli.console import plain, print_pairs
from engine.cli.figure_tables import FigureTable
from engine.results.best_sets import KnownSet
from engine.results.figures import (
    NOTHING,
    format_bytes,
    format_count,
    format_duration,
    format_layers,
    format_number,
    format_whole,
)
from engine.results.kl_notes import KL_NOTE
from engine.results.searches import AlgorithmRow
from engine.results.text_names import text_names

_DIGITS = 4
"""Significant digits where searches are compared: good ones lie within a percent of each other."""
_SEARCH_HEADINGS = ("KL", "Held-out", "Perplexity", "Tokens", "Time", "Agree")


def print_searches(console: Console, rows: Sequence[AlgorithmRow], level: str = "") -> None:
    """Print the algorithms of a comparison, best first, with medians over the seeds; then what each one removes.

    ``level`` states on how many windows they were scored.
    """
    lines = []
    for row in rows:
        cells = (
            format_number(row.kl, _DIGITS),
            format_number(row.heldout_kl, _DIGITS),
            format_number(row.heldout_perplexity, _DIGITS),
            format_whole(round(row.tokens)),
            format_duration(row.seconds),
            format_number(row.agreement) if row.seeds > 1 else NOTHING,
        )
        lines.append((row.algorithm, list(map(plain, cells))))
    FigureTable(_SEARCH_HEADINGS, lines).print(console)
    console.print(f"{KL_NOTE} Scored {level}." if level else KL_NOTE, style="dim")
    console.print()
    print_pairs(console, [(row.algorithm, plain(_spread(row))) for row in rows])
    texts = list(dict.fromkeys(text for row in rows for text in row.text_kl))
    if texts:
        console.print()
        _print_text_kl(console, rows, texts)


def _print_text_kl(console: Console, rows: Sequence[AlgorithmRow], texts: Sequence[str]) -> None:
    """Print KL on texts outside calibration: a row for each text, a column for each algorithm."""
    lines = [
        (name, [plain(format_number(row.text_kl.get(text), _DIGITS)) for row in rows])
        for text, name in text_names(texts).items()
    ]
    FigureTable([row.algorithm for row in rows], lines, "KL on").print(console)


def _spread(row: AlgorithmRow) -> str:
    best = f"removes {format_layers(row.best) or 'none'}; {format_bytes(row.bytes)}"
    if row.seeds == 1:
        return best
    least, most = format_number(row.kl_least, _DIGITS), format_number(row.kl_most, _DIGITS)
    return f"{best}; KL {least} to {most} over {row.seeds} seeds"


def print_best_sets(console: Console, sets: Sequence[KnownSet], model: ModelPrepared, words: str, windows: int) -> None:
    """Print the best known set of each number of layers, and the size of the model without it.

    Args:
        console: Where to print.
        sets: The best set of each number of layers.
        model: The dense model.
        words: Name of the objective.
        windows: Calibration windows that a complete score covers.
    """
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("Layers", words, "Scored on", "Parameters", "Size"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Removed", overflow="fold")
    for known in sets:
        left = model.parameters - sum(model.layer_parameters[layer] for layer in known.removed)
        size = model.bytes - sum(model.layer_bytes[layer] for layer in known.removed)
        share = "all" if known.complete else f"{known.level} of {windows}"
        fitness = format_number(known.fitness, _DIGITS)
        cells = (str(len(known.removed)), fitness, share, format_count(left), format_bytes(size))
        table.add_row(*map(plain, cells), format_layers(known.removed))
    console.print(table)
    if words == OBJECTIVE_WORDS["kl"]:
        console.print(KL_NOTE, style="dim")
