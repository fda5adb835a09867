"""Openings of documents that the dense model continues: beginnings of articles, reports, stories, answers, code ...

A model that writes from nothing keeps to a few kinds of text. Openings of many kinds spread it over the kinds that
people use, without a data set; a sixth of them are in other languages than English, so that these are kept too.
"""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import cycle, islice
from random import Random

_MEASURED = frozenset(["heldout", "validation", "elsewhere"])
"""Streams that results are measured on, or that choose a step; the others never have an opening of theirs."""


@cache
def document_openings() -> tuple[str, ...]:
    """Return all openings, the same kinds side by side."""
    return tuple(json.loads(files("resources").joinpath("openings", "documents.json").read_bytes()))


def openings_of(stream: str, seed: int, number: int) -> Iterator[str]:
    """Yield the openings of one window of a stream without end: its own, then those for texts that follow in it.

    Neighbouring windows have different openings, and streams that measure have none in common with those that learn.

    Args:
        stream: Name of the stream.
        seed: Seed of the order.
        number: Number of the window in its stream.
    """
    half = list(document_openings()[stream in _MEASURED :: 2])
    Random(f"{seed}/{stream}").shuffle(half)
    return islice(cycle(half), number % len(half), None)
