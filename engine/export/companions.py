"""Everything in an exported folder that is not weights: the edited config, and the source's own small files."""

import json
import shutil
from fnmatch import fnmatch
from pathlib import Path

from engine.api.events import RemovalSet
from engine.api.files import write_atomically
from engine.models.folder import ModelFolder
from engine.models.older_readers import write_for_older_readers
from engine.models.pruned_config import pruned_config

MANIFEST_FILE = "layerswarm.json"
CARD_FILE = "README.md"

PROCESSOR_FILES = ("processor_config.json",)
"""Endings of the names of files that describe how pictures, videos and sound are read."""
_COPIED = ("*.json", "*.jinja", "*.model", "*.tiktoken", "*.txt", "LICEN[SC]E*", "NOTICE*", "USE_POLICY*")
_NOT_COPIED = ("config.json", "*.index.json", "adapter_*", MANIFEST_FILE)


def companion_files(source: Path) -> list[Path]:
    """The tokenizer files, chat template, generation config and licence, which are copied as they are.

    A tokenizer that transformers writes anew may no longer be readable by older versions; the source's own is.
    """
    return sorted(file for file in source.iterdir() if file.is_file() and _is_companion(file.name))


def write_companions(source: ModelFolder, removed: RemovalSet, target: Path) -> None:
    """Copy the companion files and write the pruned config: the source's own JSON with only what must change.

    What transformers 5 has written in new keys only is said again for transformers 4.

    Raises:
        BadInput: no config can describe this removal.
    """
    for file in companion_files(source.path):
        shutil.copyfile(file, target / file.name)
        (target / file.name).chmod(0o644)
    config = pruned_config(source.config(), removed)
    write_atomically(target / "config.json", json.dumps(config, indent=2, ensure_ascii=False).encode() + b"\n")
    write_for_older_readers(target)


def _is_companion(name: str) -> bool:
    wanted = any(fnmatch(name, pattern) for pattern in _COPIED)
    return wanted and not any(fnmatch(name, pattern) for pattern in _NOT_COPIED)
