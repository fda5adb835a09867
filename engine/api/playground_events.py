"""What the engine says while models write after a person's prompt; never journalled."""

from engine.api.evaluation_events import Variant
from engine.api.event import Event


class PieceWritten(Event, frozen=True, kw_only=True):
    """A model has gone on writing; the pieces of a variant, one after the other, are its text.

    The first piece of a variant is empty and says that it reads the prompt; the last one is ``done``.
    """

    variant: Variant
    text: str
    """Whole characters only."""
    tokens: int
    """Written so far."""
    tokens_per_second: float = 0.0
    """Since the first token, which the reading of the prompt is a part of; 0 until there are two."""
    done: bool = False
