"""Size, fidelity and pace of every export format of a model without three layers, each run in its own runtime.

KL and the share of equal most likely tokens are measured against the pruned model in 32 bits, before each token of the
text that it writes itself, as in every export. Formats whose tools are not installed are left out.
"""

import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from engine.api.events import Event, ExportVerified, ExportWritten, RemovalSet
from engine.api.export_targets import read_format, read_formats
from engine.export.formats import export_formats
from engine.export.request import ExportRequest
from engine.export.targets.registry import found_targets
from engine.models.folder import ModelFolder
from tests.benchmarks.section import Bench, Content, Section, Tables

REMOVED = (20, 21, 22)
FORMATS = (
    "safetensors",
    "gguf:f16",
    "gguf:q8_0",
    "gguf:q5_0",
    "gguf:q4_0",
    "gguf_in_place",
    "onnx_genai:fp32",
    "onnx_genai:int8",
    "onnx_genai:int4",
    "openvino:int8",
)


def measure(bench: Bench) -> Iterator[Content]:
    """Yield a row for each format."""
    removed = bench.subject.removed if bench.quick else REMOVED
    formats = ("safetensors",) if bench.quick else list(writable(bench.subject.folder))
    with tempfile.TemporaryDirectory() as scratch:
        rows = export_all(bench.subject.folder, removed, formats, Path(scratch) / "out")
    yield {"removed": removed, "formats": rows}


def writable(source: ModelFolder) -> Iterator[str]:
    """Yield the formats that the installed tools can write of a model."""
    precisions = {found.target: found.precisions for found in found_targets(source, "")}
    for name in FORMATS:
        wanted = read_format(name)
        if wanted.precision in precisions[wanted.target]:
            yield name


def export_all(source: ModelFolder, removed: RemovalSet, formats: Sequence[str], folder: Path) -> list[dict[str, Any]]:
    """Export in all formats in one call, and return a row for each.

    Args:
        source: The dense model.
        removed: The layers to leave out.
        formats: Names of formats.
        folder: Folder to write into.
    """
    events: list[Event] = []
    times = [time.perf_counter()]

    def emit(event: Event) -> None:
        events.append(event)
        if isinstance(event, ExportWritten):
            times.append(time.perf_counter())

    export_formats(ExportRequest(source, removed, folder, read_formats(formats)), emit)
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


def tables(content: Content) -> Tables:
    """Return size, fidelity and pace."""
    return [
        [
            {
                "format": row["format"],
                "MB": row["megabytes"],
                "KL": row["kl"],
                "equal first choices": row["top1"],
                "same text": row["same_tokens"],
                "tokens/s": row["tokens_per_second"],
            }
            for row in content["formats"]
        ]
    ]


SECTION = Section(measure, tables)
