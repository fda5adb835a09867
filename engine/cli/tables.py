"""Tables on the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.api.events import DeviceFound, EstimateMade, ExportTargetFound, ModelPrepared
from engine.api.export_targets import export_target
from engine.api.run_state import RunState
from engine.api.settings import OBJECTIVE_WORDS
from engine.results.best_sets import KnownSet
from engine.results.comparison import comparison, facts
from engine.results.figures import NOTHING, duration, layer_list, megabytes, number, parameters
from engine.results.kl_notes import KL_NOTE
from engine.results.searches import AlgorithmRow
from engine.results.text_names import text_names

_SEARCH_HEADINGS = ("KL", "Held-out", "Perplexity", "Tokens", "Time", "Agree")


def print_report(console: Console, state: RunState) -> None:
    """Dense against pruned against recovered, and the facts of the run; or the figures of one model alone."""
    result = comparison(state)
    if result.variants:
        table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0), show_header=bool(state.run))
        table.add_column("", no_wrap=True)
        for variant in result.variants:
            table.add_column(variant.capitalize() if state.run else "", justify="right")
        for row in result.rows:
            table.add_row(row.label, *row.values)
        console.print(table)
        if any(row.label.startswith("KL") for row in result.rows):
            console.print(KL_NOTE, style="dim")
        console.print()
    print_pairs(console, facts(state))


def print_searches(console: Console, rows: Sequence[AlgorithmRow]) -> None:
    """The algorithms of a comparison, the best first, medians over the seeds; then what each of them removes."""
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("", no_wrap=True)
    for heading in _SEARCH_HEADINGS:
        table.add_column(heading, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(
            row.algorithm,
            number(row.kl, 4),
            number(row.heldout_kl, 4),
            number(row.heldout_perplexity),
            number(row.tokens, 0),
            duration(row.seconds),
            number(row.agreement) if row.seeds > 1 else NOTHING,
        )
    console.print(table)
    console.print(KL_NOTE, style="dim")
    console.print()
    print_pairs(console, [(row.algorithm, _spread(row)) for row in rows])
    texts = list(dict.fromkeys(text for row in rows for text in row.text_kl))
    if texts:
        console.print()
        _print_text_kl(console, rows, texts)


def _print_text_kl(console: Console, rows: Sequence[AlgorithmRow], texts: Sequence[str]) -> None:
    """KL on texts that nothing was calibrated on: a row for each text, a column for each algorithm."""
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("KL on", overflow="ellipsis", no_wrap=True)
    for row in rows:
        table.add_column(row.algorithm, justify="right", no_wrap=True)
    for text, name in text_names(texts).items():
        table.add_row(name, *(number(row.text_kl.get(text), 4) for row in rows))
    console.print(table)


def _spread(row: AlgorithmRow) -> str:
    best = f"removes {layer_list(row.best)}; {megabytes(row.bytes)}"
    if row.seeds == 1:
        return best
    return f"{best}; KL {number(row.kl_least, 4)} to {number(row.kl_most, 4)} over {row.seeds} seeds"


def print_best_sets(console: Console, sets: Sequence[KnownSet], model: ModelPrepared, words: str, windows: int) -> None:
    """The best known set of each number of layers, and how large the model is without it."""
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("Layers", words, "Scored on", "Parameters", "Size"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Removed")
    for known in sets:
        left = model.parameters - sum(model.layer_parameters[layer] for layer in known.removed)
        size = model.bytes - sum(model.layer_bytes[layer] for layer in known.removed)
        share = "all" if known.complete else f"{known.level} of {windows}"
        cells = (str(len(known.removed)), number(known.fitness, 4), share, parameters(left), megabytes(size))
        table.add_row(*cells, layer_list(known.removed))
    console.print(table)
    if words == OBJECTIVE_WORDS["kl"]:
        console.print(KL_NOTE, style="dim")


def print_estimates(console: Console, estimates: Sequence[EstimateMade]) -> None:
    """What a run needs, device by device."""
    for estimate in estimates:
        fits = estimate.memory_needed <= estimate.memory_free
        verdict = (
            "fits" if fits else "does not fit: choose fewer or shorter windows, a smaller format or another device"
        )
        console.print(estimate.device, style="bold")
        pairs = [
            ("Memory", f"{megabytes(estimate.memory_needed)} of {megabytes(estimate.memory_free)} free; {verdict}"),
            *((f"  {part}", megabytes(size)) for part, size in estimate.memory.items()),
            ("Disk", f"{megabytes(estimate.disk_needed)} of {megabytes(estimate.disk_free)} free"),
            ("Time", f"about {duration(sum(estimate.seconds.values()))}"),
            *((f"  {stage}", duration(seconds)) for stage, seconds in estimate.seconds.items()),
            ("Result", _result(estimate)),
        ]
        print_pairs(console, pairs)
        console.print()


def print_formats(console: Console, found: Sequence[ExportTargetFound]) -> None:
    """Every export format: what it is for, which precisions can be had here, and what is missing."""
    for event in found:
        target = export_target(event.target)
        console.print(Text.assemble((target.key, "bold"), f"   {target.explanation}"), soft_wrap=True)
        if any(event.precisions):
            console.print(f"    {', '.join(event.precisions)}", soft_wrap=True)
        for sentence in dict.fromkeys(filter(None, (event.needs, event.check))):
            console.print(f"    {sentence}", style="dim", soft_wrap=True)


def print_devices(console: Console, devices: Sequence[DeviceFound]) -> None:
    """The devices that the engine can use."""
    print_pairs(
        console,
        [
            (device.name, f"{device.label}, {megabytes(device.memory_free)} of {megabytes(device.memory_total)} free")
            for device in devices
        ],
    )


def _result(estimate: EstimateMade) -> str:
    size = f"{parameters(estimate.result_parameters)} parameters, {megabytes(estimate.result_bytes)}"
    return f"{estimate.layers} layer{'' if estimate.layers == 1 else 's'} removed; {size}"


def print_pairs(console: Console, pairs: Sequence[tuple[str, str]]) -> None:
    """Label and value on a line; a long value is left to the terminal to wrap, so that a path can be copied."""
    width = max((len(label) for label, _ in pairs), default=0)
    for label, value in pairs:
        console.print(f"{label:{width}}   {value}", soft_wrap=True)
