"""Define the questions to a runtime and its answers, without any model library."""

from typing import Protocol

import msgspec

Likely = list[tuple[int, float]]
"""(token, log-probability) of the most likely tokens at one position, the most likely first."""


class Text(msgspec.Struct, frozen=True):
    """A prompt, and the tokens with which the pruned model continues it."""

    prompt: list[int]
    tokens: list[int]


class Question(msgspec.Struct, frozen=True):
    """Asks for the most likely tokens before each token of every text."""

    runtime: str
    path: str
    texts: list[Text]
    top: int
    """Largest number of most likely tokens to report at each position."""
    plain: int
    """A token of whole letters."""


class Answers(msgspec.Struct, frozen=True):
    """The most likely tokens before each token of every text, and how fast the runtime decodes."""

    likely: list[list[Likely]]
    tokens_per_second: float


class Runtime(Protocol):
    """A loaded model."""

    def answer(self, text: Text, top: int, plain: int) -> tuple[list[Likely], float]:
        """Predict each token of a text.

        Args:
            text: A prompt with a continuation.
            top: Number of most likely tokens to report.
            plain: A token of whole letters.

        Returns:
            The most likely tokens before each token of the continuation, and the seconds per token.
        """
