"""Cut a model to the first tokens of its vocabulary, since most of a small language model is its embedding."""

import copy
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import torch
from transformers import PreTrainedModel

from engine.api.errors import BadInput
from engine.api.files import write_atomically
from engine.export.rewrite import Kept
from engine.model_files.folder_content import read_json
from engine.models.load_report import report_loading
from engine.models.pruned_config import complete_config, text_section
from engine.models.skeleton import build_skeleton

_IDS = "_token_id"
"""Ending of the fields that name special tokens."""


def cut_vocabulary(tensors: Sequence[Kept], folder: Path, count: int) -> Sequence[Kept]:
    """Cut the embedding and the head among ``tensors`` to the first ``count`` tokens, and the configs in ``folder``.

    Args:
        tensors: The tensors that will be written into ``folder``.
        folder: A folder that has its config.json already.
        count: Number of tokens to keep.

    Returns:
        The tensors to write; ``tensors`` itself where the model cannot be cut or is small enough.
    """
    config = read_json(folder / "config.json")
    try:
        smaller = _with_vocabulary(config, count)
        model, small_model = build_skeleton(config), build_skeleton(smaller)
    except BadInput:
        return tensors
    ends = _ends(model)
    if cast(torch.Tensor, model.get_input_embeddings().weight).shape[0] <= count:
        return tensors
    cut = [_first_rows(kept, count) if kept.stored.parameter in ends else kept for kept in tensors]
    report = report_loading(small_model, {kept.name: kept.stored.entry.shape for kept in cut})
    if report.missing or report.mismatched or report.failed:
        return tensors
    _write(folder / "config.json", smaller)
    generation = folder / "generation_config.json"
    if generation.is_file():
        _write(generation, _with_fewer_ids(read_json(generation), count))
    return cut


def _with_vocabulary(config: dict[str, Any], count: int) -> dict[str, Any]:
    smaller = copy.deepcopy(config)
    section = text_section(smaller)
    defaults = complete_config(config).get_text_config(decoder=True).to_dict()
    section |= _with_fewer_ids({**_ids(defaults), **_ids(section)}, count)
    smaller |= _with_fewer_ids(_ids(smaller), count)
    for part in (section, *([smaller] if "vocab_size" in smaller else [])):
        part["vocab_size"] = count
    return smaller


def _ids(section: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in section.items() if name.endswith(_IDS) and value is not None}


def _with_fewer_ids(section: dict[str, Any], count: int) -> dict[str, Any]:
    """Return the section with the last token in place of removed special ones."""
    edited = dict(section)
    for name, value in _ids(section).items():
        if isinstance(value, int):
            edited[name] = min(value, count - 1)
        elif isinstance(value, list):
            edited[name] = sorted({min(int(each), count - 1) for each in value})
    return edited


def _ends(model: PreTrainedModel) -> set[str]:
    """Return the names of the parameters of the embedding and the head."""
    ends = [module for module in (model.get_input_embeddings(), model.get_output_embeddings()) if module is not None]
    weights = {id(weight) for module in ends for weight in module.parameters()}
    return {name for name, weight in model.named_parameters(remove_duplicate=False) if id(weight) in weights}


def _first_rows(kept: Kept, count: int) -> Kept:
    entry = kept.stored.entry
    size = entry.size // entry.shape[0] * count
    return replace(kept, stored=replace(kept.stored, entry=replace(entry, shape=(count, *entry.shape[1:]), size=size)))


def _write(file: Path, content: dict[str, Any]) -> None:
    write_atomically(file, json.dumps(content, indent=2, ensure_ascii=False).encode() + b"\n")
