"""Counts with their nouns, and lists of names, in English sentences."""

from collections.abc import Sequence
from functools import reduce

from engine.api.message import Message, joined, worded, worded_count


def plural(count: int, noun: str, several: str = "") -> str:
    """Return ``noun`` for a count of one, otherwise ``several``, by default the noun with an s."""
    return noun if count == 1 else several or f"{noun}s"


def counted(count: int, noun: str, several: str = "") -> str:
    """Return the count and its noun: ``1 layer``, ``3 layers``."""
    return f"{count} {plural(count, noun, several)}"


def layers_in_words(layers: Sequence[int]) -> Message:
    """Return one or several layers by their numbers: ``layer 3``, ``the layers 3, 4``."""
    return worded_count(len(layers), "layer {1}", "the layers {1}", ", ".join(map(str, layers)))


def all_of(names: Sequence[str]) -> Message:
    """Return names as one message: ``text and lists``; an empty one for none."""
    first, *others = names or ("",)
    return reduce(lambda before, name: worded("{0} and {1}", before, name), others, joined(first))


def any_of(names: Sequence[str]) -> Message:
    """Return names to choose from as one message: ``pruned or recovered``; an empty one for none."""
    first, *others = names or ("",)
    return reduce(lambda before, name: worded("{0} or {1}", before, name), others, joined(first))
