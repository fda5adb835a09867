"""Find the models of LM Studio, which keeps them as ``PUBLISHER/MODEL/FILE.gguf`` below one folder.

The folder is ``models`` in LM Studio's home, unless its settings name another one (``downloadsFolder``). The home is
``~/.lmstudio``, formerly ``~/.cache/lm-studio``, or the one that ``~/.lmstudio-home-pointer`` names.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.regular_files import read_regular
from engine.model_files.gguf_names import is_later_part

_POINTER = ".lmstudio-home-pointer"
_LARGEST = 1 << 20
_MOST_FILES = 5000


def lm_studio_models() -> list[Path]:
    """Return LM Studio's models: GGUF files, the first part of split ones, and folders with safetensors."""
    found = (entry for folder in _folders() for entry in islice(_entries(folder), _MOST_FILES))
    return sorted(set(found))


def _folders() -> Iterator[Path]:
    """Yield every folder of models that exists."""
    home = Path.home()
    homes = [home / ".lmstudio", home / ".cache" / "lm-studio"]
    with suppress(BadInput, OSError, ValueError):
        pointed = read_regular(home / _POINTER, _LARGEST).decode().strip()
        if Path(pointed).is_absolute():
            homes.insert(0, Path(pointed))
    for place in homes:
        for folder in (place / "models", _chosen_folder(place / "settings.json")):
            if folder is not None and folder.is_dir():
                yield folder


def _chosen_folder(settings: Path) -> Path | None:
    """Return the folder that LM Studio's settings name, or None."""
    with suppress(BadInput, OSError, ValueError, RecursionError):
        content = json.loads(read_regular(settings, _LARGEST))
        named = content.get("downloadsFolder") if isinstance(content, dict) else None
        if isinstance(named, str) and Path(named).is_absolute():
            return Path(named)
    return None


def _entries(folder: Path) -> Iterator[Path]:
    """Yield the models of a folder; the depth is fixed, so links cannot lead in circles."""
    for model in folder.glob("*/*/"):
        if (model / "config.json").is_file():
            yield model
        for file in model.glob("*.gguf"):
            if not file.name.startswith(("._", "mmproj")) and not is_later_part(file) and file.is_file():
                yield file
