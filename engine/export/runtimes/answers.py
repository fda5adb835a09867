"""What is asked of a runtime and what it answers; nothing here needs a model library."""

from collections.abc import Sequence
from typing import Protocol

import msgspec


class Question(msgspec.Struct, frozen=True):
    """Continue each prompt with ``count`` tokens, always the most likely one."""

    runtime: str
    path: str
    prompts: list[list[int]]
    count: int
    top: int
    """How many of the most likely tokens are told at each position, at most."""


class Answer(msgspec.Struct, frozen=True):
    """A runtime's continuation of one prompt."""

    tokens: list[int]
    top: list[list[tuple[int, float]]]
    """Before each of these tokens: (token, log-probability), the most likely first."""


class Answers(msgspec.Struct, frozen=True):
    """All continuations, and how fast they came."""

    answers: list[Answer]
    tokens_per_second: float


class Runtime(Protocol):
    """A loaded model."""

    def answer(self, prompt: Sequence[int], count: int, top: int) -> tuple[Answer, float]:
        """The greedy continuation, and the seconds that its tokens took after the prompt."""
