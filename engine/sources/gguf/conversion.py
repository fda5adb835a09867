"""GGUF files: dequantised once into a bf16 safetensors folder in the cache, named by the file's content."""

import hashlib
import os
import re
import shutil
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

import torch
from filelock import FileLock
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    GgufConfig,
    PreTrainedConfig,
    PreTrainedModel,
    PreTrainedTokenizerBase,
    PreTrainedTokenizerFast,
)

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.files import move_into_place, write_atomically
from engine.api.locations import cache_folder
from engine.models.devices import free_memory
from engine.models.loading import load_tokenizer, quiet_transformers
from engine.models.older_readers import write_for_older_readers
from engine.models.progress import Report
from engine.sources.gguf.config import gguf_config
from engine.sources.gguf.decoder_fields import plain_heads
from engine.sources.gguf.fields import Fields
from engine.sources.gguf.header import MAGIC
from engine.sources.gguf.kinds import check_language_model
from engine.sources.gguf.parts import Gguf, read_gguf
from engine.sources.gguf.tensor_copy import copy_whole, is_readable
from engine.sources.gguf.tokenizer import gguf_tokenizer
from engine.sources.gguf.weights import check_weights

_BLOCK = 1 << 22
_LICENCE = re.compile(r"[\w.+-]+")
_COPY = "whole.gguf"
_MARK = ".tokens-compared"
"""In a conversion whose tokenizer was compared with the file's."""
_PROBES = ("The 3 quick brown foxes don't jump.", "  x = 12345;\n\ty\u00e9s \u4e2d\u6587")
_EXPERTS, _EXPERT_BYTES = "_exps.", 6
"""transformers holds stacked experts in 32 bits beside their 16."""
_WORK_BYTES = 12
"""For each number of the tensor in work: it is in 32 bits, twice, and once more while it is put in order."""
_INCIDENTAL = frozenset({"architectures", "dtype", "transformers_version", "_name_or_path"})
"""What a config says that does not tell one reading of a file from another."""


def is_gguf(path: Path) -> bool:
    """Return whether the file says so in its first bytes, whatever its name."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def folder_from_gguf(file: Path, report: Report) -> Path:
    """Return the safetensors folder of a GGUF model; converted on first use, found in the cache afterwards.

    The header alone decides whether it can be: nothing is built or read of a file that is refused. The conversion is
    written under another name and renamed when it is whole, so a torn one is never used.

    Args:
        file: The file, or any part of a split one whose other parts lie beside it.
        report: Called with the progress.

    Raises:
        BadInput: the file is no whole language model in GGUF, or of a kind or number format that is not read.
        LayerSwarmError: the model does not fit into memory.
    """
    gguf = read_gguf(file)
    check_language_model(gguf)
    config = gguf_config(gguf)
    folder = cache_folder() / "gguf" / _folder_name(gguf, report)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not _is_of(folder, gguf, config):
            check_weights(gguf, config)
            _check_memory(gguf)
            _convert(gguf, config, gguf_tokenizer(gguf), folder, report)
    return folder


def is_made_of(folder: Path, file: Path, report: Report) -> bool:
    """Return whether ``folder`` is what ``folder_from_gguf`` makes of this very file.

    Raises:
        BadInput: the file is no whole GGUF model by now.
    """
    return folder.name == _folder_name(read_gguf(file), report)


def _folder_name(gguf: Gguf, report: Report) -> str:
    """The first half of the sha256 of all files."""
    digest, done, total = hashlib.sha256(), 0, sum(file.stat().st_size for file in gguf.files)
    for file in gguf.files:
        with file.open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
                done += len(block)
                report(f"Reading {file.name}", done, total)
    return digest.hexdigest()[:32]


def _is_of(folder: Path, gguf: Gguf, config: PreTrainedConfig) -> bool:
    """Whether ``folder`` is a conversion as it would be made now; earlier versions read less of the metadata."""
    if not folder.is_dir():
        return False
    try:
        with quiet_transformers():
            kept = AutoConfig.from_pretrained(folder, local_files_only=True).to_dict()
        if any(kept.get(name) != value for name, value in config.to_dict().items() if name not in _INCIDENTAL):
            return False
        if (folder / _MARK).is_file():
            return True
        same = _same_tokens(load_tokenizer(folder), gguf_tokenizer(gguf))
    except Exception:  # whatever is wrong with it, it is made anew
        return False
    if same:
        (folder / _MARK).touch()
    return same


def _check_memory(gguf: Gguf) -> None:
    """Refuse what would take more memory than there is, rather than be killed for it.

    Raises:
        LayerSwarmError: it does not fit.
    """
    needed, free = memory_needed(gguf), free_memory("cpu")
    if needed > free:
        raise LayerSwarmError(
            f"{gguf.files[0]} takes {needed / 1e9:.1f} GB of memory to dequantise, and {free / 1e9:.1f} GB are free; "
            "close other programs, or take a smaller model."
        )


def memory_needed(gguf: Gguf) -> int:
    """Return the bytes at a conversion's peak: all weights in 16 bits, experts in 32 too, and the largest in work."""
    tensors = gguf.tensors.values()
    whole = sum(tensor.elements * (_EXPERT_BYTES if _EXPERTS in tensor.name else 2) for tensor in tensors)
    return whole + _WORK_BYTES * max(tensor.elements for tensor in tensors)


def _convert(
    gguf: Gguf, config: PreTrainedConfig, tokenizer: PreTrainedTokenizerFast, folder: Path, report: Report
) -> None:
    partial = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(partial, ignore_errors=True)  # left by a conversion that was killed; the lock is ours
    partial.mkdir()
    try:
        file = _in_one_file(gguf, partial, report)
        report(f"Dequantising {gguf.name}", 0, 3)
        model = _load(gguf, file, config)
        report(f"Writing {gguf.name} as safetensors", 1, 3)
        with quiet_transformers():
            model.save_pretrained(partial, max_shard_size="5GB")
            tokenizer.save_pretrained(partial)
        report(f"Writing {gguf.name} as safetensors", 2, 3)
        write_for_older_readers(partial)
        _check_tokenizer(gguf, tokenizer, partial)
        _write_card(gguf, partial)
        (partial / _MARK).touch()
        (partial / _COPY).unlink(missing_ok=True)
        for written in partial.iterdir():
            written.chmod(0o644)  # safetensors files are made 0600
        shutil.rmtree(folder, ignore_errors=True)  # of an earlier version
        move_into_place(partial, folder)
        report(f"{gguf.name} is ready", 3, 3)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _in_one_file(gguf: Gguf, scratch: Path, report: Report) -> Path:
    """The file itself where transformers can read it, else a copy in ``scratch`` that it can."""
    changed = plain_heads(Fields(gguf)) if gguf.architecture == "llama" else {}
    if is_readable(gguf) and not changed:
        return gguf.files[0]
    copy = scratch / _COPY
    copy_whole(gguf, copy, changed, lambda done, total: report(f"Joining {gguf.name}", done, total))
    return copy


def _load(gguf: Gguf, file: Path, config: PreTrainedConfig) -> PreTrainedModel:
    with quiet_transformers(), open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):  # a bar of its own
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
        except MemoryError:
            raise LayerSwarmError(f"{gguf.files[0]} does not fit into memory; take a smaller model.") from None
        except Exception as error:  # the reader has no error class of its own
            if "allocate memory" in str(error):
                raise LayerSwarmError(f"{gguf.files[0]} does not fit into memory; take a smaller model.") from error
            reason = " ".join(str(error).split())[:300]
            raise BadInput(f"{gguf.files[0]} cannot be read as a model: {reason}") from error
    model, info = loaded  # a pair, because of output_loading_info
    faults = {
        "missing_keys": "lacks weights that its architecture needs",
        "unexpected_keys": "holds weights of another",
    }
    for kind, what in faults.items():
        if info[kind]:
            raise BadInput(f"{gguf.files[0]} {what}, such as {sorted(info[kind])[0]}; download or convert it again.")
    # The weights are plain by now; the mark would make save_pretrained refuse them.
    quantiser = getattr(model, "hf_quantizer", None)
    if quantiser is not None:
        quantiser.remove_quantization_config(model)
    dequantised: PreTrainedModel = model.to(torch.bfloat16)
    return dequantised


def _check_tokenizer(gguf: Gguf, tokenizer: PreTrainedTokenizerFast, folder: Path) -> None:
    """Check that ``folder`` gives the tokenizer that was saved; for some kinds of model transformers builds its own.

    Raises:
        BadInput: it gives another one.
    """
    if not _same_tokens(load_tokenizer(folder), tokenizer):
        raise BadInput(
            f"{gguf.files[0]} has a tokenizer that this kind of model does not have in transformers; give the Hugging "
            "Face folder of the model."
        )


def _same_tokens(one: PreTrainedTokenizerBase, other: PreTrainedTokenizerBase) -> bool:
    return len(one) == len(other) and all(one(text).input_ids == other(text).input_ids for text in _PROBES)


def _write_card(gguf: Gguf, folder: Path) -> None:
    """Keep the licence that the GGUF file states, as a model card's front matter."""
    licence = gguf.metadata.get("general.license")
    head = f"---\nlicense: {licence}\n---\n" if isinstance(licence, str) and _LICENCE.fullmatch(licence) else ""
    text = f"{head}\nWeights of `{gguf.name}.gguf`, dequantised to bfloat16 by LayerSwarm.\n"
    write_atomically(folder / "README.md", text.encode(errors="replace"))
