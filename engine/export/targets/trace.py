"""The process in which a model is traced: ``python -m engine.export.targets.trace KIND PRECISION MODEL FOLDER``."""

import sys
from pathlib import Path
from typing import Any

import torch
from transformers import PreTrainedModel
from transformers.exporters.configs import OnnxConfig, OpenVINOConfig
from transformers.exporters.exporter_onnx import OnnxExporter
from transformers.exporters.exporter_openvino import OpenVINOExporter
from transformers.exporters.utils import decompose_for_generation

from engine.models.loading import load_model

_TRACED_TOKENS = 8


def main() -> None:
    """Trace one model; batch 1, any length, the cache handed in and out."""
    kind, precision, model_folder, folder = sys.argv[1:]
    model = load_model(Path(model_folder))
    part, inputs = _decoding_part(model)
    if kind == "onnx":
        OnnxExporter().export(part, inputs, OnnxConfig(dynamic=True)).save_pretrained(folder)
    else:
        OpenVINOExporter().export(part, inputs, OpenVINOConfig(dynamic=True)).save_pretrained(folder)
        if precision != "fp32":
            _compress(Path(folder), precision)


def _decoding_part(model: PreTrainedModel) -> tuple[Any, dict[str, Any]]:
    """The part that reads any number of tokens behind a cache, which may be empty."""
    ids = torch.arange(_TRACED_TOKENS)[None] + model.config.get_text_config(decoder=True).vocab_size // 4
    given = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
    part, inputs = decompose_for_generation(model, given, multi_token_decode=True)["decode"]
    return part, inputs


def _compress(folder: Path, precision: str) -> None:
    """Fewer bits for the weights, by OpenVINO's own compressor."""
    import nncf
    import openvino

    modes = {"int8": nncf.CompressWeightsMode.INT8_ASYM, "int4": nncf.CompressWeightsMode.INT4_ASYM}
    how = {"group_size": 64, "ratio": 0.8} if precision == "int4" else {}
    file = next(folder.glob("*.xml"))
    small = file.with_name(f"small-{file.name}")
    compressed = nncf.compress_weights(openvino.Core().read_model(file), mode=modes[precision], **how)
    openvino.save_model(compressed, small, compress_to_fp16=False)
    del compressed
    for suffix in (".xml", ".bin"):
        small.with_suffix(suffix).replace(file.with_suffix(suffix))


if __name__ == "__main__":
    main()
