"""Print estimates, formats and devices on the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from engine.api.events import DeviceFound, EstimateMade, ExportTargetFound
from engine.api.export_targets import export_target
from engine.api.plurals import counted
from engine.cli.console import plain, print_pairs
from engine.results.figures import format_bytes, format_count, format_duration


def print_estimates(console: Console, estimates: Sequence[EstimateMade]) -> None:
    """Print what a run needs on each device."""
    for estimate in estimates:
        fits = estimate.memory_needed <= estimate.memory_free
        verdict = (
            "fits" if fits else "does not fit: choose fewer or shorter windows, a smaller format or another device"
        )
        console.print(estimate.device, style="bold")
        pairs = [
            ("Memory", f"{_of_free(estimate.memory_needed, estimate.memory_free)}; {verdict}"),
            *((f"  {part}", format_bytes(size)) for part, size in estimate.memory.items()),
            ("Disk", _of_free(estimate.disk_needed, estimate.disk_free)),
            ("Time", f"about {format_duration(sum(estimate.seconds.values()))}"),
            *((f"  {stage}", format_duration(seconds)) for stage, seconds in estimate.seconds.items()),
            ("Result", _result(estimate)),
        ]
        print_pairs(console, [(label, plain(words)) for label, words in pairs])
        console.print()


def print_formats(console: Console, found: Sequence[ExportTargetFound]) -> None:
    """Print every export format: its purpose, the precisions available here, and what is missing."""
    for event in found:
        target = export_target(event.target)
        console.print(Text.assemble((target.key, "bold"), f"   {target.explanation}"), soft_wrap=True)
        if any(event.precisions):
            console.print(f"    {', '.join(event.precisions)}", soft_wrap=True)
        for sentence in dict.fromkeys(filter(None, (event.needs, event.check))):
            console.print(f"    {sentence}", style="dim", soft_wrap=True)


def print_devices(console: Console, devices: Sequence[DeviceFound]) -> None:
    """Print the devices that the engine can use."""
    pairs = [(each.name, f"{each.label}, {plain(_of_free(each.memory_free, each.memory_total))}") for each in devices]
    print_pairs(console, pairs)


def _of_free(part: int, whole: int) -> str:
    return f"{format_bytes(part)} of {format_bytes(whole)} free"


def _result(estimate: EstimateMade) -> str:
    size = f"{format_count(estimate.result_parameters)} parameters, {format_bytes(estimate.result_bytes)}"
    return f"{counted(estimate.layers, 'layer')} removed; {size}"
