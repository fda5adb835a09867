"""Sentences for the user about unusual tensors of a model."""

from collections.abc import Iterator, Sequence

from engine.api.plurals import plural
from engine.models.inventory import Inventory, Stored


def inventory_notes(inventory: Inventory) -> tuple[str, ...]:
    """Return sentences about tensors that exports leave out, keep unused, or treat differently from config.json."""
    return tuple(_notes(inventory))


def _notes(inventory: Inventory) -> Iterator[str]:
    if inventory.left_out:
        yield (
            f"{_named(inventory.left_out)} {_are(inventory.left_out)} not loaded by transformers; exports leave "
            f"{_them(inventory.left_out)} out."
        )
    if inventory.apart:
        yield (
            f"{_named(inventory.apart)} {_are(inventory.apart)} not part of the language model; exports keep "
            f"{_them(inventory.apart)} unchanged, but not as counted parameters."
        )
    for stored in inventory.untied:
        yield (
            f"{stored.name} differs from the embedding, although config.json ties the two; both count, and exports "
            "state tie_word_embeddings=false."
        )


def _named(tensors: Sequence[Stored]) -> str:
    if len(tensors) == 1:
        return tensors[0].name
    size = sum(stored.entry.size for stored in tensors) / 1e6
    return f"{len(tensors)} tensors ({size:,.1f} MB), such as {tensors[0].name},"


def _them(tensors: Sequence[Stored]) -> str:
    return plural(len(tensors), "it", "them")


def _are(tensors: Sequence[Stored]) -> str:
    return plural(len(tensors), "is", "are")
