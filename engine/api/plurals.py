"""Counts with their nouns in English sentences."""


def plural(count: int, noun: str, several: str = "") -> str:
    """Return ``noun`` for a count of one, otherwise ``several``, by default the noun with an s."""
    return noun if count == 1 else several or f"{noun}s"


def counted(count: int, noun: str, several: str = "") -> str:
    """Return the count and its noun: ``1 layer``, ``3 layers``."""
    return f"{count} {plural(count, noun, several)}"
