"""Which environment the engine runs in: the choice of this computer's user, and what is known of an environment.

Two files. ``engine.json`` in the configuration folder names the place of the environment that LayerSwarm has made, or
the Python of one that the person has. ``environment.json`` in that place names the folder that is whole; whatever else
is there is half-made and never used. No project can write either.
"""

import re
import sys
from pathlib import Path

import msgspec
import platformdirs

from engine.api.files import write_atomically
from engine.api.locations import config_folder, given_path
from engine.api.owners import owner_of
from engine.api.regular_files import read_regular

_CHOICE, _RECORD = "engine.json", "environment.json"
ENVIRONMENT = "environment-"
"""Beginning of the name of an environment's folder; eight hexadecimal digits follow."""
DOWNLOADS, LOCK = "downloads", "lock"
_ENVIRONMENT = re.compile(f"{ENVIRONMENT}[0-9a-f]{{8}}")
_LARGEST = 1 << 20
"""Bytes of such a file."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What the person has chosen; one of the two is empty."""

    place: str = ""
    """Folder of an environment that LayerSwarm has made."""
    python: str = ""
    """Python of an environment that the person has."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What an environment was made of."""

    folder: str
    """Name of its folder in the place."""
    version: str
    """Version of LayerSwarm that made it."""
    pins: str
    """Mark of the pins that it was made with."""
    build: str
    """Key of the build of torch."""
    parts: tuple[str, ...]
    packages: dict[str, str]
    """Installed versions by normalised name."""
    wheels: str = ""
    """Folder of wheels that it was made from; empty for an index."""

    @property
    def torch(self) -> str:
        """The installed version of torch."""
        return self.packages.get("torch", "")


def default_place() -> Path:
    """Return the folder in which the environment is made unless the person chooses another."""
    return platformdirs.user_data_path("layerswarm") / "engine"


def read_choice() -> Choice:
    """Return what was chosen on this computer; nothing where that is damaged or missing."""
    try:
        return msgspec.json.decode(read_regular(config_folder() / _CHOICE, _LARGEST), type=Choice)
    except (OSError, ValueError, msgspec.MsgspecError):
        return Choice()


def write_choice(choice: Choice) -> None:
    """Choose an environment for every window and command of this user."""
    write_atomically(config_folder() / _CHOICE, msgspec.json.encode(choice))


def forget_choice() -> None:
    """Choose no environment."""
    (config_folder() / _CHOICE).unlink(missing_ok=True)


def read_record(place: Path) -> Record | None:
    """Return the record of the whole environment in a place; None where there is none."""
    try:
        record = msgspec.json.decode(read_regular(place / _RECORD, _LARGEST), type=Record)
    except (OSError, ValueError, msgspec.MsgspecError):
        return None
    return record if Path(record.folder).name == record.folder and record.folder not in ("", "..") else None


def write_record(place: Path, record: Record) -> None:
    """Make an environment the one of its place, in one step."""
    write_atomically(place / _RECORD, msgspec.json.encode(record))


def remove_record(place: Path) -> None:
    """Leave a place without a whole environment."""
    (place / _RECORD).unlink(missing_ok=True)


def environments_in(place: Path) -> list[Path]:
    """Return the folders in a place that are named like an environment that LayerSwarm has made."""
    found = place.iterdir() if place.is_dir() else ()
    return [each for each in found if _ENVIRONMENT.fullmatch(each.name) and each.is_dir() and not each.is_symlink()]


def foreign_name(place: Path) -> str:
    """Return the name of something in a place that LayerSwarm has not made; empty where there is nothing such."""
    own = {_RECORD, DOWNLOADS, LOCK}
    names = sorted(each.name for each in place.iterdir()) if place.is_dir() else []
    foreign = (
        name
        for name in names
        if name not in own and not name.startswith(".") and not _ENVIRONMENT.fullmatch(name) and not owner_of(name)
    )
    return next(foreign, "")


def python_in(environment: Path) -> Path:
    """Return the interpreter of a virtual environment."""
    windows = environment / "Scripts" / "python.exe"
    if windows.exists() or sys.platform == "win32":
        return windows
    names = (environment / "bin" / name for name in ("python", "python3"))
    return next((each for each in names if each.exists()), environment / "bin" / "python")


def python_of(given: str) -> Path:
    """Return the interpreter that a person names: itself, or the folder of an environment."""
    path = given_path(given).absolute()
    return python_in(path) if path.is_dir() else path
