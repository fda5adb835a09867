"""Every format that a model can leave in, in words for the person who chooses. What is installed, the engine tells
with ``ExportTargetFound``."""

import difflib
from collections.abc import Iterable

import msgspec

from engine.api.errors import BadInput


class Precision(msgspec.Struct, frozen=True, kw_only=True):
    """A number format of the weights."""

    key: str
    title: str
    bits: float
    """Bits per weight, scales included; 0 where it is the source's own."""
    explanation: str = ""


class ExportTarget(msgspec.Struct, frozen=True, kw_only=True):
    """A file format and the runtime that it is for."""

    key: str
    title: str
    explanation: str
    precisions: tuple[Precision, ...]
    """The first is taken where none is named; a single one with an empty key needs no naming."""
    extra: str = ""
    """The optional dependencies of LayerSwarm that it needs."""
    only_from_gguf: bool = False
    """Whether the source must be a GGUF file."""


class ExportFormat(msgspec.Struct, frozen=True, kw_only=True):
    """A target in one precision; written ``gguf:q8_0``, or ``safetensors`` where there is nothing to choose."""

    target: str
    precision: str = ""

    def __str__(self) -> str:
        return f"{self.target}:{self.precision}" if self.precision else self.target

    @property
    def folder_name(self) -> str:
        """What its folder is called where several formats leave together."""
        return str(self).replace(":", "-")


_SOURCE = Precision(key="", title="As the source", bits=0.0)
_F32 = Precision(key="f32", title="32 bit", bits=32.0, explanation="exact, large")
_F16 = Precision(key="f16", title="16 bit", bits=16.0, explanation="as good as exact")
_BF16 = Precision(key="bf16", title="16 bit (bfloat16)", bits=16.0, explanation="the weights as most models come")
_Q8_0 = Precision(key="q8_0", title="8 bit", bits=8.5, explanation="nearly the same model at half the size")
_Q6_K = Precision(key="q6_k", title="6 bit (K)", bits=6.5625)
_Q5_K_M = Precision(key="q5_k_m", title="5 bit (K, medium)", bits=5.7)
_Q5_1 = Precision(key="q5_1", title="5 bit with offset", bits=6.0)
_Q5_0 = Precision(key="q5_0", title="5 bit", bits=5.5)
_Q4_K_M = Precision(
    key="q4_k_m", title="4 bit (K, medium)", bits=4.85, explanation="the usual choice for small devices"
)
_Q4_1 = Precision(key="q4_1", title="4 bit with offset", bits=5.0)
_Q4_0 = Precision(key="q4_0", title="4 bit", bits=4.5, explanation="smallest and fastest on ARM")
_FP32 = Precision(key="fp32", title="32 bit", bits=32.0, explanation="exact, large")
_INT8 = Precision(key="int8", title="8 bit", bits=8.25, explanation="nearly the same model")
_INT4 = Precision(key="int4", title="4 bit", bits=4.5, explanation="smallest")

EXPORT_TARGETS: tuple[ExportTarget, ...] = (
    ExportTarget(
        key="safetensors",
        title="Safetensors",
        explanation="A plain model folder for transformers and everything built on it.",
        precisions=(_SOURCE,),
    ),
    ExportTarget(
        key="safetensors_text",
        title="Safetensors, text part alone",
        explanation="The text decoder of a multimodal model as a plain language model, without the towers around it.",
        precisions=(_SOURCE,),
    ),
    ExportTarget(
        key="gguf",
        title="GGUF",
        explanation="One file for llama.cpp, Ollama, LM Studio and others: computers, boards and phones.",
        precisions=(_F16, _BF16, _F32, _Q8_0, _Q6_K, _Q5_K_M, _Q5_1, _Q5_0, _Q4_K_M, _Q4_1, _Q4_0),
        extra="gguf-export",
    ),
    ExportTarget(
        key="gguf_in_place",
        title="GGUF, as it came",
        explanation="The GGUF file that the model came from without the removed layers; the others stay byte for byte.",
        precisions=(_SOURCE,),
        only_from_gguf=True,
    ),
    ExportTarget(
        key="onnx_genai",
        title="ONNX Runtime GenAI",
        explanation="A folder for ONNX Runtime's own text generation: Windows, Android, iOS, Linux.",
        precisions=(_INT4, _INT8, _FP32),
        extra="onnx",
    ),
    ExportTarget(
        key="onnx",
        title="ONNX",
        explanation="A plain ONNX graph with its cache as inputs, for any kind of model; your program runs the loop.",
        precisions=(_FP32,),
        extra="onnx",
    ),
    ExportTarget(
        key="openvino",
        title="OpenVINO",
        explanation="For Intel processors, graphics and NPUs; for any kind of model.",
        precisions=(_INT8, _INT4, _FP32),
        extra="openvino",
    ),
)


def export_target(key: str) -> ExportTarget:
    """The target of that key.

    Raises:
        BadInput: there is none; the nearest one is named.
    """
    found = next((target for target in EXPORT_TARGETS if target.key == key), None)
    if found is not None:
        return found
    keys = [target.key for target in EXPORT_TARGETS]
    near = difflib.get_close_matches(key, keys, n=1, cutoff=0.5)
    hint = f"did you mean '{near[0]}'?" if near else f"choose one of {', '.join(keys)}."
    raise BadInput(f"There is no export format '{key}'; {hint}")


def read_format(text: str) -> ExportFormat:
    """Read ``safetensors``, ``gguf:q8_0`` or, for the target's first precision, ``gguf``.

    Raises:
        BadInput: there is no such target or precision.
    """
    key, _, precision = text.strip().lower().partition(":")
    target = export_target(key)
    known = [each.key for each in target.precisions]
    if not precision:
        return ExportFormat(target=key, precision=known[0])
    if precision not in known:
        raise BadInput(f"{target.title} cannot be written in '{precision}'; choose one of {', '.join(known)}.")
    return ExportFormat(target=key, precision=precision)


def read_formats(texts: Iterable[str]) -> tuple[ExportFormat, ...]:
    """Read several, each once.

    Raises:
        BadInput: one of them does not exist.
    """
    return tuple(dict.fromkeys(map(read_format, texts)))
