"""The callback by which slow functions report their progress."""

from collections.abc import Callable

from engine.api.message import Message

Report = Callable[[Message, float, float], None]
"""Called as ``report(message, done, total)``; ``total`` is 0 if unknown. It may raise to stop the work."""


def silent(message: str, done: float, total: float) -> None:
    """Ignore the progress."""
