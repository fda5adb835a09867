"""Formats that were tried on a miniature and found good, remembered in the cache: a resumed run does not pay again."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec

from engine.api.files import write_atomically
from engine.api.locations import cache_folder
from engine.models.folder import ModelFolder
from engine.sources.made_folder import content_key, small_files

_ALWAYS = ("layerswarm", "torch", "transformers")


def model_key(model: ModelFolder) -> str:
    """Return a key that changes with the model and with every small file beside it: a tool reads the tokenizer too."""
    return content_key([model.digest], small_files(model.path))


def remembered(key: Iterable[object], packages: Iterable[str]) -> Mapping[str, Any] | None:
    """Return what was remembered of a rehearsal that went well; None where there was none.

    Args:
        key: All that the rehearsal depends on.
        packages: The packages whose versions it depends on.
    """
    try:
        content = json.loads(_file(key, packages).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def remember(key: Iterable[object], packages: Iterable[str], content: Mapping[str, Any]) -> None:
    """Remember a rehearsal that went well."""
    file = _file(key, packages)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(file, msgspec.json.encode(content))


def _file(key: Iterable[object], packages: Iterable[str]) -> Path:
    parts = [list(key), {name: _version(name) for name in (*_ALWAYS, *packages)}]
    digest = hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()
    return cache_folder() / "rehearsals" / f"{digest[:32]}.json"


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
