"""Events of the playground, where models continue the user's prompt; never journalled."""

from engine.api.evaluation_events import Variant
from engine.api.event import Event


class PieceWritten(Event, frozen=True, kw_only=True):
    """A model has generated more text; the concatenated pieces of a variant are its text.

    The first piece of a variant is empty and announces that the model reads the prompt; the last one is ``done``.
    """

    variant: Variant
    text: str
    """Whole characters only."""
    tokens: int
    """Tokens generated so far."""
    tokens_per_second: float = 0.0
    """Speed since the first token, whose time includes reading the prompt; 0 until there are two tokens."""
    done: bool = False
