"""Sentences for the user about unusual tensors of a model."""

from collections.abc import Iterator, Sequence

from engine.api.message import Message, worded, worded_count
from engine.models.inventory import Inventory, Stored


def inventory_notes(inventory: Inventory) -> tuple[Message, ...]:
    """Return sentences about tensors that exports leave out, keep unused, or treat differently from config.json."""
    return tuple(_notes(inventory))


def _notes(inventory: Inventory) -> Iterator[Message]:
    if inventory.left_out:
        yield worded_count(
            len(inventory.left_out),
            "{1} is not loaded by transformers; exports leave it out.",
            "{0} tensors ({2:,.1f} MB), such as {1}, are not loaded by transformers; exports leave them out.",
            *_named(inventory.left_out),
        )
    if inventory.apart:
        yield worded_count(
            len(inventory.apart),
            "{1} is not part of the language model; exports keep it unchanged, but not as counted parameters.",
            "{0} tensors ({2:,.1f} MB), such as {1}, are not part of the language model; exports keep them unchanged, "
            "but not as counted parameters.",
            *_named(inventory.apart),
        )
    for stored in inventory.untied:
        yield worded(
            "{0} differs from the embedding, although config.json ties the two; both count, and exports state "
            "tie_word_embeddings=false.",
            stored.name,
        )


def _named(tensors: Sequence[Stored]) -> tuple[str, float]:
    """Return the name of the first tensor, and megabytes of all of them."""
    return tensors[0].name, sum(stored.entry.size for stored in tensors) / 1e6
