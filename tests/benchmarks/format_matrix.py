"""Every family of the tests in every format: exported and right, or refused before any work. Nothing may fail late.

    python -m tests.benchmarks.format_matrix [--json docs/benchmarks/format_matrix.json] [--formats gguf:f16,...]
        [--families llama,...] [--limit 600]

The families are tiny random models; layers 2 and 3 of six go. A GGUF file needs a tokenizer that llama.cpp's converter
knows, so each family is tried with that of the demo model and with a small SentencePiece one, and the better outcome
counts. ONNX Runtime GenAI needs heads of 16 numbers and more, so its models are made wider. Cases that the JSON file
has already are passed over.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import Event, ExportVerified
from engine.api.export_targets import read_format
from engine.export.formats import export_formats
from engine.export.readiness import check_format
from engine.export.request import ExportRequest
from engine.export.targets.target import Plan
from engine.models.folder import ModelFolder
from engine.models.progress import silent
from engine.sources.resolve import resolve_source
from tests.benchmarks.demo_setup import demo_folder, write_json
from tests.engine.export.gguf_cases import with_sentencepiece, with_tokenizer_of
from tests.engine.tiny_models import save_tiny, tiny_models, tiny_tokenizer

REMOVED = (2, 3)
FORMATS = ("gguf:f16", "gguf:q8_0", "onnx_genai:fp32", "onnx:fp32", "openvino:fp32")
OUTCOMES = ("works", "refused", "late")
"""The better ones first."""
_HEAD = 16


class _TooLong(Exception):
    """The case took longer than its limit."""


def main() -> None:
    """Try every case, then show the table and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--families", default=",".join(tiny_models()))
    parser.add_argument("--limit", type=float, default=600.0, help="seconds for a case")
    given = parser.parse_args()
    known = json.loads(given.json.read_text())["cases"] if given.json and given.json.is_file() else []
    cases: list[dict[str, Any]] = list(known)
    done = {(case["family"], case["format"]) for case in cases}
    for format_name in given.formats.split(","):
        for family in given.families.split(","):
            if (family, format_name) not in done:
                cases.append(measure(family, format_name, given.limit))
                write_json(given.json, {"removed": REMOVED, "cases": cases})
    Console().print(_table(cases))


def measure(family: str, format_name: str, limit: float) -> dict[str, Any]:
    """Try one case with each of the tokenizers that suit the format; the best outcome counts."""
    found = [_attempt(make, family, format_name, limit) for make in _makers(format_name)]
    return min(found, key=lambda case: OUTCOMES.index(case["outcome"]))


def _makers(format_name: str) -> list[Callable[[str, Path], ModelFolder]]:
    if format_name.startswith("gguf"):
        return [lambda family, folder: with_tokenizer_of(demo_folder(), family, folder), with_sentencepiece]
    return [_with_wide_heads if format_name.startswith("onnx_genai") else _saved]


def _saved(family: str, folder: Path) -> ModelFolder:
    save_tiny(family, folder)
    return resolve_source(str(folder), "main", silent)


def _with_wide_heads(family: str, folder: Path) -> ModelFolder:
    model = tiny_models()[family]()
    text = model.config.get_text_config(decoder=True)
    if getattr(text, "head_dim", None) and not isinstance(getattr(type(text), "head_dim", None), property):
        text.head_dim = _HEAD
    elif getattr(text, "num_key_value_heads", None):
        text.num_attention_heads, text.num_key_value_heads = 2, 1
    for field in ("query_pre_attn_scalar", "original_max_position_embeddings"):
        if hasattr(text, field):
            setattr(text, field, _HEAD if "scalar" in field else text.max_position_embeddings)
    type(model)(model.config).save_pretrained(folder)
    tiny_tokenizer().save_pretrained(folder)
    return resolve_source(str(folder), "main", silent)


def _attempt(make: Callable[[str, Path], ModelFolder], family: str, format_name: str, limit: float) -> dict[str, Any]:
    events: list[Event] = []
    began = time.monotonic()

    def emit(event: Event) -> None:
        events.append(event)
        if time.monotonic() - began > limit:
            raise _TooLong

    with tempfile.TemporaryDirectory() as scratch:
        outcome, words, seconds = "refused", "", 0.0
        try:
            source = make(family, Path(scratch) / "model")
            started = time.monotonic()
            check_format(read_format(format_name), Plan(source, (REMOVED,), False, "", silent))
            seconds = time.monotonic() - started
            outcome = "late"
            _export(source, Path(scratch) / "out", format_name, emit)
            outcome, words = "works", ", ".join(_figures(events))
        except (BadInput, LayerSwarmError) as error:
            words = str(error)
        except _TooLong:
            words = f"not done after {limit:g} seconds"
    case = {"family": family, "format": format_name, "outcome": outcome, "words": words}
    return {**case, "check_seconds": round(seconds, 1), "seconds": round(time.monotonic() - began, 1)}


def _export(source: ModelFolder, folder: Path, format_name: str, emit: Callable[[Event], None]) -> None:
    export_formats(ExportRequest(source, REMOVED, folder, (read_format(format_name),)), emit)


def _figures(events: list[Event]) -> Iterator[str]:
    for event in events:
        if isinstance(event, ExportVerified) and event.check == "kl":
            yield f"KL {event.figures['kl']:.2g}"


def _table(cases: list[dict[str, Any]]) -> Table:
    formats = list(dict.fromkeys(case["format"] for case in cases))
    found = {(case["family"], case["format"]): case["outcome"] for case in cases}
    table = Table("family", *formats)
    for family in dict.fromkeys(case["family"] for case in cases):
        table.add_row(family, *(found.get((family, name), "") for name in formats))
    return table


if __name__ == "__main__":
    main()
