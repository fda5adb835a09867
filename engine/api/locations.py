"""Locations of LayerSwarm's cache and configuration on this computer."""

import os
from pathlib import Path
from typing import Literal

import platformdirs

Part = Literal["gguf", "dequantised", "merged"]
CONVERTED: tuple[Part, ...] = ("gguf", "dequantised", "merged")
"""Parts of the cache that hold converted model folders: from GGUF files, quantised models and adapters."""


def cache_folder() -> Path:
    """Return the folder of converted models and generated text; safe to delete. ``LAYERSWARM_CACHE`` overrides it."""
    named = os.environ.get("LAYERSWARM_CACHE")
    return given_path(named) if named else usual_cache_folder()


def usual_cache_folder() -> Path:
    """Return the cache folder unless the person names another one."""
    return platformdirs.user_cache_path("layerswarm")


def given_path(text: str) -> Path:
    """Return a path as given, with ``~`` and ``~account`` expanded; ``~name`` without such an account stays a name."""
    return Path(os.path.expanduser(text))  # Path's own method raises where there is no such account


def real_path(path: Path) -> Path:
    """Return an absolute path without links, as far as they lead anywhere; a fault shows when the path is opened.

    ``Path.resolve`` raises where links lead in a circle.
    """
    try:
        return Path(os.path.realpath(path))
    except ValueError:  # it holds a NUL
        return path.absolute()


def program(folder: Path, name: str) -> str | None:
    """Return the path of an executable in a folder; None where there is none.

    ``shutil.which`` with a search path would not do: in that list, a ``:`` or ``;`` in the folder's name ends an entry.
    """
    paths = (folder / f"{name}{ending}" for ending in ("", ".exe"))
    return next((str(path) for path in paths if path.is_file() and os.access(path, os.X_OK)), None)


def program_on_path(name: str) -> str | None:
    """Return the path of an executable on the PATH; None where there is none.

    ``shutil.which`` would not do: on Windows it looks in the working folder first, and elsewhere wherever an entry is
    empty or relative. That may be somebody else's project.
    """
    folders = (Path(entry) for entry in os.get_exec_path() if os.path.isabs(entry))
    return next(filter(None, (program(folder, name) for folder in folders)), None)


def config_folder() -> Path:
    """Return the folder of what applies to all projects: the window's preferences and the user's own presets."""
    return platformdirs.user_config_path("layerswarm")
