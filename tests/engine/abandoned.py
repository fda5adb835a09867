"""Names of temporary files as a process that no longer runs has left them."""

from pathlib import Path

from engine.api.owners import owner_of


def abandoned(path: Path) -> Path:
    """Return the path with a name of an earlier process with this one's number."""
    owner = owner_of(path.name)
    assert owner is not None
    return path.with_name(path.name.replace(f".{owner.pid}.{owner.started}.", f".{owner.pid}.{owner.started - 100}."))
