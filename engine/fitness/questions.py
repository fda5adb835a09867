"""Questions of a task as a calibration set: likelihoods of all answers, computed with shared prefixes of layers."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.fitness.batches import TrieBatch, positions_of_a_chunk
from engine.fitness.memory import Score
from engine.models.decoder_stack import DecoderStack
from engine.models.state_parking import StateParking

Answered = tuple[float, bool]
"""Log-likelihood of an answer in nats, and whether all of its tokens are the most likely ones."""


@dataclass(frozen=True)
class Answer:
    """A question followed by one of its answers."""

    tokens: tuple[int, ...]
    """Tokens of the question and the answer."""
    asked: int
    """Number of tokens at the end that form the answer."""


@dataclass(frozen=True)
class Question:
    """Answers to choose from, and the task's own rule that rates the choice."""

    answers: tuple[Answer, ...]
    judge: Callable[[Sequence[Answered]], float]
    """Returns the task's figure for this question, 0 to 1, given the likelihoods of all answers."""


def questions_digest(questions: Sequence[Question]) -> str:
    """Return the first 16 hex digits of the SHA-256 of all tokens."""
    content = repr([[(answer.tokens, answer.asked) for answer in question.answers] for question in questions])
    return hashlib.sha256(content.encode()).hexdigest()[:16]


class Questions:
    """Questions of a task, in the order of the task.

    Args:
        stack: The dense model.
        questions: The questions, at least one.
    """

    def __init__(self, stack: DecoderStack, questions: Sequence[Question]) -> None:
        self.stack = stack
        self._questions = questions
        self.row_tokens = max(
            len(question.answers) * max(len(answer.tokens) for answer in question.answers) for question in questions
        )

    def __len__(self) -> int:
        return len(self._questions)

    def batch(self, start: int, stop: int, dense_bytes: int, parking: StateParking | None = None) -> "QuestionBatch":
        """Return questions ``start`` to ``stop`` as a batch whose dense states take at most ``dense_bytes``."""
        return QuestionBatch(self.stack, self._questions[start:stop], dense_bytes, parking)


class QuestionBatch(TrieBatch):
    """All answers of some questions, one row per answer.

    Rows are padded on the right, which does not affect earlier positions of a causal model.

    Args:
        stack: The dense model.
        questions: The questions of the batch.
        dense_bytes: Limit for the dense states of this batch.
        parking: Where the dense states wait; by default in memory.
    """

    def __init__(
        self,
        stack: DecoderStack,
        questions: Sequence[Question],
        dense_bytes: int,
        parking: StateParking | None = None,
    ) -> None:
        answers = [answer for question in questions for answer in question.answers]
        length = max(len(answer.tokens) for answer in answers) - 1
        tokens = torch.zeros(len(answers), length, dtype=torch.int64)
        for row, answer in enumerate(answers):
            tokens[row, : len(answer.tokens) - 1] = torch.tensor(answer.tokens[:-1])
        super().__init__(stack, tokens, dense_bytes, parking)
        self._questions = questions
        places = [
            (row, len(answer.tokens) - 1 - back, answer.tokens[-back])
            for row, answer in enumerate(answers)
            for back in range(answer.asked, 0, -1)
        ]
        self._rows, self._columns, self._targets = torch.tensor(places, device=stack.device).unbind(-1)

    @property
    def items(self) -> int:
        """Number of questions in the batch."""
        return len(self._questions)

    @property
    def weight(self) -> int:
        """Number of questions in the batch; all count equally."""
        return len(self._questions)

    def figures(self, states: Sequence[Tensor]) -> Tensor:
        """Return each answer's log-likelihood, and its tokens that are not the likeliest [candidates, 2, rows]."""
        return torch.stack([self._answered(hidden.to(self.stack.device)) for hidden in states])

    def sums(self, figures: Tensor) -> Score:
        likelihood, missed = figures.tolist()
        answered = iter(zip(likelihood, (count == 0 for count in missed), strict=True))
        return Score.of_answers(
            sum(question.judge([next(answered) for _ in question.answers]) for question in self._questions)
        )

    @torch.no_grad()
    def _answered(self, hidden: Tensor) -> Tensor:
        """Return the two figures of each row [2, rows], given the last layer's output [rows, length, hidden]."""
        likelihood = torch.zeros(hidden.shape[0], device=hidden.device)
        missed = torch.zeros(hidden.shape[0], device=hidden.device)
        step = positions_of_a_chunk(self.stack)
        for rows, columns, targets in zip(
            self._rows.split(step), self._columns.split(step), self._targets.split(step), strict=True
        ):
            logits = self.stack.logits(hidden[rows, columns][None])[0].float()
            chosen = logits.gather(-1, targets[:, None])[:, 0] - logits.logsumexp(-1)
            likelihood.index_add_(0, rows, chosen)
            missed.index_add_(0, rows, (logits.argmax(-1) != targets).float())
        return torch.stack((likelihood, missed))
