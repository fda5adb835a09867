"""Yield documents in an order drawn from a seed, however large their file is."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.calibration.columns import Document

Read = Callable[[], Iterator[Document]]
"""Starts reading the documents from the beginning; they are always the same."""

IN_MEMORY = 200_000_000
"""Characters of documents kept in memory; of a larger file only the next documents are kept."""
_OFTEN = 256
"""Documents that are read between two chances to stop."""
_FIRST_ROUND, _ROUND = 4096, 65536
"""Documents fetched in one pass over a large file: fewer at first, since these often suffice."""


def drawn_order(
    read: Read, seed: int, in_memory: int = IN_MEMORY, check: Callable[[], object] = lambda: None
) -> tuple[int, Iterator[Document]]:
    """Return the number of documents, and all of them in an order that depends on ``seed`` alone.

    Args:
        read: Starts reading the documents.
        seed: Seed of the order.
        in_memory: Characters of documents that are kept in memory.
        check: Called now and then while all documents are read. It may raise to stop.
    """
    count, kept = _counted(_checked(read(), check), in_memory)
    order = np.random.default_rng(seed).permutation(count).tolist()
    again = partial(_checked, check=check)
    return count, _fetched(lambda: again(read()), order) if kept is None else (kept[index] for index in order)


def _checked(documents: Iterator[Document], check: Callable[[], object]) -> Iterator[Document]:
    for number, document in enumerate(documents):
        if number % _OFTEN == 0:
            check()
        yield document


def _counted(documents: Iterator[Document], in_memory: int) -> tuple[int, list[Document] | None]:
    """Count the documents, and keep all of them where they are few enough."""
    count, characters = 0, 0
    kept: list[Document] | None = []
    for document in documents:
        count += 1
        characters += len(document if isinstance(document, str) else document.plain)
        if characters > in_memory:
            kept = None
        if kept is not None:
            kept.append(document)
    return count, kept


def _fetched(read: Read, order: list[int]) -> Iterator[Document]:
    """Yield the documents in this order, some thousands in each pass over the file."""
    begin, size = 0, _FIRST_ROUND
    while begin < len(order):
        wanted = order[begin : begin + size]
        found = _picked(read(), frozenset(wanted))
        for index in wanted:
            yield found.pop(index)
        begin, size = begin + size, _ROUND


def _picked(documents: Iterator[Document], wanted: frozenset[int]) -> dict[int, Document]:
    found: dict[int, Document] = {}
    for index, document in enumerate(documents):
        if index in wanted:
            found[index] = document
        if len(found) == len(wanted):
            return found
    raise BadInput(worded("A text file became shorter while it was read; do not change it until the run has begun."))
