"""Everything in an exported folder that is not weights: the edited config, and the source's own small files."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from engine.api.events import RemovalSet
from engine.api.files import write_atomically
from engine.models.companion_files import companion_files
from engine.models.folder import ModelFolder
from engine.models.older_readers import write_for_older_readers
from engine.models.pruned_config import pruned_config
from engine.models.weight_names import EXPLICIT_KEY

CARD_FILE = "README.md"


def write_companions(source: ModelFolder, removed: RemovalSet, target: Path) -> None:
    """Copy the companion files and write the pruned config: the source's own JSON with only what must change.

    The files are copied as they are: a tokenizer that transformers writes anew may no longer be readable by older
    versions; the source's own is. What transformers 5 has written in new keys only is said again for transformers 4.
    The weights have their usual names, so a config that names others for them does so no more.

    Raises:
        BadInput: no config can describe this removal.
    """
    copy_companions(source.path, target)
    config = pruned_config(source.config(), removed)
    config.pop(EXPLICIT_KEY, None)
    write_atomically(target / "config.json", json.dumps(config, indent=2, ensure_ascii=False).encode() + b"\n")
    write_for_older_readers(target)


def copy_companions(source: Path, target: Path, wanted: Callable[[str], bool] = lambda _name: True) -> None:
    """Copy those companion files that ``wanted`` says yes to, by their names in the folder; none is overwritten."""
    for file in companion_files(source):
        copy = target / file.relative_to(source)
        if wanted(copy.relative_to(target).as_posix()) and not copy.exists():
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(file, copy)
            copy.chmod(0o644)
