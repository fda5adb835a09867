"""The user's own presets: all settings except the model, saved under a name on this computer for all projects."""

from pathlib import Path

import msgspec

from engine.api.errors import BadInput
from engine.api.locations import config_folder
from engine.api.message import Message, worded
from engine.api.presets import PRESETS
from engine.api.settings import Settings
from engine.api.settings_file import read_settings, write_settings
from engine.api.system_errors import system_words

_LONGEST = 60
_FORBIDDEN = frozenset('/\\:*?"<>|')
"""Characters that some system forbids in file names."""


def own_presets() -> tuple[str, ...]:
    """Return the names of the user's presets, sorted."""
    names = (file.stem for file in _folder().glob("*.json") if not file.name.startswith("."))
    return tuple(sorted(names, key=str.casefold))


def with_own_preset(settings: Settings, name: str) -> Settings:
    """Return the preset's settings with the model of ``settings``.

    Raises:
        BadInput: There is no such preset, or it cannot be read.
    """
    file = _file(name)
    if not file.exists():
        raise BadInput(
            worded("There is no preset '{0}'; choose one of {1}.", name, ", ".join((*PRESETS, *own_presets())))
        )
    return msgspec.structs.replace(read_settings(file), model=settings.model)


def keep_preset(name: str, settings: Settings) -> None:
    """Save settings under a name, replacing an earlier preset of that name.

    Raises:
        BadInput: The name cannot be used, or the preset cannot be written.
    """
    problem = problem_of_name(name)
    if problem:
        raise BadInput(problem)
    write_settings(_file(name), msgspec.structs.replace(settings, model=Settings().model))


def problem_of_name(name: str) -> Message | None:
    """Return a sentence on why a preset cannot have this name; None where it can."""
    name = name.strip()
    if not name:
        return worded("A preset needs a name.")
    if name.casefold() in map(str.casefold, PRESETS):
        return worded("{0} is one of LayerSwarm's own presets; choose another name.", name)
    if len(name) > _LONGEST or name[0] == "." or name[-1] == "." or not name.isprintable() or _FORBIDDEN & set(name):
        return worded(
            "'{0}' cannot be the name of a file; choose a shorter one of letters and digits.", name[:_LONGEST]
        )
    return None


def delete_preset(name: str) -> None:
    """Delete a preset; a missing one is ignored.

    Raises:
        BadInput: It cannot be deleted.
    """
    try:
        _file(name).unlink(missing_ok=True)
    except OSError as error:
        raise BadInput(worded("The preset '{0}' cannot be deleted ({1}).", name, system_words(error))) from None


def _folder() -> Path:
    return config_folder() / "presets"


def _file(name: str) -> Path:
    return _folder() / f"{name.strip()}.json"
