"""Refuse what is given on the command line, in English: no window shows it."""

from engine.api.errors import BadInput
from engine.api.message import joined


class WrongUsage(BadInput):
    """The options or arguments of a command cannot be used.

    Args:
        sentence: What is wrong, where, and what to do.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(joined(sentence))
