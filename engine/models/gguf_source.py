"""GGUF files: dequantised once into a bf16 safetensors folder in the cache, named by the file's content."""

import hashlib
import os
import shutil
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

import torch
from filelock import FileLock
from gguf import GGUFReader
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedModel

from engine.api.errors import BadInput
from engine.api.files import sync_folder, write_atomically
from engine.api.locations import cache_folder
from engine.models.loading import quiet_transformers
from engine.models.older_readers import write_for_older_readers
from engine.models.progress import Report

_MAGIC = b"GGUF"
_BLOCK = 1 << 22


def is_gguf(path: Path) -> bool:
    """Whether the file says so in its first bytes, whatever its name."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def folder_from_gguf(file: Path, report: Report) -> Path:
    """The safetensors folder of a GGUF file; converted on first use, found in the cache afterwards.

    The conversion is written under another name and renamed when it is whole, so a torn one is never used.

    Raises:
        BadInput: the file is not GGUF, or holds an architecture or a number format that transformers cannot read.
    """
    if not is_gguf(file):
        raise BadInput(f"{file} is not a GGUF file; download it again.")
    folder = cache_folder() / "gguf" / _folder_name(file, report)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not folder.is_dir():
            _convert(file, folder, report)
    return folder


def is_made_of(folder: Path, file: Path, report: Report) -> bool:
    """Whether ``folder`` is what ``folder_from_gguf`` makes of this very file."""
    return folder.name == _folder_name(file, report)


def _folder_name(file: Path, report: Report) -> str:
    """The first half of the file's sha256."""
    digest, done, total = hashlib.sha256(), 0, file.stat().st_size
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
            done += len(block)
            report(f"Reading {file.name}", done, total)
    return digest.hexdigest()[:32]


def _convert(file: Path, folder: Path, report: Report) -> None:
    partial = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(partial, ignore_errors=True)  # left by a conversion that was killed; the lock is ours
    partial.mkdir()
    try:
        report(f"Dequantising {file.name}", 0, 3)
        model = _load(file)
        report(f"Writing {file.name} as safetensors", 1, 3)
        with quiet_transformers():
            model.save_pretrained(partial, max_shard_size="5GB")
        _save_tokenizer(file, partial)
        report(f"Writing {file.name} as safetensors", 2, 3)
        write_for_older_readers(partial)
        _write_card(file, partial)
        for written in partial.iterdir():
            written.chmod(0o644)  # safetensors files are made 0600
        partial.rename(folder)
        sync_folder(folder.parent)
        report(f"{file.name} is ready", 3, 3)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _load(file: Path) -> PreTrainedModel:
    with quiet_transformers(), open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):  # a bar of its own
        try:
            loaded: Any = AutoModelForCausalLM.from_pretrained(
                file.parent,
                gguf_file=file.name,
                dtype=torch.bfloat16,
                local_files_only=True,
                trust_remote_code=False,
                output_loading_info=True,
            )
        except Exception as error:  # the reader has no error class of its own
            reason = " ".join(str(error).split())[:300]
            raise BadInput(f"{file} cannot be read as a model: {reason}") from error
    model, info = loaded  # a pair, because of output_loading_info
    if info["missing_keys"]:
        raise BadInput(f"{file} lacks weights that its architecture needs, such as {sorted(info['missing_keys'])[0]}.")
    # The weights are plain by now; the mark would make save_pretrained refuse them.
    model.hf_quantizer.remove_quantization_config(model)
    dequantised: PreTrainedModel = model.to(torch.bfloat16)
    return dequantised


def _save_tokenizer(file: Path, folder: Path) -> None:
    with quiet_transformers():
        try:
            tokenizer = AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name, local_files_only=True)
        except Exception as error:  # as above
            reason = " ".join(str(error).split())[:300]
            raise BadInput(f"The tokenizer in {file} cannot be read: {reason}") from error
        tokenizer.save_pretrained(folder)


def _write_card(file: Path, folder: Path) -> None:
    """Keep the licence that the GGUF file states, as a model card's front matter."""
    field = GGUFReader(file).get_field("general.license")
    licence = field.contents() if field is not None else None
    head = f"---\nlicense: {licence}\n---\n" if isinstance(licence, str) else ""
    text = f"{head}\nWeights of `{file.name}`, dequantised to bfloat16 by LayerSwarm.\n"
    write_atomically(folder / "README.md", text.encode())
