"""Titles and explanations of the search algorithms in the window's language."""

from engine.api.algorithms import algorithm_label
from gui.words.translation import engine_text


def algorithm_name(key: str) -> str:
    """Return the short title of an algorithm; of one that is not installed, its key in words."""
    return algorithm_text(algorithm_label(key))


def algorithm_text(text: str) -> str:
    """Return a title or an explanation of the algorithms' records in the window's language."""
    return engine_text(text)
