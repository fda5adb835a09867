"""What belongs into the engine's environment, and whether the packages of one are those that are needed."""

import hashlib
import importlib.metadata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.interpreter import HOME
from engine.api.message import Message, worded

_PROJECT = "layerswarm"
_ENGINE = "engine"
_OF_THE_WINDOW = ("pyside6-essentials", "pyqtgraph", "uv")
"""What only the window needs of the packages that are always installed."""


@dataclass(frozen=True)
class Part:
    """An optional part of the engine: an extra of the project."""

    key: str
    title: Message
    download: int
    """Bytes beside those of a build."""
    disk: int
    chosen: bool = False
    """Whether it is installed unless somebody decides otherwise."""


PARTS = (
    Part("formats", worded("Export to GGUF and ONNX"), 85_000_000, 330_000_000, chosen=True),
    Part("tasks", worded("Benchmark tasks (lm-eval)"), 70_000_000, 350_000_000),
    Part("openvino", worded("Export to OpenVINO"), 110_000_000, 400_000_000),
    Part("four-bit", worded("Models in 4 bits (bitsandbytes)"), 45_000_000, 120_000_000),
)
"""Sizes as measured on Linux."""
CHOSEN = tuple(part.key for part in PARTS if part.chosen)


def part_named(key: str) -> Part:
    """Return the part with a key."""
    return next(part for part in PARTS if part.key == key)


def check_parts(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the keys in the order of ``PARTS``, each once.

    Raises:
        BadInput: There is no such part.
    """
    known, given = [part.key for part in PARTS], [*keys]
    for key in given:
        if key not in known:
            raise BadInput(worded("The engine has no part '{0}'; choose from {1}.", key, ", ".join(known)))
    return tuple(key for key in known if key in given)


def requirements(parts: Iterable[str]) -> list[Requirement]:
    """Return what the engine needs with these parts, as the installed project states it.

    Raises:
        LayerSwarmError: LayerSwarm is not installed, so that nothing states it.
    """
    try:
        stated = [Requirement(text) for text in importlib.metadata.requires(_PROJECT) or ()]
    except importlib.metadata.PackageNotFoundError as error:
        raise LayerSwarmError(worded("LayerSwarm is not installed properly; install it again.")) from error
    found = [*_of_extras(stated, {"", _ENGINE, *parts})]
    return [each for each in found if canonicalize_name(each.name) not in _OF_THE_WINDOW]


def _of_extras(stated: list[Requirement], extras: set[str]) -> Iterator[Requirement]:
    """Yield the requirements of extras, with those of the extras that they name."""
    for requirement in stated:
        marker = requirement.marker
        if marker is not None and not any(marker.evaluate({"extra": extra}) for extra in extras):
            continue
        if canonicalize_name(requirement.name) == _PROJECT:
            yield from _of_extras([each for each in stated if each.marker is not None], set(requirement.extras))
        else:
            plain = Requirement(str(requirement))
            plain.marker = None
            yield plain


def pins_file() -> Path:
    """Return the file with the versions that LayerSwarm is tested with."""
    packaged = Path(str(files("resources"))) / "engine" / "constraints.txt"
    return packaged if packaged.is_file() else HOME / "packaging" / "constraints.txt"


def pins_digest() -> str:
    """Return a mark that changes with the pins."""
    return hashlib.sha256(pins_file().read_bytes()).hexdigest()[:16]


def pinned(package: str) -> str:
    """Return the pin of a package, such as ``torch==2.13.0``."""
    lines = pins_file().read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith(f"{package}=="))


def version_faults(packages: Mapping[str, str], parts: Iterable[str]) -> list[Message]:
    """Return a sentence for each package that is missing or has a version that LayerSwarm does not work with.

    Args:
        packages: The installed versions by normalised name.
        parts: The parts that are wanted.
    """
    faults = []
    for each in requirements(parts):
        version = packages.get(canonicalize_name(each.name))
        if version is None:
            faults.append(worded("{0} is missing", each.name))
        elif not each.specifier.contains(version, prereleases=True):
            faults.append(worded("{0} is {1}, but {2} is needed", each.name, version, each.specifier))
    return faults
