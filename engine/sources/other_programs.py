"""List the models that other programs keep on this computer: LM Studio, Ollama, and GGUF files in the Hub's cache."""

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.hub_events import LocalModel, ModelKind
from engine.model_files.first_look import check_at_first_look
from engine.model_files.folder_content import architecture_or_type, read_json
from engine.model_files.gguf_names import is_later_part, part_files
from engine.model_files.gguf_start import first_fields, read_start
from engine.model_files.given_name import given_name
from engine.model_files.layer_count import layer_count
from engine.model_files.lm_studio import lm_studio_models
from engine.model_files.ollama import ollama_folders, ollama_models
from engine.sources.hub.files import hub_cache

_MOST_FILES = 5000
"""Files of the Hub's cache that are looked at, so that a huge one does not hold up the list."""


def other_models() -> Iterator[LocalModel]:
    """Yield each model once that passes the first look, whichever programs share its file."""
    seen: set[tuple[int, int]] = set()
    for kind, name, path in _found():
        with suppress(BadInput, OSError):
            status = os.stat(path)
            if (status.st_dev, status.st_ino) not in seen:
                check_at_first_look(str(path))
                seen.add((status.st_dev, status.st_ino))
                yield _described(kind, name, path, status.st_mtime)


def _found() -> Iterator[tuple[ModelKind, str, Path]]:
    for folder in ollama_folders():
        for model in ollama_models(folder):
            yield "ollama", model.name, model.file
    for path in lm_studio_models():
        yield "lm_studio", given_name(path), path
    for file in islice(hub_cache().glob("models--*/snapshots/*/**/*.gguf"), _MOST_FILES):
        if not is_later_part(file) and file.is_file():
            yield "hub_gguf", given_name(file), file


def _described(kind: ModelKind, name: str, path: Path, used: float) -> LocalModel:
    if path.is_dir():
        config = read_json(path / "config.json")
        architecture, layers = architecture_or_type(config), layer_count(config)
        files = [file for file in path.iterdir() if file.is_file()]
    else:
        fields = first_fields(read_start(path))
        architecture = str(fields.get("general.architecture", ""))
        stated = fields.get(f"{architecture}.block_count")
        layers, files = stated if isinstance(stated, int) else 0, part_files(path)
    return LocalModel(
        source=str(path),
        name=name,
        kind=kind,
        folder=str(path if path.is_dir() else path.parent),
        bytes=sum(file.stat().st_size for file in files),
        architecture=architecture,
        layers=layers,
        used=used,
    )
