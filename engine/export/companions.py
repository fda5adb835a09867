"""Write everything in an exported folder besides weights: the edited config and the source's own small files."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from engine.api.events import RemovalSet
from engine.api.files import write_atomically
from engine.model_files.weight_names import EXPLICIT_KEY
from engine.models.companion_files import companion_files
from engine.models.folder import ModelFolder
from engine.models.older_readers import write_for_older_readers
from engine.models.pruned_config import pruned_config

CARD_FILE = "README.md"

PROCESSOR_FILES = ("processor_config.json",)
"""Endings of file names that describe the processing of pictures, videos and sound."""


def write_companions(source: ModelFolder, removed: RemovalSet, target: Path) -> None:
    """Copy the companion files and write the pruned config: the source's own JSON with only what must change.

    Files are copied unchanged: older versions may not read a tokenizer that transformers has saved again, but they read
    the source's own. Settings that transformers 5 stores under new keys only are written under the older keys too. The
    key that states another name of the weights is left out, since an export's weights have the usual names.

    Raises:
        BadInput: No config can describe this removal.
    """
    copy_companions(source.path, target)
    config = pruned_config(source.config(), removed)
    config.pop(EXPLICIT_KEY, None)
    write_atomically(target / "config.json", json.dumps(config, indent=2, ensure_ascii=False).encode() + b"\n")
    write_for_older_readers(target)


def copy_companions(source: Path, target: Path, wanted: Callable[[str], bool] = lambda _name: True) -> None:
    """Copy companion files, and overwrite none.

    Args:
        source: The folder to copy from.
        target: An existing folder.
        wanted: Returns whether to copy a file, by its name relative to the folder.
    """
    for file in companion_files(source):
        copy = target / file.relative_to(source)
        if wanted(copy.relative_to(target).as_posix()) and not copy.exists():
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(file, copy)
            copy.chmod(0o644)
