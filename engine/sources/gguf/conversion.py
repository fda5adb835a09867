"""Convert a GGUF model once into a bfloat16 safetensors folder in the cache, named by the file's content."""

import hashlib
import os
import re
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoModelForCausalLM,
    GgufConfig,
    PreTrainedConfig,
    PreTrainedModel,
    PreTrainedTokenizerBase,
    PreTrainedTokenizerFast,
)

from engine.api.errors import BadInput, LayerSwarmError, quoted
from engine.api.files import write_atomically
from engine.api.memory_errors import is_out_of_memory
from engine.api.message import ended, worded
from engine.api.regular_files import open_regular
from engine.model_files.origin import Origin
from engine.models.description import front_matter
from engine.models.devices import free_memory
from engine.models.loading import load_tokenizer
from engine.models.older_readers import write_for_older_readers
from engine.models.progress import Report
from engine.models.quiet import quiet_transformers
from engine.sources.gguf.config import gguf_config
from engine.sources.gguf.decoder_fields import plain_heads
from engine.sources.gguf.fields import Fields
from engine.sources.gguf.kinds import check_language_model
from engine.sources.gguf.parts import Gguf, read_gguf
from engine.sources.gguf.quick_reading import quick_reading
from engine.sources.gguf.tensor_copy import copy_whole, is_readable
from engine.sources.gguf.tokenizer import gguf_tokenizer
from engine.sources.gguf.weights import check_weights
from engine.sources.made_folder import made_once

_BLOCK = 1 << 22
_LICENCE = re.compile(r"[\w.+-]+")
_COPY = "whole.gguf"
_PROBES = ("The 3 quick brown foxes don't jump.", "  x = 12345;\n\ty\u00e9s \u4e2d\u6587")
_EXPERTS, _EXPERT_BYTES = "_exps.", 6
"""Bytes per number: transformers holds stacked experts in 32 bits beside their 16."""
_WORK_BYTES = 12
"""Bytes per number of the current tensor: it is in 32 bits twice, and once more while it is permuted."""


def folder_from_gguf(file: Path, report: Report) -> Path:
    """Return the safetensors folder of a GGUF model; converted on first use, found in the cache afterwards.

    The header alone decides whether the file is supported: no weight of a refused file is read. The folder is
    named by the content of the file.

    Args:
        file: The file, or any part of a split one whose other parts are in the same folder.
        report: Called with the progress.

    Raises:
        BadInput: The file is not a complete GGUF language model, or its kind or number format is not supported.
        LayerSwarmError: The model does not fit into memory.
    """
    gguf = read_gguf(file)
    check_language_model(gguf)
    config = gguf_config(gguf)

    def make(target: Path) -> None:
        check_weights(gguf, config)
        _check_memory(gguf)
        _convert(gguf, config, gguf_tokenizer(gguf), target, report)

    return made_once("gguf", _folder_name(gguf, report), Origin(gguf.name, ()), make)


def is_made_of(folder: Path, file: Path, report: Report) -> bool:
    """Return whether ``folder_from_gguf`` would make ``folder`` from ``file``.

    Raises:
        BadInput: The file is not a complete GGUF model.
    """
    return folder.name == _folder_name(read_gguf(file), report)


def _folder_name(gguf: Gguf, report: Report) -> str:
    """Return the first half of the SHA-256 of all files."""
    digest, done, total = hashlib.sha256(), 0, sum(file.stat().st_size for file in gguf.files)
    for file in gguf.files:
        with open_regular(file) as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
                done += len(block)
                report(worded("Reading {0}", file.name), done, total)
    return digest.hexdigest()[:32]


def _check_memory(gguf: Gguf) -> None:
    """Refuse a model that needs more memory than is free, rather than be killed by the system.

    Raises:
        LayerSwarmError: The model does not fit into memory.
    """
    needed, free = memory_needed(gguf), free_memory("cpu")
    if needed > free:
        raise LayerSwarmError(
            worded(
                "{0} needs {1:.1f} GB of memory to dequantise, but {2:.1f} GB are free; close other programs, or "
                "choose a smaller model.",
                gguf.files[0],
                needed / 1e9,
                free / 1e9,
            )
        )


def memory_needed(gguf: Gguf) -> int:
    """Return a conversion's peak bytes: all weights in 16 bits, experts also in 32, and buffers for the largest."""
    tensors = gguf.tensors.values()
    whole = sum(tensor.elements * (_EXPERT_BYTES if _EXPERTS in tensor.name else 2) for tensor in tensors)
    return whole + _WORK_BYTES * max(tensor.elements for tensor in tensors)


def _convert(
    gguf: Gguf, config: PreTrainedConfig, tokenizer: PreTrainedTokenizerFast, target: Path, report: Report
) -> None:
    file = _in_one_file(gguf, target, report)
    report(worded("Dequantising {0}", gguf.name), 0, 3)
    model = _load(gguf, file, config)
    report(worded("Writing {0} as safetensors", gguf.name), 1, 3)
    with quiet_transformers():
        model.save_pretrained(target, max_shard_size="5GB")
        tokenizer.save_pretrained(target)
    report(worded("Writing {0} as safetensors", gguf.name), 2, 3)
    write_for_older_readers(target)
    _check_tokenizer(gguf, tokenizer, target)
    _write_card(gguf, target)
    (target / _COPY).unlink(missing_ok=True)
    report(worded("{0} is ready", gguf.name), 3, 3)


def _in_one_file(gguf: Gguf, scratch: Path, report: Report) -> Path:
    """Return the file itself if transformers can read it, else a readable copy in ``scratch``."""
    changed = plain_heads(Fields(gguf)) if gguf.architecture == "llama" else {}
    if is_readable(gguf) and not changed:
        return gguf.files[0]
    copy = scratch / _COPY
    copy_whole(gguf, copy, changed, lambda done, total: report(worded("Joining {0}", gguf.name), done, total))
    return copy


def _load(gguf: Gguf, file: Path, config: PreTrainedConfig) -> PreTrainedModel:
    # standard error shows its progress bar
    with quiet_transformers(), quick_reading(), open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):
        try:
            loaded: Any = AutoModelForCausalLM.from_pretrained(
                file.parent,
                config=config,
                gguf_file=file.name,
                quantization_config=GgufConfig(dequantize=True),
                dtype=torch.bfloat16,
                local_files_only=True,
                trust_remote_code=False,
                output_loading_info=True,
            )
        except Exception as error:  # the reader raises many types of error
            if is_out_of_memory(error):
                raise LayerSwarmError(
                    worded("{0} does not fit into memory; choose a smaller model.", gguf.files[0])
                ) from error
            reason = quoted(error, 300)
            raise BadInput(worded("{0} cannot be read as a model: {1}", gguf.files[0], ended(reason))) from error
    model, info = loaded  # a pair, because of output_loading_info
    faults = {
        "missing_keys": worded("lacks weights that its architecture requires"),
        "unexpected_keys": worded("holds weights that its architecture does not have"),
    }
    for kind, what in faults.items():
        if info[kind]:
            raise BadInput(
                worded(
                    "{0} {1}, such as {2}; download or convert it again.", gguf.files[0], what, sorted(info[kind])[0]
                )
            )
    # The weights are plain now, but save_pretrained would refuse them with this mark.
    quantiser = getattr(model, "hf_quantizer", None)
    if quantiser is not None:
        quantiser.remove_quantization_config(model)
    dequantised: PreTrainedModel = model.to(torch.bfloat16)
    return dequantised


def _check_tokenizer(gguf: Gguf, tokenizer: PreTrainedTokenizerFast, folder: Path) -> None:
    """Check that ``folder`` loads as the saved tokenizer; for some kinds of model transformers builds its own.

    Raises:
        BadInput: It loads as a different one.
    """
    if not _same_tokens(load_tokenizer(folder), tokenizer):
        raise BadInput(
            worded(
                "{0} has a tokenizer that this kind of model does not have in transformers; give the Hugging Face "
                "folder of the model.",
                gguf.files[0],
            )
        )


def _same_tokens(one: PreTrainedTokenizerBase, other: PreTrainedTokenizerBase) -> bool:
    return len(one) == len(other) and all(one(text).input_ids == other(text).input_ids for text in _PROBES)


def _write_card(gguf: Gguf, folder: Path) -> None:
    """Write a model card whose front matter states the licence in the GGUF file."""
    licence = gguf.metadata.get("general.license")
    is_name = isinstance(licence, str) and _LICENCE.fullmatch(licence)
    head = f"---\n{front_matter({'license': licence})}\n---\n" if is_name else ""
    text = f"{head}\nWeights of `{gguf.name}.gguf`, dequantised to bfloat16 by LayerSwarm.\n"
    write_atomically(folder / "README.md", text.encode(errors="replace"))
