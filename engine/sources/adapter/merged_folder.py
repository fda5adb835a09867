"""Merge an adapter into its base model once, into a plain model folder in the cache."""

import re
import shutil
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

import torch
from transformers import GenerationConfig

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.files import write_atomically
from engine.api.locations import given_path
from engine.api.message import worded
from engine.model_files.folder_content import weight_files
from engine.model_files.origin import Origin, read_origin
from engine.model_files.weight_names import ADAPTER_CONFIG, ADAPTER_WEIGHTS
from engine.models.description import base_model_of, front_matter, licence_of, stored_dtype
from engine.models.devices import free_memory
from engine.models.folder import ModelFolder
from engine.models.loading import load_stock_tokenizer
from engine.models.older_readers import write_for_older_readers
from engine.models.progress import Report
from engine.models.quiet import quiet_transformers
from engine.sources.adapter.base import load_base
from engine.sources.adapter.inspection import Adapter, read_adapter
from engine.sources.adapter.merge import merged_model, vocabulary_rows
from engine.sources.hub.errors import HubAccessRefused, HubUnreachable
from engine.sources.made_folder import check_room, content_key, copy_small_files, made_once, small_files

Resolve = Callable[[str, str], ModelFolder]
"""Finds a model by its source and revision."""

_HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")
_VOCABULARIES = ("tokenizer.json", "tokenizer.model", "vocab.json", "vocab.txt", "spiece.model", "tekken.json")
_TOKENIZER = ("*token*", "vocab.*", "merges.txt", "*.model", "tekken.json", "chat_template.*")
"""Names of tokenizer files among the small files."""
_ROOM_IN_MEMORY = 1.2
"""Memory that merging needs, in multiples of the base model's size."""


def merged_folder(folder: Path, resolve: Resolve, report: Report) -> Path:
    """Return the plain model of the adapter in ``folder``; merged on first use, found in the cache afterwards.

    Args:
        folder: The folder of an adapter (``is_adapter``).
        resolve: Finds the base model, by the rules for any source.
        report: Called with the progress.

    Raises:
        BadInput: The adapter or its base model cannot be used, or the two do not fit.
        LayerSwarmError: The base model cannot be downloaded now, or memory or disk are too small.
    """
    adapter = read_adapter(folder)
    base = _base_of(adapter, resolve)
    key = content_key([base.digest], [*_own_files(adapter), *small_files(base.path)])
    before = read_origin(base.path)
    note = worded("The adapter {0} ({1}) is merged into {2}.", folder.name, adapter.kind, base.name)
    origin = Origin(folder.name, (*(before.notes if before else ()), note))
    merged = made_once("merged", key, origin, lambda target: _merge(adapter, base, target, report))
    report(worded("{0} is merged into {1}", folder.name, base.name), 1, 1)
    return merged


def _own_files(adapter: Adapter) -> list[Path]:
    return [adapter.folder / ADAPTER_CONFIG, adapter.folder / ADAPTER_WEIGHTS, *small_files(adapter.folder)]


def _base_of(adapter: Adapter, resolve: Resolve) -> ModelFolder:
    """Find the base model: a folder relative to the adapter's, or any other source."""
    beside = adapter.folder / given_path(adapter.base)
    wanted = worded("{0} is an adapter ({1}) of the model '{2}'", adapter.folder, adapter.kind, adapter.base)
    remedy = worded(
        "copy that model to this computer and set 'base_model_name_or_path' in {0} to its folder",
        adapter.folder / ADAPTER_CONFIG,
    )
    if not beside.exists() and not Path(adapter.base).exists() and not _HUB_ID.fullmatch(adapter.base):
        raise BadInput(worded("{0}, which is not on this computer; {1}.", wanted, remedy))
    try:
        return resolve(str(beside) if beside.exists() else adapter.base, adapter.revision)
    except HubAccessRefused:
        raise
    except HubUnreachable:
        raise HubUnreachable(
            worded(
                "{0}, which is not complete in the Hub's cache and cannot be downloaded now; connect this computer, "
                "or {1}.",
                wanted,
                remedy,
            )
        ) from None
    except BadInput as error:
        raise BadInput(worded("{0}, which cannot be used: {1}", wanted, error.sentence)) from error


def _merge(adapter: Adapter, base: ModelFolder, target: Path, report: Report) -> None:
    size = sum(file.stat().st_size for file in weight_files(base.path))
    purpose = worded("Merging {0} into {1}", adapter.folder.name, base.name)
    check_room(size, purpose)
    needed, free = size * _ROOM_IN_MEMORY, free_memory("cpu")
    if needed > free:
        raise LayerSwarmError(
            worded(
                "{0} needs {1:.1f} GB of memory, but {2:.1f} GB are free; merge it on a larger computer and give the "
                "merged model.",
                purpose,
                needed / 1e9,
                free / 1e9,
            )
        )
    report(worded("{0}: loading", purpose), 0, 3)
    model = load_base(base.path, adapter, getattr(torch, stored_dtype(base.path)))
    report(purpose, 1, 3)
    merged = merged_model(model, adapter, base.source)
    report(worded("{0}: writing", purpose), 2, 3)
    merged.generation_config = GenerationConfig()  # the base's own file is copied, and saving an invalid one fails
    with quiet_transformers():
        merged.save_pretrained(target, max_shard_size="5GB")
    (target / "generation_config.json").unlink(missing_ok=True)
    copy_small_files(base.path, target)
    _take_tokenizer(adapter.folder, target, vocabulary_rows(merged))
    write_for_older_readers(target)
    _write_card(adapter, base, target)
    report(worded("{0}: done", purpose), 3, 3)


def _take_tokenizer(folder: Path, target: Path, rows: int) -> None:
    """Replace the base model's tokenizer by the adapter's own if it is complete and fits the embedding."""
    if not any((folder / name).is_file() for name in _VOCABULARIES):
        return
    try:
        tokenizer = load_stock_tokenizer(folder)
    except BadInput:
        return  # as far as we know, the adapter was trained with the base model's
    if max(tokenizer.get_vocab().values(), default=0) >= rows:
        return
    for file in small_files(target):
        if _is_tokenizer(file.name):
            file.unlink()
    for file in small_files(folder):
        if _is_tokenizer(file.name):
            shutil.copyfile(file, target / file.name)


def _is_tokenizer(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in _TOKENIZER)


def _write_card(adapter: Adapter, base: ModelFolder, target: Path) -> None:
    """Write a model card whose front matter states the licence and origin of the weights."""
    facts = {"license": licence_of(base.path), "base_model": base_model_of(base)}
    origin = f"`{base.name}` with the adapter `{adapter.folder.name}` merged into it by LayerSwarm."
    text = f"---\n{front_matter(facts)}\n---\n\n{origin}\n"
    write_atomically(target / "README.md", text.encode())
