"""What a model folder in the cache was made of: kept in the folder, listed and described by."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.files import write_atomically
from engine.models.folder import read_json

_FILE = ".origin"


@dataclass(frozen=True)
class Origin:
    """The name of the model that a folder was made of, and what was done to it, in sentences."""

    name: str
    notes: tuple[str, ...]


def write_origin(folder: Path, origin: Origin) -> None:
    """Keep ``origin`` in ``folder``."""
    write_atomically(folder / _FILE, json.dumps(asdict(origin), ensure_ascii=False).encode())


def read_origin(folder: Path) -> Origin | None:
    """Return what ``folder`` was made of; None for one that was not made here."""
    if not (folder / _FILE).is_file():
        return None
    try:
        kept = read_json(folder / _FILE)
    except BadInput:
        return None
    notes = kept.get("notes")
    return Origin(str(kept.get("name", "")), tuple(map(str, notes)) if isinstance(notes, list) else ())
