"""Errors for users: each message is one sentence on what is wrong, where, and what to do."""

from pathlib import Path

from engine.api.message import Message, worded
from engine.api.secrets import without_secrets

WITHOUT_A_FILE = worded("restore it from a copy, or begin a new run (--new-run)")
"""Advice for a file of a run that cannot be used."""
NO_NUMBERS = worded("The model computes nan or inf; its weights are damaged, or try device.dtype=float32.")
"""Where no token can be chosen."""

_SHOWN = 300
"""Characters of a text that cannot be used."""


class LayerSwarmError(Exception):
    """A failure that can be explained. The command line exits with 1.

    Args:
        sentence: The explanation; a ``Message``, so that the window can word it in its language.
    """

    def __init__(self, sentence: Message) -> None:
        super().__init__(sentence)

    @property
    def sentence(self) -> str:
        """The message as it was given: a ``Message`` keeps what it was made of, which ``str(error)`` does not."""
        return self.args[0] if self.args and isinstance(self.args[0], str) else str(self)


class BadInput(LayerSwarmError):
    """The user gave something that cannot be used: a setting, a path, a model. The command line exits with 2."""


def unusable_file(path: Path) -> BadInput:
    """Return the error for a file of a run that is damaged or missing."""
    state = worded("damaged") if path.exists() else worded("missing")
    return BadInput(worded("{0} is {1}; {2}.", path, state, WITHOUT_A_FILE))


def not_unicode(text: str) -> BadInput:
    """Return the error for a text with half a surrogate pair, which no file and no event can hold."""
    return BadInput(
        worded(
            "{0} holds a character that is not Unicode, such as a part of a name in another encoding; rename the file "
            "or folder, or correct the text.",
            repr(text[:_SHOWN]),
        )
    )


def check_unicode(text: str) -> None:
    """Raise BadInput where a text, such as a path, is not Unicode."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise not_unicode(text) from None


def in_one_line(error: object, most: int | None = None) -> str:
    """Return the message of an error without line breaks and secrets, and at most ``most`` characters of it."""
    return without_secrets(" ".join(str(error).split()))[:most]


def quoted(error: object, most: int | None = None) -> Message:
    """Return what a library or another program reports, in quotation marks, as part of a sentence.

    Libraries speak English, so the marks set off their words in a sentence of another language. Words of our own stay
    without them.
    """
    if isinstance(error, Exception) and error.args and isinstance(error.args[0], Message):
        return error.args[0]
    words = in_one_line(error, most).rstrip(".") or type(error).__name__
    return worded('"{0}"', words)
