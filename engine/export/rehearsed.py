"""Cache successful trials of formats, so that a resumed run does not repeat them."""

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
    """Return a key of the model and every small file beside it, since tools read the tokenizer too."""
    return content_key([model.digest], small_files(model.path))


def remembered(key: Iterable[object], packages: Iterable[str]) -> Mapping[str, Any] | None:
    """Return the cached content of a successful rehearsal; None where there is none.

    Args:
        key: Everything that the rehearsal depends on.
        packages: Packages whose versions it depends on.
    """
    try:
        content = json.loads(_file(key, packages).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def remember(key: Iterable[object], packages: Iterable[str], content: Mapping[str, Any]) -> None:
    """Cache a successful rehearsal."""
    file = _file(key, packages)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(file, msgspec.json.encode(content))


def _file(key: Iterable[object], packages: Iterable[str]) -> Path:
    parts = [list(key), {name: installed_version(name) for name in (*_ALWAYS, *packages)}]
    digest = hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()
    return cache_folder() / "rehearsals" / f"{digest[:32]}.json"


def installed_version(package: str) -> str:
    """Return the version of an installed package; empty where it is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
