"""Short names of the models that people choose."""

from functools import lru_cache
from pathlib import Path

from engine.model_files.given_name import given_name


@lru_cache(maxsize=64)  # asked for whenever the window is drawn, and it looks at files
def source_name(source: str) -> str:
    """Return what to call a source: the model's name for a file or folder, else the source itself."""
    path = Path(source)
    return given_name(path) if path.is_absolute() else source
