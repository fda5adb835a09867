"""Load the base model of an adapter as the class that the adapter was trained on."""

from pathlib import Path
from typing import Any, cast

import torch
from safetensors import safe_open
from transformers import PreTrainedModel

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.model_files.folder_content import read_json, weight_headers
from engine.models.loading import load_model, readable_faults
from engine.models.skeleton import build_skeleton, build_wrapper
from engine.sources.adapter.inspection import Adapter

_PREFIX = "base_model.model."


def load_base(folder: Path, adapter: Adapter, dtype: torch.dtype) -> PreTrainedModel:
    """Load the model in ``folder`` onto the CPU: a multimodal one whole, unless the adapter is for its text decoder.

    Other files beside the weights, such as another adapter, are not applied.

    Args:
        folder: A checked model folder.
        adapter: Its tensors' names reveal the class that it was trained on.
        dtype: Number format of the weights in memory.

    Raises:
        BadInput: transformers cannot load the model.
        LayerSwarmError: There is too little memory.
    """
    config = read_json(folder / "config.json")
    wrapper = build_wrapper(config)
    if wrapper is None or (not _belongs(adapter, wrapper) and _belongs(adapter, build_skeleton(config))):
        return load_model(folder, "cpu", dtype)
    stored = [(file, entry.name) for file, header in weight_headers(folder) for entry in header.tensors]
    files = {file: safe_open(file, framework="pt") for file, _ in stored}
    tensors: dict[str, Any] = {name: files[file].get_slice(name) for file, name in stored}  # type: ignore[no-untyped-call]
    with readable_faults(folder, "cpu"):
        loaded: Any = type(wrapper).from_pretrained(
            None, config=wrapper.config, state_dict=tensors, dtype=dtype, output_loading_info=True
        )
    model, info = loaded  # a pair, because of output_loading_info
    missing = sorted(info["missing_keys"])
    if missing:
        raise BadInput(worded("The weights in {0} lack {1}; download or copy the model again.", folder, missing[0]))
    return cast(PreTrainedModel, model.eval().requires_grad_(False))


def _belongs(adapter: Adapter, model: PreTrainedModel) -> bool:
    """Return whether the model has every layer that the adapter names."""
    modules = {name for name, _ in model.named_modules()}
    for tensor in adapter.tensors:
        parts = tensor.name.removeprefix(_PREFIX).split(".")
        numbered = [place for place, part in enumerate(parts) if part.isdigit()]
        if numbered and ".".join(parts[: numbered[-1] + 1]) not in modules:
            return False
    return True
