"""Quantise a GGUF file of 16 or 32 bits: by gguf's own quantisers, or by llama.cpp's where it is installed."""

import os
import sys
from collections.abc import Callable, Mapping
from importlib import util
from pathlib import Path

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, GGUFReader, GGUFWriter, Keys, LlamaFileType, ReaderTensor
from gguf.quants import dequantize, quantize

from engine.api.errors import LayerSwarmError
from engine.api.locations import given_path, program, program_on_path
from engine.api.message import joined, worded
from engine.api.trust import ensure_trusted
from engine.export.child_process import run_process
from engine.models.progress import Report
from engine.sources.gguf.tensor_copy import copied_fields, open_gguf

OWN_KINDS: Mapping[str, tuple[GGMLQuantizationType, LlamaFileType]] = {
    "q5_1": (GGMLQuantizationType.Q5_1, LlamaFileType.MOSTLY_Q5_1),
    "q5_0": (GGMLQuantizationType.Q5_0, LlamaFileType.MOSTLY_Q5_0),
    "q4_1": (GGMLQuantizationType.Q4_1, LlamaFileType.MOSTLY_Q4_1),
    "q4_0": (GGMLQuantizationType.Q4_0, LlamaFileType.MOSTLY_Q4_0),
}
"""Precisions that gguf writes."""
LLAMA_KINDS: Mapping[str, int] = {"q4_k_m": 15, "q5_k_m": 17, "q6_k": 18}
"""Precisions that only llama.cpp writes, and its numbers for them (``llama_ftype``)."""

_FINER = GGMLQuantizationType.Q8_0
"""For the embedding and the head, where 4 bits cost the most quality; llama.cpp keeps them finer as well."""
_KEPT_FINER = ("token_embd.weight", "output.weight")
_NEVER_QUANTISED = ("_norm", "ffn_gate_inp", "position_embd", "token_types")
"""Small tensors that llama.cpp reads in full precision: norms, routers of experts, learned positions."""
_WITH_PYTHON = """
import ctypes, sys, llama_cpp
parameters = llama_cpp.llama_model_quantize_default_params()
parameters.ftype = int(sys.argv[3])
parameters.nthread = int(sys.argv[4])
source, target = (argument.encode() for argument in sys.argv[1:3])
sys.exit(llama_cpp.llama_model_quantize(source, target, ctypes.byref(parameters)))
"""


def quantise(source: Path, target: Path, precision: str, checkout: str, report: Report) -> None:
    """Write a GGUF file in fewer bits.

    Args:
        source: The file in 16 or 32 bits.
        target: The new file.
        precision: A key of ``OWN_KINDS`` or ``LLAMA_KINDS``.
        checkout: Folder of a llama.cpp checkout; may be empty.
        report: Called with the progress. It may raise to stop the work.

    Raises:
        BadInput: The person has not allowed the checkout's quantiser to run.
        LayerSwarmError: llama.cpp's quantiser fails or is not installed.
    """
    if precision in OWN_KINDS:
        _quantise_here(source, target, precision, report)
        return
    command = _llama_command(source, target, precision, checkout)
    if command is None:
        raise LayerSwarmError(joined(missing_quantiser(checkout)))
    run_process(command, worded("Quantising to {0}", precision), report)


def missing_quantiser(checkout: str) -> str:
    """Return why K-quants cannot be written here, as one sentence; empty where they can."""
    if _llama_tool(checkout) or util.find_spec("llama_cpp") is not None:
        return ""
    return worded(
        "K-quants such as q4_k_m need llama.cpp's own quantiser: put llama-quantize on the PATH, name a "
        "built llama.cpp checkout in export.llama_cpp, or pip install llama-cpp-python"
    )


def _llama_tool(checkout: str) -> str | None:
    places = [given_path(checkout) / place for place in ("build/bin", ".")] if checkout else []
    built = (program(place, "llama-quantize") for place in places)
    return next(filter(None, built), None) or program_on_path("llama-quantize")


def _llama_command(source: Path, target: Path, precision: str, checkout: str) -> list[str] | None:
    threads = str(os.cpu_count() or 1)
    tool = _llama_tool(checkout)
    if tool is not None:
        if checkout and Path(tool).is_relative_to(given_path(checkout)):
            ensure_trusted("export.llama_cpp", checkout)
        return [tool, str(source), str(target), precision.upper(), threads]
    if util.find_spec("llama_cpp") is None:
        return None
    return [sys.executable, "-c", _WITH_PYTHON, str(source), str(target), str(LLAMA_KINDS[precision]), threads]


def _quantise_here(source: Path, target: Path, precision: str, report: Report) -> None:
    kind, file_type = OWN_KINDS[precision]
    (reader,) = open_gguf(source)
    architecture = str(reader.fields[Keys.General.ARCHITECTURE].contents())
    writer = GGUFWriter(target, architecture, endianess=reader.endianess)
    writer.data_alignment = reader.alignment
    kinds = {tensor.name: _kind_of(tensor, kind) for tensor in reader.tensors}
    try:
        for tensor in reader.tensors:
            _announce(writer, tensor, kinds[tensor.name])
        _copy_fields(reader, writer, file_type)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_ti_data_to_file()
        for number, tensor in enumerate(reader.tensors):
            report(worded("Quantising to {0}, tensor {1} of {2}", precision, number + 1, len(reader.tensors)), 0, 0)
            wanted = kinds[tensor.name]
            same = wanted == tensor.tensor_type
            data = tensor.data if same else quantize(dequantize(tensor.data, tensor.tensor_type), wanted)
            writer.write_tensor_data(data, tensor_endianess=reader.endianess)
        writer.flush()
        for stream in writer.fout or ():
            os.fsync(stream.fileno())
    finally:
        writer.close()


def _kind_of(tensor: ReaderTensor, kind: GGMLQuantizationType) -> GGMLQuantizationType:
    """Return the wanted kind for matrices whose rows are whole blocks, and a tensor's own kind for all others."""
    row = int(tensor.shape[0])
    is_matrix = len(tensor.shape) >= 2 and tensor.name.endswith(".weight")
    if not is_matrix or any(part in tensor.name for part in _NEVER_QUANTISED):
        return GGMLQuantizationType(tensor.tensor_type)
    wanted = _FINER if tensor.name in _KEPT_FINER else kind
    return wanted if row % GGML_QUANT_SIZES[wanted][0] == 0 else GGMLQuantizationType(tensor.tensor_type)


def _announce(writer: GGUFWriter, tensor: ReaderTensor, kind: GGMLQuantizationType) -> None:
    block, block_bytes = GGML_QUANT_SIZES[kind]
    size = int(tensor.n_elements) // block * block_bytes
    if kind == tensor.tensor_type:
        writer.add_tensor_info(tensor.name, tensor.data.shape, tensor.data.dtype, size, kind)
    else:  # a float dtype, since the writer would read the shape of a byte array as counted in blocks
        shape = [int(length) for length in reversed(tensor.shape)]
        writer.add_tensor_info(tensor.name, shape, np.dtype(np.float32), size, kind)


def _copy_fields(reader: GGUFReader, writer: GGUFWriter, file_type: LlamaFileType) -> None:
    ours: dict[str, Callable[[], None]] = {
        Keys.General.FILE_TYPE: lambda: writer.add_file_type(file_type),
        Keys.General.QUANTIZATION_VERSION: lambda: writer.add_quantization_version(2),
    }
    for name, value, kind, item_kind in copied_fields(reader, {}):
        if name not in ours:
            writer.add_key_value(name, value, kind, item_kind)
    for write in ours.values():
        write()
