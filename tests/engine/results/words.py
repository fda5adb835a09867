"""Read rows of results in tests."""

from engine.results.figures import MINUS, NARROW_SPACE


def plain(text: str) -> str:
    """Return text with ordinary spaces and minus signs."""
    return text.replace(NARROW_SPACE, " ").replace(MINUS, "-")
