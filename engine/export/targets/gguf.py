"""GGUF through llama.cpp's own converter, quantised by gguf or llama.cpp, checked in llama.cpp."""

from collections.abc import Iterator
from importlib import util
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.events import ExportVerified
from engine.export.gguf_converter import WRITTEN_DIRECTLY, convert, missing_packages
from engine.export.gguf_quantise import LLAMA_KINDS, missing_quantiser, quantise
from engine.export.targets.checks import equal, runtime_checks
from engine.export.targets.target import Job
from engine.models.description import stored_dtype
from engine.models.folder import ModelFolder
from engine.models.gguf_copy import open_gguf
from engine.models.gguf_layers import refuse_misread
from engine.models.loading import load_tokenizer
from engine.models.pruned_config import complete_config

_BETWEEN = {"bfloat16": "bf16", "float16": "f16"}
_NAME = "llama.cpp"
RUNTIME = "llama_cpp"
_WITHOUT_WINDOW = frozenset({"mistral", "mixtral", "ministral", "phi3", "phimoe", "qwen2", "qwen2_moe", "starcoder2"})
"""Families whose one sliding window llama.cpp and ONNX Runtime GenAI pass over."""


class Gguf:
    """The pruned model as a GGUF file."""

    def missing(self, precision: str, llama_cpp: str) -> str:
        """The converter's packages, and for K-quants llama.cpp's quantiser."""
        return missing_packages() or (missing_quantiser(llama_cpp) if precision in LLAMA_KINDS else "")

    def unverifiable(self) -> str:
        """llama.cpp within Python."""
        return missing_runtime()

    def refused(self, source: ModelFolder) -> str:
        """What llama.cpp lacks or silently does another way; the converter knows about other families."""
        config = complete_config(source.config()).get_text_config(decoder=True)
        if config.model_type == "opt":
            return "llama.cpp does not know models of type 'opt'; choose onnx or openvino."
        scale, width = getattr(config, "query_pre_attn_scalar", None), getattr(config, "head_dim", None)
        if scale is not None and scale != width:
            return (
                f"llama.cpp scales the attention of a Gemma model by its head's width ({width}) once layers are gone, "
                f"and this one needs {scale}; choose onnx or openvino."
            )
        return ""

    def write(self, job: Job) -> None:
        """Convert, and quantise what the converter cannot write itself."""
        target = gguf_file(job)
        if job.precision in WRITTEN_DIRECTLY:
            convert(job.model, target, job.precision, job.name, job.llama_cpp, job.tell)
            check_reading(target, job)
            return
        between = target.with_name("unquantised.gguf")
        try:
            convert(job.model, between, _BETWEEN.get(stored_dtype(job.model), "f32"), job.name, job.llama_cpp, job.tell)
            check_reading(between, job)
            quantise(between, target, job.precision, job.llama_cpp, job.tell)
        finally:
            between.unlink(missing_ok=True)

    def verify(self, job: Job) -> Iterator[ExportVerified]:
        """Layers, tokenizer and chat template; then what llama.cpp answers."""
        yield from gguf_checks(job)


def missing_runtime() -> str:
    """How to get llama.cpp for the check; empty when it is there."""
    if util.find_spec("xllamacpp") is None:
        return "GGUF files are checked in llama.cpp when it is installed: pip install 'layerswarm[gguf-export]'"
    return ""


def ignored_window(source: ModelFolder) -> int | None:
    """The sliding window of a model that runtimes run without one: the answers differ behind it, pruned or not."""
    config = complete_config(source.config()).get_text_config(decoder=True)
    window = getattr(config, "sliding_window", None)
    used = getattr(config, "use_sliding_window", True)
    return int(window) if window and used and config.model_type in _WITHOUT_WINDOW else None


def gguf_file(job: Job) -> Path:
    """The file of an export."""
    precision = f"-{job.precision}" if job.precision else ""
    return job.folder / f"{job.name}{precision}.gguf"


def check_reading(file: Path, job: Job) -> None:
    """Whether llama.cpp would take the smaller file for another model.

    Raises:
        BadInput: it would.
    """
    (reader,) = open_gguf(file)
    architecture = str(reader.fields["general.architecture"].contents())
    prefix = f"{architecture}."
    fields = {
        name.removeprefix(prefix): field.contents() for name, field in reader.fields.items() if name.startswith(prefix)
    }
    refuse_misread(architecture, fields, job.facts.removal)


def gguf_checks(job: Job) -> Iterator[ExportVerified]:
    """What every GGUF file is checked for."""
    file = gguf_file(job)
    (reader,) = open_gguf(file)
    architecture = str(reader.fields["general.architecture"].contents())
    layers = int(reader.fields[f"{architecture}.block_count"].contents())
    yield equal("layers", layers, len(job.facts.removal.kept), "blocks")
    yield _tokenizer_check(job, set(reader.fields))
    window = ignored_window(job.facts.source)
    if window is not None:
        detail = f"{_NAME} lets this model attend to everything; it was trained to see {window} tokens, so keep below"
        yield ExportVerified(check="window", passed=True, detail=detail)
    if not missing_runtime():
        yield from runtime_checks(job, RUNTIME, file, _NAME, longest=window)


def _tokenizer_check(job: Job, fields: set[str]) -> ExportVerified:
    try:
        template = bool(load_tokenizer(job.model).chat_template)
    except BadInput:
        template = False
    wanted = ["tokenizer.ggml.tokens", *(["tokenizer.chat_template"] if template else [])]
    lacking = [name for name in wanted if name not in fields]
    words = "tokenizer and chat template are" if template else "the tokenizer is"
    detail = f"the file lacks {lacking[0]}" if lacking else f"{words} in the file"
    return ExportVerified(check="tokenizer", passed=not lacking, detail=detail)
