"""Trace a model in a process: ``python -m engine.export.targets.trace KIND MODEL FOLDER``.

With a question on standard input (``engine.export.runtimes.child``) it also runs the traced model and answers it: one
process for a trial takes half the time of two.
"""

import sys
from pathlib import Path
from typing import Any

import msgspec
import torch
from transformers import PreTrainedModel
from transformers.exporters.utils import decompose_for_generation

from engine.export.runtimes.answers import Question
from engine.export.runtimes.child import answer, answering
from engine.models.loading import load_model

_TRACED_TOKENS = 8


def main() -> None:
    """Trace one model for batch 1 and any length, with the cache as inputs and outputs."""
    kind, model_folder, folder = sys.argv[1:]
    question = sys.stdin.buffer.read()
    with answering() as give:
        _trace(kind, Path(model_folder), folder)
        if question:
            give(answer(msgspec.json.decode(question, type=Question)))


def _trace(kind: str, model_folder: Path, folder: str) -> None:
    part, inputs = _decoding_part(load_model(model_folder))
    if kind == "onnx":
        from transformers.exporters.configs import OnnxConfig
        from transformers.exporters.exporter_onnx import OnnxExporter

        OnnxExporter().export(part, inputs, OnnxConfig(dynamic=True)).save_pretrained(folder)
    else:
        from transformers.exporters.configs import OpenVINOConfig
        from transformers.exporters.exporter_openvino import OpenVINOExporter

        OpenVINOExporter().export(part, inputs, OpenVINOConfig(dynamic=True)).save_pretrained(folder)


def _decoding_part(model: PreTrainedModel) -> tuple[Any, dict[str, Any]]:
    """Return the part that reads any number of tokens after a cache, which may be empty, and sample inputs."""
    ids = torch.arange(_TRACED_TOKENS)[None] + model.config.get_text_config(decoder=True).vocab_size // 4
    given = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
    part, inputs = decompose_for_generation(model, given, multi_token_decode=True)["decode"]
    return part, inputs


if __name__ == "__main__":
    main()
