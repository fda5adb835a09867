"""How the slow parts tell where they are."""

from collections.abc import Callable

Report = Callable[[str, float, float], None]
"""Called as ``report(message, done, total)``; ``total`` is 0 where it is not known. It may raise to stop the work."""


def silent(message: str, done: float, total: float) -> None:
    """A report that nobody reads."""
