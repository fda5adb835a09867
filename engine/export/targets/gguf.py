"""Write GGUF by llama.cpp's own converter, quantise it by gguf or llama.cpp, and verify it in llama.cpp."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache
from importlib import util
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput
from engine.api.events import ExportVerified
from engine.api.export_targets import export_target
from engine.api.message import joined, worded
from engine.export.gguf_converter import (
    WRITTEN_DIRECTLY,
    Conversion,
    convert,
    converter_folder,
    converter_version,
    known_architectures,
    missing_packages,
)
from engine.export.gguf_quantise import LLAMA_KINDS, missing_quantiser, quantise
from engine.export.miniature import Miniature, miniatures
from engine.export.rehearsed import model_key, remember, remembered
from engine.export.runtimes.compare import RuntimeModel
from engine.export.targets.runtime_checks import equal, runtime_checks
from engine.export.targets.target import ExportJob, Plan
from engine.export.targets.text_part import text_folder
from engine.export.targets.trial import explained, raise_fault, staged
from engine.export.text_decoder import text_config
from engine.model_files.folder_content import read_json
from engine.models.description import stored_dtype
from engine.models.folder import ModelFolder
from engine.models.gguf_layers import refuse_misread
from engine.models.loading import load_tokenizer
from engine.models.pruned_config import complete_config
from engine.models.removal import Removal
from engine.sources.gguf.parts import read_gguf

_BETWEEN = {"bfloat16": "bf16", "float16": "f16"}
_NAME = "llama.cpp"
RUNTIME = "llama_cpp"
_RUNTIMES = ("gguf", "xllamacpp", "sentencepiece", "llama_cpp_python")
_WITHOUT_WINDOW = frozenset({"mistral", "mixtral", "ministral", "phi3", "phimoe", "qwen2", "qwen2_moe", "starcoder2"})
"""Families whose one sliding window llama.cpp and ONNX Runtime GenAI ignore."""


class Gguf:
    """Writes the pruned model as a GGUF file."""

    def missing(self, precision: str, llama_cpp: str) -> str:
        """Require the converter's packages, and for K-quants llama.cpp's quantiser."""
        return missing_packages() or (missing_quantiser(llama_cpp) if precision in LLAMA_KINDS else "")

    def unverifiable(self) -> str:
        """Require llama.cpp within Python."""
        return missing_runtime()

    def refused(self, source: ModelFolder, llama_cpp: str) -> str:
        """Refuse families that an installed converter does not support, and those that llama.cpp computes otherwise."""
        known = known_architectures(llama_cpp)
        if known is not None and known.isdisjoint((*_architectures(source.config()), *_text_architectures(source))):
            kind = source.config().get("model_type")
            return worded("llama.cpp does not know models of type '{0}'; choose onnx or openvino.", kind)
        config = complete_config(source.config()).get_text_config(decoder=True)
        scale, width = getattr(config, "query_pre_attn_scalar", None), getattr(config, "head_dim", None)
        if scale is not None and scale != width:
            return worded(
                "llama.cpp scales the attention of a Gemma model by its head's width ({0}) once layers are "
                "gone, and this one needs {1}; choose onnx or openvino.",
                width,
                scale,
            )
        return ""

    def rehearse(self, plan: Plan, precision: str) -> None:
        """Convert a miniature and run it in llama.cpp.

        Where llama.cpp derives the kinds of layers from their numbers, the miniature must be a longer beginning of the
        model.
        """
        version = converter_version(converter_folder(plan.llama_cpp, plan.report))
        if reason := self.refused(plan.source, plan.llama_cpp):
            raise BadInput(joined(reason))
        tool = precision if precision in LLAMA_KINDS else ""
        model = model_key(plan.source)
        for miniature in miniatures(plan.source, plan.gone):
            known = (model, "gguf", tool, miniature.kinds, version)
            found = remembered(known, _RUNTIMES) or _try(miniature, plan, tool)
            architecture, fields = found["architecture"], found["fields"]
            layers = miniature.facts.removal.layers
            for removed in plan.removals:
                refuse_misread(architecture, fields, Removal(layers, removed))
            if found["right"]:
                remember(known, _RUNTIMES, found)
                return

    def write(self, job: ExportJob) -> None:
        """Convert the model, and quantise it where the converter cannot write the precision itself."""
        target, precision = gguf_file(job), job.precision.key
        if precision in WRITTEN_DIRECTLY:
            _convert(job, target, precision)
            check_reading(target, job)
            return
        between = target.with_name("unquantised.gguf")
        try:
            _convert(job, between, _BETWEEN.get(stored_dtype(job.model), "f32"))
            check_reading(between, job)
            quantise(between, target, precision, job.llama_cpp, job.report)
        finally:
            between.unlink(missing_ok=True)

    def verify(self, job: ExportJob) -> Iterator[ExportVerified]:
        """Check layers, tokenizer and chat template, then llama.cpp's predictions."""
        yield from gguf_checks(job)


def missing_runtime() -> str:
    """Return how to get llama.cpp for the checks; empty where it is installed."""
    if util.find_spec("xllamacpp") is None:
        return worded("GGUF files are checked in llama.cpp when it is installed: pip install 'layerswarm[gguf-export]'")
    return ""


def ignored_window(source: ModelFolder) -> int | None:
    """Return the sliding window of a model that runtimes run without one: beyond it answers differ, pruned or not."""
    config = complete_config(source.config()).get_text_config(decoder=True)
    window = getattr(config, "sliding_window", None)
    used = getattr(config, "use_sliding_window", True)
    return int(window) if window and used and config.model_type in _WITHOUT_WINDOW else None


def gguf_file(job: ExportJob) -> Path:
    """Return the file of an export."""
    precision = f"-{job.precision.key}" if job.precision.key else ""
    return job.folder / f"{job.name}{precision}.gguf"


def check_reading(file: Path, job: ExportJob) -> None:
    """Check that llama.cpp reads the smaller file as the same kind of model.

    Raises:
        BadInput: It does not.
    """
    head = read_head(file)
    refuse_misread(head.architecture, head.fields, job.facts.removal)


def _convert(job: ExportJob, target: Path, precision: str) -> None:
    """Convert the model, or its text decoder where the converter supports only that."""
    known = known_architectures(job.llama_cpp)
    whole = known is None or not known.isdisjoint(_architectures(read_json(job.model / "config.json")))
    with nullcontext(job.model) if whole else text_folder(job) as model:
        convert(Conversion(model, target, precision, job.name), job.llama_cpp, job.report)


def _architectures(config: Mapping[str, Any]) -> Sequence[str]:
    """Return the architectures that the converter reads: the text decoder's own where they are stated."""
    text = config.get("text_config")
    stated = text.get("architectures") if isinstance(text, dict) else None
    return stated or config.get("architectures") or ()


def _text_architectures(source: ModelFolder) -> Sequence[str]:
    """Return the architecture of the text decoder alone."""
    try:
        architectures: Sequence[str] = text_config(source.config())["architectures"]
    except BadInput:
        return ()
    return architectures


@dataclass(frozen=True)
class GgufHead:
    """The metadata of a GGUF file."""

    architecture: str
    fields: Mapping[str, Any]
    """The fields of the architecture, by their names without it."""
    names: frozenset[str]
    """The names of all fields."""


def read_head(file: Path) -> GgufHead:
    """Read a file's metadata, once for each file."""
    stat = file.stat()
    return _head(file, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=2)
def _head(file: Path, _size: int, _changed: int) -> GgufHead:
    gguf = read_gguf(file)  # the library's reader takes a second for a vocabulary
    prefix = f"{gguf.architecture}."
    fields = {name.removeprefix(prefix): value for name, value in gguf.metadata.items() if name.startswith(prefix)}
    return GgufHead(gguf.architecture, fields, frozenset(gguf.metadata))


def _try(miniature: Miniature, plan: Plan, tool: str) -> dict[str, Any]:
    """Convert and run a miniature.

    Args:
        miniature: The miniature.
        plan: The export.
        tool: The precision for which llama.cpp's own quantiser is needed; empty where it is not.

    Returns:
        ``architecture`` and ``fields`` of its file, and whether it is ``right``: llama.cpp reads its layers as the
        kinds that they are and predicts as the model does.

    Raises:
        BadInput: It cannot be converted, or llama.cpp predicts otherwise.
    """
    with staged(miniature, plan, export_target("gguf").precision("f32")) as job, explained(miniature):
        file = gguf_file(job)
        _convert(job, file, job.precision.key)
        head = read_head(file)
        found = {"architecture": head.architecture, "fields": head.fields, "right": False}
        try:
            check_reading(file, job)
        except BadInput:
            return found
        raise_fault(gguf_checks(job))
        if tool:
            quantise(file, file.with_name("quantised.gguf"), tool, job.llama_cpp, job.report)
        return {**found, "right": True}


def gguf_checks(job: ExportJob) -> Iterator[ExportVerified]:
    """Yield the checks of a GGUF file."""
    file = gguf_file(job)
    head = read_head(file)
    yield equal("layers", int(head.fields["block_count"]), len(job.facts.removal.kept), worded("blocks"))
    yield _tokenizer_check(job, head.names)
    window = ignored_window(job.facts.source)
    if window is not None:
        detail = worded(
            "{0} lets this model attend to everything; it was trained to see {1} tokens, so keep below", _NAME, window
        )
        yield ExportVerified(check="window", passed=True, detail=detail)
    if not missing_runtime():
        yield from runtime_checks(job, RuntimeModel(RUNTIME, file, _NAME), longest=window)


def _tokenizer_check(job: ExportJob, fields: Collection[str]) -> ExportVerified:
    try:
        template = bool(load_tokenizer(job.model).chat_template)
    except BadInput:
        template = False
    wanted = ["tokenizer.ggml.tokens", *(["tokenizer.chat_template"] if template else [])]
    lacking = [name for name in wanted if name not in fields]
    held = worded("tokenizer and chat template are in the file") if template else worded("the tokenizer is in the file")
    detail = worded("the file lacks {0}", lacking[0]) if lacking else held
    return ExportVerified(check="tokenizer", passed=not lacking, detail=detail)
