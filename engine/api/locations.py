"""Where LayerSwarm keeps things on this computer."""

import os
from pathlib import Path
from typing import Literal

import platformdirs

Part = Literal["gguf", "dequantised", "merged"]
CONVERTED: tuple[Part, ...] = ("gguf", "dequantised", "merged")
"""Parts of the cache that hold model folders made of something else: a GGUF file, a quantised model, an adapter."""


def cache_folder() -> Path:
    """Converted models and generated text; safe to delete. ``LAYERSWARM_CACHE`` names another place."""
    named = os.environ.get("LAYERSWARM_CACHE")
    return given_path(named) if named else platformdirs.user_cache_path("layerswarm")


def given_path(text: str) -> Path:
    """Return a path as given: ``~`` and ``~account`` are home folders, ``~name`` of no account is a name."""
    return Path(os.path.expanduser(text))  # Path's own method raises where there is no such account


def program(folder: Path, name: str) -> str | None:
    """Return the program of that name in a folder, whatever the folder is called; None where there is none.

    A search path is no help: it is a list, in which a folder's own ``:`` or ``;`` ends an entry.
    """
    paths = (folder / f"{name}{ending}" for ending in ("", ".exe"))
    return next((str(path) for path in paths if path.is_file() and os.access(path, os.X_OK)), None)


def config_folder() -> Path:
    """What a person has set up for all projects: the window's preferences, presets of their own."""
    return platformdirs.user_config_path("layerswarm")
