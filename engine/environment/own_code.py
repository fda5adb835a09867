"""Give another Python the engine's code: ``engine`` and ``resources``, and nothing that stands beside them.

An installed LayerSwarm is in a folder with other packages, which the other Python must not import, so its own ones are
copied. The copy also keeps a run whole while LayerSwarm is updated.
"""

import hashlib
import importlib.metadata
import shutil
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from engine.api.files import make_folder
from engine.api.interpreter import HOME, is_beside_packages
from engine.api.temporary import partial_export
from engine.api.version import VERSION
from engine.environment.record import default_place

_PACKAGES = ("engine", "resources")


def code_folder() -> Path:
    """Return the folder for ``PYTHONPATH``; made once for each installed version.

    Raises:
        OSError: It cannot be written.
    """
    if not is_beside_packages():
        return HOME
    sources = {name: _source(name) for name in _PACKAGES}
    target = copies_folder() / f"{VERSION}-{_digest(sources)}"
    if not target.is_dir():
        make_folder(target.parent)
        with partial_export(target) as partial:
            _copy(sources, partial)
            if not target.is_dir():  # another process may have been quicker
                partial.rename(target)
    return target


def copies_folder() -> Path:
    """Return the folder of the copies."""
    return default_place().parent / "code"


def remove_other_copies(kept: Path | None = None) -> None:
    """Remove the copies of other versions than one, or of all."""
    for each in copies_folder().glob("*-*"):
        if each != kept:
            shutil.rmtree(each, ignore_errors=True)
    remove_empty(copies_folder())


def remove_empty(folder: Path) -> None:
    """Remove a folder if there is nothing in it."""
    with suppress(OSError):
        folder.rmdir()


def _copy(sources: dict[str, Path], target: Path) -> None:
    for name, source in sources.items():
        shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    # extensions are found, and requirements read, by the metadata of the distribution
    info = target / f"layerswarm-{VERSION}.dist-info"
    info.mkdir()
    # as it is: some versions of Python cannot write what they have parsed
    found = importlib.metadata.distribution("layerswarm")
    stated = found.read_text("METADATA") or found.read_text("PKG-INFO")  # in a checkout that was installed
    info.joinpath("METADATA").write_text(stated or "", encoding="utf-8")


def _source(package: str) -> Path:
    return Path(str(files(package)))


def _digest(sources: dict[str, Path]) -> str:
    """Return a mark that changes when a file does."""
    mark = hashlib.sha256()
    for name, folder in sources.items():
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                stat = path.stat()
                mark.update(f"{name}/{path.relative_to(folder)}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    return mark.hexdigest()[:12]
