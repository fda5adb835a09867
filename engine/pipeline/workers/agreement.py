"""Check that another process has the versions and the model of a run, without importing model libraries."""

from importlib.metadata import version
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.api.plurals import all_of
from engine.models.folder import folder_digest

PACKAGES = ("layerswarm", "torch", "transformers")
"""Packages whose versions must be those of the run, since others may round otherwise."""


def own_versions() -> dict[str, str]:
    """Return the versions of ``PACKAGES`` in this process."""
    return {package: version(package) for package in PACKAGES}


def check_versions(wanted: dict[str, str]) -> None:
    """Refuse to work for a run whose versions differ from this process's.

    Raises:
        BadInput: They do; the message names them.
    """
    own = own_versions()
    other = [
        worded("{0} {1} instead of {2}", package, own.get(package, worded("is missing")), asked)
        for package, asked in wanted.items()
        if own.get(package) != asked
    ]
    if other:
        raise BadInput(worded("it has {0}; install the same versions there.", all_of(other)))


def check_model(folder: Path, digest: str) -> None:
    """Refuse a folder that holds another model than the run's.

    Raises:
        BadInput: It does, or it cannot be read.
    """
    if (found := folder_digest(folder)) != digest:
        raise BadInput(
            worded(
                "the model in {0} is another one than the run's (its digest is {1} instead of {2}).",
                folder,
                found,
                digest,
            )
        )
