"""Export settings: as a JSON file, and as the command line that has the same effect."""

import json
import shlex
from pathlib import Path

import msgspec

from engine.api.editing import describe_settings, settings_from, value_of
from engine.api.errors import BadInput, quoted
from engine.api.files import write_atomically
from engine.api.message import worded
from engine.api.project_file import json_in
from engine.api.settings import Settings
from engine.api.system_errors import system_words

_KIND = "layerswarm settings"


def write_settings(path: Path, settings: Settings) -> None:
    """Write all settings as indented JSON.

    Raises:
        BadInput: The file cannot be written.
    """
    content = {"kind": _KIND, "settings": msgspec.to_builtins(settings)}
    try:
        write_atomically(path, json.dumps(content, indent=2, ensure_ascii=False).encode())
    except OSError as error:
        raise BadInput(
            worded("{0} cannot be written ({1}); choose another place.", path, system_words(error))
        ) from None


def read_settings(path: Path) -> Settings:
    """Read a file of ``write_settings``.

    Settings missing from the file keep their defaults.

    Raises:
        BadInput: The file cannot be read, holds no settings, or holds a value that cannot be used.
    """
    try:
        content = json_in(path)
    except OSError as error:
        raise BadInput(worded("{0} cannot be read ({1}); choose another file.", path, system_words(error))) from None
    except ValueError as error:
        raise BadInput(
            worded("{0} is not a JSON file ({1}); choose a file that LayerSwarm has exported.", path, quoted(error))
        ) from None
    if not isinstance(content, dict) or not isinstance(content.get("settings"), dict):
        raise BadInput(worded("{0} holds no settings of LayerSwarm; choose a file that it has exported.", path))
    return settings_from(content["settings"])


def command_line(settings: Settings, folder: str) -> str:
    """Return the commands for a POSIX shell that create a project with these settings and run it."""
    folder, model = shlex.quote(folder), settings.model
    parts = ["layerswarm", "new", folder, "--model", shlex.quote(model.source)]
    if model.revision != Settings().model.revision:
        parts += ["--revision", shlex.quote(model.revision)]
    for assignment in changes_from_default(settings):
        parts += ["--set", shlex.quote(assignment)]
    return f"{' '.join(parts)}\nlayerswarm run {folder}"


def changes_from_default(settings: Settings) -> list[str]:
    """Return ``key=value`` for every setting, except the model, that differs from the default."""
    default = Settings()
    keys = [field.key for field in describe_settings() if not field.key.startswith("model.")]
    changed = [key for key in keys if value_of(settings, key) != value_of(default, key)]
    given = [key for key in changed if not (key.startswith("budget.") and value_of(settings, key) is None)]
    return [f"{key}={_spelt(value_of(settings, key))}" for key in given]


def _spelt(value: object) -> str:
    """Return a value in the form that ``--set`` reads."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return json.dumps(list(value), ensure_ascii=False)
    return json.dumps(value)
