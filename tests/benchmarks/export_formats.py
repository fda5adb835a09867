"""Every export format of the demo model without three layers, each run in its own runtime: size, KL, pace.

    python -m tests.benchmarks.export_formats [--json docs/benchmarks/export_formats.json] [--formats gguf:f16,...]

KL and the share of equal first choices are against the pruned model in 32 bits, before each token of the text that it
writes itself, as in every export.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from engine.api.events import Event, ExportVerified, ExportWritten
from engine.api.export_targets import read_formats
from engine.export.formats import export_formats
from engine.export.request import ExportRequest
from tests.benchmarks.demo_setup import demo_folder, print_rows, write_json

REMOVED = (20, 21, 22)
FORMATS = (
    "safetensors",
    "gguf:f16",
    "gguf:q8_0",
    "gguf:q4_0",
    "gguf_in_place",
    "onnx_genai:fp32",
    "onnx_genai:int4",
)
"""What continuous integration can install. OpenVINO and the plain ONNX graph can be named as well."""


def main() -> None:
    """Export, tell and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--formats", default=",".join(FORMATS))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        rows = measure(given.formats.split(","), Path(scratch) / "out")
    print_rows(rows, Console())
    write_json(given.json, {"removed": REMOVED, "formats": rows})


def measure(formats: Sequence[str], folder: Path) -> list[dict[str, Any]]:
    """Export in all formats at once; a row for each."""
    events: list[Event] = []
    times = [time.perf_counter()]

    def emit(event: Event) -> None:
        events.append(event)
        if isinstance(event, ExportWritten):
            times.append(time.perf_counter())

    export_formats(ExportRequest(demo_folder(), REMOVED, folder, read_formats(formats)), emit)
    written = [event for event in events if isinstance(event, ExportWritten)]
    return [
        _row(event, after - before, events) for event, before, after in zip(written, times, times[1:], strict=False)
    ]


def _row(written: ExportWritten, seconds: float, events: Sequence[Event]) -> dict[str, Any]:
    checks = [event for event in events if isinstance(event, ExportVerified) and event.format == written.format]
    figures = {name: value for check in checks for name, value in check.figures.items()}
    return {
        "format": written.format,
        "megabytes": round(written.bytes / 1e6, 1),
        "kl": float(f"{figures['kl']:.2g}") if "kl" in figures else None,
        "top1": round(figures["top1"], 3) if "top1" in figures else None,
        "tokens_per_second": figures.get("tokens_per_second"),
        "same_tokens": any(check.check == "tokens" for check in checks) or written.format == "safetensors",
        "checks": [check.check for check in checks if check.passed],
        "seconds": round(seconds, 1),
    }


if __name__ == "__main__":
    main()
