"""The origin of a model folder in the cache, stored in the folder itself."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.files import write_atomically
from engine.model_files.folder_content import read_json

_FILE = ".origin"


@dataclass(frozen=True)
class Origin:
    """The name of the model that a folder was made from, and sentences about how it was made."""

    name: str
    notes: tuple[str, ...]


def write_origin(folder: Path, origin: Origin) -> None:
    """Store ``origin`` in ``folder``."""
    write_atomically(folder / _FILE, json.dumps(asdict(origin), ensure_ascii=False).encode())


def read_origin(folder: Path) -> Origin | None:
    """Return the origin of ``folder``, or None if it has none."""
    if not (folder / _FILE).is_file():
        return None
    try:
        kept = read_json(folder / _FILE)
    except BadInput:
        return None
    notes = kept.get("notes")
    return Origin(str(kept.get("name", "")), tuple(map(str, notes)) if isinstance(notes, list) else ())
