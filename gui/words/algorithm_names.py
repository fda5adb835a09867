"""Titles of the search algorithms in the window's language."""

from engine.api.algorithms import algorithm_label
from gui.words.translation import engine_text


def algorithm_name(key: str) -> str:
    """Return the short title of an algorithm; of one that is not installed, its key in words."""
    return engine_text(algorithm_label(key))
