"""Load extensions that other installed distributions register as entry points.

A distribution registers one in its ``pyproject.toml``, under a group that LayerSwarm defines::

    [project.entry-points."layerswarm.export_targets"]
    npz = "layerswarm_npz:TARGET"

See https://packaging.python.org/en/latest/specifications/entry-points/.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Generic, Protocol, TypeVar

from engine.api.errors import quoted
from engine.api.message import Message, worded


class Record(Protocol):
    """What extensions register: a record that settings name by its key."""

    @property
    def key(self) -> str:
        """The name in settings."""
        ...


T = TypeVar("T")
R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Plugin(Generic[T]):
    """An extension that was loaded and checked."""

    value: T
    distribution: str
    """Name of the distribution that registers it."""


@dataclass(frozen=True)
class Plugins(Generic[T]):
    """The extensions of one group. A broken one is left out and does not disturb the others."""

    loaded: tuple[Plugin[T], ...]
    faults: tuple[Message, ...]
    """One sentence for each broken extension: its distribution, its entry point, the reason."""


def load_plugins(group: str, check: Callable[[object], T]) -> Plugins[T]:
    """Load the extensions of an entry point group, ordered by distribution and name.

    Args:
        group: The entry point group, such as ``layerswarm.export_targets``.
        check: Returns the loaded object as the type that the group expects. Raises ``ValueError`` with the reason, as
            part of a sentence ("its key is empty"), where the object cannot be used.

    Returns:
        The usable extensions, and a sentence for every other one.
    """
    loaded, faults = [], []
    for entry in sorted(entry_points(group=group), key=lambda entry: (distribution_of(entry), entry.name)):
        try:
            loaded.append(Plugin(check(entry.load()), distribution_of(entry)))
        except (Exception, SystemExit) as error:  # code of others, which fails in its own ways
            faults.append(_fault(entry, error))
    return Plugins(tuple(loaded), tuple(faults))


def refuse_taken(check: Callable[[object], R], own: Iterable[R], taken: str) -> Callable[[object], R]:
    """Return ``check`` with a refusal of records whose key another one has already.

    Args:
        check: Returns the loaded object as a record.
        own: LayerSwarm's own records.
        taken: The reason, as part of a sentence with a gap for the key.
    """
    own_keys = {record.key for record in own}
    others: set[str] = set()

    def checked(value: object) -> R:
        record = check(value)
        if record.key in own_keys:
            raise ValueError(taken.format(record.key))
        if record.key in others:
            raise ValueError(f"another package registers the key '{record.key}' too, and only one of them can be used")
        others.add(record.key)
        return record

    return checked


def distribution_of(entry: EntryPoint) -> str:
    """Return the name of the distribution that registers an entry point."""
    return entry.dist.name if entry.dist is not None else worded("an unknown distribution")


def _fault(entry: EntryPoint, error: BaseException) -> Message:
    words = quoted(error)
    reason = (
        words
        if isinstance(error, ValueError)
        else worded("{0} fails with {1}: {2}", entry.value, type(error).__name__, words)
    )
    return worded(
        "{0} registers '{1}' in {2}, which cannot be used: {3}; update or uninstall it.",
        distribution_of(entry),
        entry.name,
        entry.group,
        reason,
    )
