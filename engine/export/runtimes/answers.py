"""What is asked of a runtime and what it answers; nothing here needs a model library."""

from typing import Protocol

import msgspec

Likely = list[tuple[int, float]]
"""(token, log-probability) of the most likely tokens at one position, the most likely first."""


class Text(msgspec.Struct, frozen=True):
    """A prompt, and the tokens with which the pruned model goes on."""

    prompt: list[int]
    tokens: list[int]


class Question(msgspec.Struct, frozen=True):
    """What comes before each of the tokens of every text?"""

    runtime: str
    path: str
    texts: list[Text]
    top: int
    """How many of the most likely tokens are told at each position, at most."""
    plain: int
    """A token that stands for whole letters."""


class Answers(msgspec.Struct, frozen=True):
    """The most likely tokens before each token of every text, and how fast the runtime decodes."""

    likely: list[list[Likely]]
    tokens_per_second: float


class Runtime(Protocol):
    """A loaded model."""

    def answer(self, text: Text, top: int, plain: int) -> tuple[list[Likely], float]:
        """What the model expects before each token of the text, and the seconds per token behind the prompt."""
