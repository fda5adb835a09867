"""The origin of a model folder in the cache, stored in the folder itself."""

import json
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import msgspec

from engine.api.errors import BadInput
from engine.api.files import write_atomically
from engine.api.message import Message, Template, template_of
from engine.model_files.folder_content import read_json

_FILE = ".origin"


@dataclass(frozen=True)
class Origin:
    """The name of the model that a folder was made from, and sentences about how it was made."""

    name: str
    notes: tuple[str, ...]


class _Kept(msgspec.Struct):
    name: str = ""
    notes: tuple[str, ...] = ()
    templates: tuple[Template | None, ...] = ()
    """What each note was made of; files of earlier versions have none."""


def write_origin(folder: Path, origin: Origin) -> None:
    """Store ``origin`` in ``folder``."""
    templates = [msgspec.to_builtins(template_of(note)) for note in origin.notes]
    content = {"name": origin.name, "notes": origin.notes, "templates": templates}
    write_atomically(folder / _FILE, json.dumps(content, ensure_ascii=False).encode())


def read_origin(folder: Path) -> Origin | None:
    """Return the origin of ``folder``, or None if it has none."""
    if not (folder / _FILE).is_file():
        return None
    try:
        kept = read_json(folder / _FILE)
    except BadInput:
        return None
    try:
        found = msgspec.convert(kept, _Kept)
    except msgspec.ValidationError:
        return Origin(str(kept.get("name", "")), ())
    notes = zip_longest(found.notes, found.templates[: len(found.notes)])
    return Origin(found.name, tuple(note if made is None else Message.of(made) for note, made in notes))
