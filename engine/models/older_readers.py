"""Repeat in older keys what transformers 5 writes in new keys only, for which transformers 4 silently uses defaults."""

import json
from collections.abc import Set
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput
from engine.api.files import write_atomically
from engine.model_files.folder_content import read_json
from engine.models.pruned_config import complete_config
from engine.models.quiet import quiet_transformers
from engine.models.transformers_4 import MODEL_TYPES, ROPE_TYPES


def write_for_older_readers(folder: Path) -> None:
    """Add the missing older keys to the configs of model and tokenizer in ``folder``.

    Existing keys are not changed.

    Raises:
        BadInput: A config cannot be read.
    """
    config = read_json(folder / "config.json")
    older = with_older_keys(config)
    if older != config:
        _write_json(folder / "config.json", older)
    file = folder / "tokenizer_config.json"
    tokenizer = read_json(file) if file.is_file() else {}
    if tokenizer.get("tokenizer_class") == "TokenizersBackend":
        kept = {name: value for name, value in tokenizer.items() if name not in ("local_files_only", "is_local")}
        _write_json(file, {**kept, "tokenizer_class": "PreTrainedTokenizerFast"})


def with_older_keys(config: dict[str, Any]) -> dict[str, Any]:
    """Return the config with the older keys that it and its nested text config lack.

    They are added only if transformers 4.57 can read the model at all, and if the installed transformers reads the
    same model from the config with and without them.
    """
    if config.get("model_type") not in MODEL_TYPES:
        return config
    older = {**_older_keys(config), **config}
    text = config.get("text_config")
    if isinstance(text, dict):
        older["text_config"] = {**_older_keys(text), **text}
    return older if _same_model(config, older) else config


def _older_keys(config: dict[str, Any]) -> dict[str, Any]:
    keys = {"torch_dtype": config["dtype"]} if "dtype" in config else {}
    rope = config.get("rope_parameters")
    if not isinstance(rope, dict):
        return keys
    full, sliding = rope.get("full_attention", rope), rope.get("sliding_attention")
    if isinstance(sliding, dict) and "rope_theta" in sliding:
        keys["rope_local_base_freq"] = sliding["rope_theta"]
    keys |= {name: full[name] for name in ("rope_theta", "partial_rotary_factor") if name in full}
    if full.get("rope_type", "default") in ROPE_TYPES - {"default"}:
        keys["rope_scaling"] = {name: value for name, value in full.items() if name not in keys}
    return keys


def _same_model(config: dict[str, Any], older: dict[str, Any]) -> bool:
    """Return whether the installed transformers reads the same model from both, apart from the added keys."""
    try:
        with quiet_transformers():
            before, after = complete_config(config).to_dict(), complete_config(older).to_dict()
    except BadInput:
        return False
    text, older_text = config.get("text_config"), older.get("text_config")
    if isinstance(text, dict) and isinstance(older_text, dict):
        for read in (before, after):
            read["text_config"] = _without(read["text_config"], older_text.keys() - text.keys())
    added = older.keys() - config.keys()
    return _without(before, added) == _without(after, added)


def _without(config: dict[str, Any], keys: Set[str]) -> dict[str, Any]:
    return {name: value for name, value in config.items() if name not in keys}


def _write_json(path: Path, content: object) -> None:
    write_atomically(path, json.dumps(content, indent=2, ensure_ascii=False).encode() + b"\n")
