"""Families of the tests in every format: exported and correct, or refused before any work; never a late failure.

The families are tiny random models without two of their six layers. A GGUF file needs a tokenizer that llama.cpp's
converter knows, so each family is tried with that of the demo model and with a small SentencePiece one, and the better
outcome counts. ONNX Runtime GenAI needs heads of at least 16 dimensions, so its models are made wider. The families are
the five that every part of the engine is tested with, or all of them (hours) with ``--thorough``. With ``--resume``,
cases that the JSON holds are not repeated.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

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
from tests.benchmarks.section import Bench, Content, Section, Tables
from tests.benchmarks.subject import Subject
from tests.engine.export.gguf_cases import with_sentencepiece, with_tokenizer_of
from tests.engine.tiny_models import CORE_FAMILIES, save_tiny, tiny_models, tiny_tokenizer

REMOVED = (2, 3)
FORMATS = ("gguf:f16", "gguf:q8_0", "onnx_genai:fp32", "onnx:fp32", "openvino:fp32")
OUTCOMES = ("works", "refused", "late")
"""From best to worst; ``late`` is a failure after the checks that come before a run."""
LIMIT = 600.0
"""Seconds that a case may take."""
_QUICK = (("llama", "safetensors"), ("llama", "gguf_in_place"))
"""An export without other tools, and a refusal: the source is no GGUF file."""
_HEAD = 16

Make = Callable[[str, Path], ModelFolder]


class _TooLong(Exception):
    """The case took longer than its limit."""


def measure(bench: Bench) -> Iterator[Content]:
    """Yield all cases each time that one is done."""
    cases: list[dict[str, Any]] = list((bench.known or {}).get("cases", []))
    done = {(case["family"], case["format"]) for case in cases}
    for family, format_name in _QUICK if bench.quick else _cases(bench.thorough):
        if (family, format_name) not in done:
            cases.append(best_of(_makers(bench.subject, format_name), family, format_name))
            yield {"removed": REMOVED, "cases": cases}
    yield {"removed": REMOVED, "cases": cases}


def _cases(thorough: bool) -> list[tuple[str, str]]:
    families = dict.fromkeys((*CORE_FAMILIES, *tiny_models())) if thorough else CORE_FAMILIES
    return [(family, format_name) for family in families for format_name in FORMATS]


def best_of(makers: Sequence[Make], family: str, format_name: str) -> dict[str, Any]:
    """Try one case with each way to make its model, and return the best outcome."""
    found = [_attempt(make, family, format_name) for make in makers]
    return min(found, key=lambda case: OUTCOMES.index(case["outcome"]))


def _makers(subject: Subject, format_name: str) -> list[Make]:
    if format_name.startswith("gguf:"):
        return [lambda family, folder: with_tokenizer_of(subject.folder, family, folder), with_sentencepiece]
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


def _attempt(make: Make, family: str, format_name: str) -> dict[str, Any]:
    events: list[Event] = []
    began = time.monotonic()

    def emit(event: Event) -> None:
        events.append(event)
        if time.monotonic() - began > LIMIT:
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
            words = f"not done after {LIMIT:g} seconds"
    case = {"family": family, "format": format_name, "outcome": outcome, "words": words}
    return {**case, "check_seconds": round(seconds, 1), "seconds": round(time.monotonic() - began, 1)}


def _export(source: ModelFolder, folder: Path, format_name: str, emit: Callable[[Event], None]) -> None:
    export_formats(ExportRequest(source, REMOVED, folder, (read_format(format_name),)), emit)


def _figures(events: list[Event]) -> Iterator[str]:
    for event in events:
        if isinstance(event, ExportVerified) and event.check == "kl":
            yield f"KL {event.figures['kl']:.2g}"


def tables(content: Content) -> Tables:
    """Return the outcomes by family and format."""
    formats = dict.fromkeys(case["format"] for case in content["cases"])
    families = dict.fromkeys(case["family"] for case in content["cases"])
    found = {(case["family"], case["format"]): case["outcome"] for case in content["cases"]}
    return [
        [{"family": family, **{name: found.get((family, name)) for name in formats}} for family in families],
    ]


SECTION = Section(measure, tables)
