"""Name a model by where it is, also where its file or folder is itself named by a digest."""

import re
from contextlib import suppress
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.locations import CONVERTED, cache_folder, real_path
from engine.api.regular_files import open_regular
from engine.model_files.gguf_names import model_name
from engine.model_files.ollama import name_of_blob
from engine.model_files.origin import read_origin

_DIGEST = re.compile(r"[0-9a-f]{12,}")
_REPOSITORY = "models--"
_BASE_MODEL = re.compile(r"^base_model:\s*(?:[\w.-]+/)?([\w.-]+)\s*$", re.ASCII | re.MULTILINE)
_CARD, _CARD_BYTES = "README.md", 4096
_PLAIN = re.compile(r"[^/\\\0-\x1f]{1,200}")


def given_name(path: Path) -> str:
    """Return the short name of the model in a folder or a GGUF file.

    Folders of LayerSwarm's cache have the name of what they were made from, snapshots in the Hub's cache that of their
    repository, and blobs of Ollama that under which Ollama runs them.
    """
    if not path.is_dir():
        return name_of_blob(path) or model_name(path)
    folder = real_path(path)
    if folder.parent.name in CONVERTED and folder.parent.parent == real_path(cache_folder()):
        return _name_in_cache(folder) or folder.name
    return _repository(folder) or folder.name


def _name_in_cache(folder: Path) -> str:
    """Return what a converted model was made from, by its origin or, before there were any, by its model card."""
    origin = read_origin(folder)
    if origin is not None and _PLAIN.fullmatch(origin.name) and origin.name not in (".", ".."):
        return origin.name
    with suppress(BadInput, OSError), open_regular(folder / _CARD) as file:
        named = _BASE_MODEL.search(file.read(_CARD_BYTES).decode(errors="replace"))
        return named[1] if named and named[1].strip(".") else ""
    return ""


def _repository(folder: Path) -> str:
    """Return the name of the repository that a folder is a snapshot of, or an empty text."""
    storage = folder.parent.parent.name
    is_snapshot = folder.parent.name == "snapshots" and _DIGEST.fullmatch(folder.name) is not None
    return storage.rsplit("--", 1)[-1] if is_snapshot and storage.startswith(_REPOSITORY) else ""
