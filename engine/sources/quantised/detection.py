"""Detect whether a model's weights are quantised, by which method, and whether they can be dequantised.

The types and names of the tensors decide. Configs only name the method: a stray config beside plain weights means
nothing, and weights whose quantisation no config mentions are quantised nevertheless.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput
from engine.api.message import Message, worded
from engine.model_files.folder_content import read_json, weight_headers
from engine.model_files.safetensors_header import TensorEntry
from engine.models.description import stated_base
from engine.sources.quantised.plain_weights import FLOAT8, WHOLE_BITS, Stated, WeightPlan, plan_weights

CONFIG_KEYS = ("quantization_config", "compression_config", "quantization")
"""Keys of config.json that state a quantisation: transformers' own, that of old compressed-tensors, and MLX's."""
QUANTISER_FILES = ("hf_quant_config.json", "quantize_config.json", "quant_config.json", "quantization_config.json")
"""Files beside config.json that state one: those of ModelOpt, AutoGPTQ, AutoAWQ and AutoRound."""
_ROUNDED_AS_IT_RUNS = "bitnet"
_COMPRESSED_TENSORS = "compressed-tensors"

_OWN_NAMES = (
    ("bitsandbytes, 4 bit", {"absmax", "quant_map"}),
    ("bitsandbytes, 8 bit", {"weight", "SCB"}),
    ("MLX", {"weight U32", "scales"}),
    ("NVFP4", {"weight U8", "weight_scale", "weight_scale_2"}),
    ("NVFP4", {"weight_packed", "weight_global_scale"}),
    ("HQQ", {"W_q"}),
    ("EETQ", {"weight I8", "weight_scales"}),
    ("AQLM", {"codes", "codebooks"}),
    ("VPTQ", {"indices", "centroids"}),
    ("QuIP#", {"Qidxs"}),
    ("EXL2", {"q_weight", "q_scale"}),
    ("EXL3", {"trellis"}),
    ("quanto", {"_data", "_scale"}),
    ("torchao", {"_weight_qdata"}),
    ("awq", {"qweight", "qzeros", "scales", "packed along the outputs"}),
    ("gptq", {"qweight", "scales"}),
    (_COMPRESSED_TENSORS, {"weight_packed"}),
    ("MXFP4", {"_blocks"}),
)
"""Methods by the last parts of tensor names and the types of some, in the order in which they are tried."""
_CERTAIN = ("bitsandbytes, 4 bit", "bitsandbytes, 8 bit", "MLX", "NVFP4", "HQQ", "EETQ", "AQLM")
"""Formats that a config left over from an earlier quantisation cannot rename."""


@dataclass(frozen=True)
class Quantisation:
    """The quantisation of a model's weights."""

    name: str
    """Common name of the method: ``gptq``, ``MLX, 4 bit``, ``ModelOpt, FP8``."""
    plan: WeightPlan | None
    """How to dequantise each tensor; None if the weights are plain and only config.json states a quantisation."""
    stated: Stated
    """Hints on codes and scales from the configs."""
    problem: str | None = None
    """Why the weights cannot be dequantised; empty if the method's name says enough, None if they can be."""

    def refusal(self, folder: Path) -> Message:
        """Return a sentence that says why the model in ``folder`` cannot be used, and what to do."""
        base = stated_base(folder)
        other = (
            worded("give the model's unquantised folder instead, such as {0}.", base)
            if base
            else worded("give the model's unquantised folder instead.")
        )
        if self.plan is None and self.name != _ROUNDED_AS_IT_RUNS:
            return worded(
                "{0} states that the weights are quantised ({1}), but they are plain numbers; if they were "
                "dequantised, delete 'quantization_config' from it, else {2}",
                folder / "config.json",
                self.name,
                other,
            )
        reason = worded(" and cannot be dequantised: {0}", self.problem) if self.problem else ""
        return worded("The weights in {0} are quantised ({1}){2}; {3}", folder, self.name, reason, other)


def find_quantisation(folder: Path, config: Mapping[str, Any]) -> Quantisation | None:
    """Detect the quantisation of the weights in ``folder``; return None if they are plain numbers.

    Raises:
        BadInput: A weight file cannot be read.
    """
    stated = list(_statements(folder, config))
    methods = [each for each in stated if isinstance(each, Mapping)]
    library = any(_method(each) == _COMPRESSED_TENSORS for each in methods)
    plan = plan_weights(folder, bool(stated), library)
    if plan is not None:
        hints = Stated(_block(methods), _bits(methods))
        problem = plan.problem if plan.problem is not None else _obstacle(methods, plan, hints)
        return Quantisation(_name(folder, methods), plan, hints, problem)
    binding = _binding(config)
    if not binding:
        return None
    return Quantisation(_stated_name(binding) if isinstance(binding, Mapping) else "unknown", None, Stated(), "")


def _statements(folder: Path, config: Mapping[str, Any]) -> Iterator[Any]:
    """Yield what the configs state about a quantisation, the most reliable statement first."""
    sections = [config, *(value for value in config.values() if isinstance(value, Mapping))]
    for key in CONFIG_KEYS:
        yield from (section[key] for section in sections if section.get(key))
    for name in QUANTISER_FILES:
        try:
            content = read_json(folder / name) if (folder / name).is_file() else {}
        except BadInput:
            continue  # the file only names the method
        nested = content.get("quantization")
        if isinstance(nested, Mapping) and nested:
            yield {"quant_method": "modelopt", **nested}
        elif content and "quantization" not in content:
            yield {"quant_method": "gptq" if name == "quantize_config.json" else "awq", **content}


def _binding(config: Mapping[str, Any]) -> Any:
    """Return the statement that transformers obeys when it loads the model, whatever the tensors are."""
    text = config.get("text_config")
    return config.get("quantization_config") or (text.get("quantization_config") if isinstance(text, Mapping) else None)


def _method(statement: Mapping[str, Any]) -> str:
    if statement.get("load_in_4bit") or statement.get("load_in_8bit"):
        return "bitsandbytes"
    method = statement.get("quant_method")
    return method if isinstance(method, str) else ""


def _stated_name(statement: Mapping[str, Any]) -> str:
    """Return the method that a config states, or 'unknown'."""
    method = _method(statement)
    if method == "bitsandbytes":
        return f"bitsandbytes, {4 if statement.get('load_in_4bit') else 8} bit"
    if method == _COMPRESSED_TENSORS and isinstance(statement.get("format"), str):
        return f"{method}, {statement['format']}"
    if method.startswith("modelopt"):
        algorithm = statement.get("quant_algo")
        return f"ModelOpt, {algorithm}" if isinstance(algorithm, str) else "ModelOpt"
    return method or "unknown"


def _name(folder: Path, stated: list[Mapping[str, Any]]) -> str:
    seen = _seen_name(entry for _, header in weight_headers(folder) for entry in header.tensors)
    if seen == "MLX":
        bits = next((each["bits"] for each in stated if isinstance(each.get("bits"), int)), None)
        return f"MLX, {bits} bit" if bits else seen
    if seen in _CERTAIN and not (seen == "NVFP4" and stated):
        return seen
    names = [_stated_name(each) for each in stated if _method(each)]
    return names[0] if names else seen


def _seen_name(entries: Iterable[TensorEntry]) -> str:
    """Return the method by the tensors alone, or 'unknown'."""
    kinds: set[str] = set()
    shapes: dict[str, tuple[int, ...]] = {}
    types: set[str] = set()
    for entry in entries:
        last = entry.name.rpartition(".")[2]
        kinds |= {last, f"{last} {entry.dtype}"}
        kinds |= {"_blocks"} if last.endswith("_blocks") else set()
        types.add(entry.dtype)
        if last in ("qweight", "scales"):
            shapes.setdefault(last, entry.shape)
    if {"qweight", "scales"} <= shapes.keys() and shapes["qweight"][-1] < shapes["scales"][-1]:
        kinds.add("packed along the outputs")
    found = next((name for name, needed in _OWN_NAMES if needed <= kinds), "")
    return found or ("FP8" if types & set(FLOAT8) else "unknown")


def _block(stated: list[Mapping[str, Any]]) -> tuple[int, int] | None:
    """Return the extents of a block of weights that share a scale, as FP8 and compressed-tensors state them."""
    for statement in stated:
        for part in (statement, *_schemes(statement)):
            extents = part.get("weight_block_size") or part.get("block_structure")
            if isinstance(extents, str):  # older versions write "128x128"
                extents = [int(number) for number in re.findall(r"\d+", extents)]
            if isinstance(extents, list | tuple) and len(extents) == 2 and all(isinstance(n, int) for n in extents):
                return int(extents[0]), int(extents[1])
            if isinstance(part.get("group_size"), int) and part["group_size"] > 0:
                return 1, int(part["group_size"])
    return None


def _schemes(statement: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield compressed-tensors' scheme for the weights of each group of layers."""
    groups = statement.get("config_groups")
    for group in groups.values() if isinstance(groups, Mapping) else ():
        weights = group.get("weights") if isinstance(group, Mapping) else None
        if isinstance(weights, Mapping):
            yield weights


def _bits(stated: list[Mapping[str, Any]]) -> int | None:
    """Return the bits of a code if they are the same for all groups of layers, else None."""
    found = {scheme.get("num_bits") for statement in stated for scheme in _schemes(statement)}
    bits = found.pop() if len(found) == 1 else None
    return bits if isinstance(bits, int) else None


def _obstacle(stated: list[Mapping[str, Any]], plan: WeightPlan, hints: Stated) -> str | None:
    """Return why recognised weights cannot be dequantised nevertheless, or None."""
    if any(statement.get("transform_config") for statement in stated):  # activations are rotated too
        return worded(
            "they were rotated, and the model turns its activations to match while it runs (transform_config)"
        )
    packed = any(weight.coding == "int32" for weight in plan.weights.values())
    if packed and hints.bits is not None and hints.bits not in WHOLE_BITS:
        return worded("codes of {0} bits are packed across words", hints.bits)
    return None
