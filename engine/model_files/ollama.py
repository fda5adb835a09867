"""Find the models of Ollama: manifests name them, and blobs hold them.

The layout is that of Ollama's own server (https://github.com/ollama/ollama, ``server/modelpath.go``):
``manifests/HOST/NAMESPACE/MODEL/TAG`` is a JSON file whose layer of the type "model" names a GGUF file
``blobs/sha256-DIGEST``. Whatever in a manifest is not of this form is passed over: a manifest may come from anywhere.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.locations import given_path
from engine.api.regular_files import read_regular

_WEIGHTS, _ADAPTER = "application/vnd.ollama.image.model", "application/vnd.ollama.image.adapter"
_DIGEST = re.compile(r"sha256[:-]([0-9a-f]{64})")
_NAME = re.compile(r"[\w.-]{1,200}", re.ASCII)
_DEFAULT_HOST, _DEFAULT_NAMESPACE, _DEFAULT_TAG = "registry.ollama.ai", "library", "latest"
_LARGEST_MANIFEST = 1 << 20
_MOST_MANIFESTS = 2000
_SERVICE = Path("/usr/share/ollama/.ollama/models")
"""Where Ollama keeps models if it runs as a service of Linux."""


@dataclass(frozen=True)
class OllamaModel:
    """A model of Ollama: the name under which Ollama runs it, such as ``llama3.2:1b``, and its GGUF file."""

    name: str
    file: Path


def ollama_folders() -> list[Path]:
    """Return the folders of Ollama's models on this computer; ``OLLAMA_MODELS`` overrides the usual ones."""
    named = os.environ.get("OLLAMA_MODELS", "").strip("\"' ")
    places = [given_path(named)] if named else [Path.home() / ".ollama" / "models", _SERVICE]
    return [place for place in places if (place / "manifests").is_dir()]


def ollama_models(folder: Path) -> list[OllamaModel]:
    """Return the models in a folder of Ollama's that consist of one file, sorted by name."""
    found = (OllamaModel(name, file) for name, manifest in _manifests(folder) if (file := _blob(folder, manifest)))
    return sorted(found, key=lambda model: model.name)


def name_of_blob(file: Path) -> str:
    """Return the name of the model that a blob of Ollama holds as that of a file, such as ``llama3.2-1b``, or ""."""
    if file.parent.name != "blobs" or _DIGEST.fullmatch(file.name) is None:
        return ""
    named = (model.name for model in ollama_models(file.parent.parent) if model.file.name == file.name)
    return next(named, "").rsplit("/", 1)[-1].removesuffix(f":{_DEFAULT_TAG}").replace(":", "-")


def _manifests(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name and the path of each manifest; the depth is fixed, so links cannot lead in circles."""
    for number, manifest in enumerate((folder / "manifests").glob("*/*/*/*")):
        if number == _MOST_MANIFESTS:
            return
        parts = manifest.relative_to(folder / "manifests").parts
        if all(_NAME.fullmatch(part) for part in parts):
            host, namespace, model, tag = parts
            owner = "" if (host, namespace) == (_DEFAULT_HOST, _DEFAULT_NAMESPACE) else f"{namespace}/"
            yield f"{'' if host == _DEFAULT_HOST else f'{host}/'}{owner}{model}:{tag}", manifest


def _blob(folder: Path, manifest: Path) -> Path | None:
    """Return the GGUF file that a manifest names, or None if it is not exactly one file of this folder."""
    try:
        content = json.loads(read_regular(manifest, _LARGEST_MANIFEST))
    except (BadInput, OSError, ValueError, RecursionError):
        return None
    layers = content.get("layers") if isinstance(content, dict) else None
    if not isinstance(layers, list) or not all(isinstance(layer, dict) for layer in layers):
        return None
    kinds = [layer.get("mediaType") for layer in layers]
    if kinds.count(_WEIGHTS) != 1 or _ADAPTER in kinds:
        return None
    digest = _DIGEST.fullmatch(str(layers[kinds.index(_WEIGHTS)].get("digest")))
    file = folder / "blobs" / f"sha256-{digest[1]}" if digest else None
    return file if file is not None and file.is_file() else None
