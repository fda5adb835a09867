"""Every format but safetensors, which all others are made from."""

from collections.abc import Iterator, Mapping

from engine.api.events import ExportTargetFound
from engine.api.export_targets import EXPORT_TARGETS, ExportTarget
from engine.export.targets.exporters import ONNX, OPENVINO
from engine.export.targets.gguf import Gguf
from engine.export.targets.gguf_in_place import GgufInPlace
from engine.export.targets.onnx_genai import OnnxGenAi
from engine.export.targets.target import Target
from engine.export.targets.text_part import TextPart
from engine.models.folder import ModelFolder

TARGETS: Mapping[str, Target] = {
    "safetensors_text": TextPart(),
    "gguf": Gguf(),
    "gguf_in_place": GgufInPlace(),
    "onnx_genai": OnnxGenAi(),
    "onnx": ONNX,
    "openvino": OPENVINO,
}


def found_targets(source: ModelFolder | None, llama_cpp: str) -> Iterator[ExportTargetFound]:
    """What can be written on this computer, and for this model where one is given."""
    for described in EXPORT_TARGETS:
        if described.key not in TARGETS:
            yield ExportTargetFound(target=described.key, precisions=tuple(each.key for each in described.precisions))
        else:
            yield _found(described, TARGETS[described.key], source, llama_cpp)


def _found(described: ExportTarget, target: Target, source: ModelFolder | None, llama_cpp: str) -> ExportTargetFound:
    missing = {each.key: target.missing(each.key, llama_cpp) for each in described.precisions}
    refused = target.refused(source, llama_cpp) if source is not None else ""
    here = tuple(key for key, sentence in missing.items() if not sentence) if not refused else ()
    needs = refused or next((sentence for sentence in missing.values() if sentence), "")
    return ExportTargetFound(target=described.key, precisions=here, needs=needs, check=target.unverifiable())
