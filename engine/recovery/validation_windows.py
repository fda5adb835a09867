"""Measure how near the student is to the dense model on windows kept back from training."""

import math
from functools import partial

import torch
from torch import Tensor
from torch.nn.functional import kl_div, log_softmax

from engine.models.exact_sums import exact_total, row_sums
from engine.recovery.loss import Heads, chunk_positions
from engine.recovery.passes import Passes
from engine.recovery.student import DenseStates, Student
from engine.recovery.team import Team

_LARGEST_EXPONENT = 700.0
"""exp of a larger number is infinite in float64."""
_Known = tuple[Tensor, DenseStates]
"""Windows [batch, length], and the dense model's states on them."""


class ValidationWindows:
    """Windows with the dense model's states on them, kept so that only the student runs again.

    The KL divergence (Kullback and Leibler 1951, https://doi.org/10.1214/aoms/1177729694) is exact: over the whole
    vocabulary, at every position.

    Args:
        student: The pruned model; its adapters must be off while this object is made.
        heads: Hidden states to logits, of the dense model and of the student.
        windows: Token windows [windows, length].
        passes: How many windows are run at once.
        vocabulary: Size of the vocabulary.
        team: The processes that share the windows.

    Raises:
        torch.OutOfMemoryError: Not even one window fits; ``measure`` raises it too.
    """

    def __init__(
        self, student: Student, heads: Heads, windows: Tensor, passes: Passes, vocabulary: int, team: Team
    ) -> None:
        self._student = student
        self._heads = heads
        self._chunk = chunk_positions(vocabulary)
        self._windows = windows
        self._passes = passes
        self._team = team
        self._dense = passes.fitting(partial(self._read, team.share(windows)))

    def __bool__(self) -> bool:
        """Return whether there is at least one window."""
        return len(self._windows) > 0

    @torch.no_grad()
    def measure(self) -> tuple[float, float]:
        """Return KL(dense || student) in nats per token, and the perplexity of the windows' own next tokens."""
        kl, nll = self._team.sums(*self._passes.fitting(self._summed))
        positions, predicted = self._windows.numel(), self._windows[:, 1:].numel()
        return kl / positions, math.exp(min(nll / predicted, _LARGEST_EXPONENT))

    def _read(self, windows: Tensor, size: int) -> list[_Known]:
        """Run the dense model on ``windows`` [windows, length], ``size`` at a time."""
        if not len(windows):
            return []
        return [(tokens, _on_cpu(self._student.dense_states(tokens))) for tokens in windows.split(size)]

    def _summed(self, size: int) -> tuple[float, float]:
        """Return the ``_sums`` of all windows, at most ``size`` of them at a time."""
        kl = nll = 0.0
        for known, dense in self._dense:
            parts = zip(known.split(size), dense.entry.split(size), dense.final.split(size), strict=True)
            for tokens, entry, final in parts:
                hidden = self._student.forward(tokens, entry).final
                batch_kl, batch_nll = self._sums(hidden, final.to(hidden.device), tokens.to(hidden.device))
                kl += batch_kl
                nll += batch_nll
        return kl, nll

    def _sums(self, hidden: Tensor, final: Tensor, tokens: Tensor) -> tuple[float, float]:
        """Return the summed KL over all positions and the summed negative log-likelihood of the next tokens.

        Args:
            hidden: The student's final states [batch, length, hidden].
            final: The dense model's [batch, length, hidden].
            tokens: The windows [batch, length].
        """
        following = torch.roll(tokens, -1, dims=1).flatten()
        counted = torch.ones_like(tokens, dtype=torch.bool)
        counted[:, -1] = False
        divergences: list[Tensor] = []
        likelihoods: list[Tensor] = []
        chunks = (
            flat.split(self._chunk)
            for flat in (hidden.flatten(0, 1), final.flatten(0, 1), following, counted.flatten())
        )
        for student_part, dense_part, next_part, counted_part in zip(*chunks, strict=True):
            student = log_softmax(self._heads.student(student_part).float(), dim=-1)
            dense = log_softmax(self._heads.dense(dense_part).float(), dim=-1)
            divergences.append(row_sums(kl_div(student, dense, reduction="none", log_target=True)))
            # Choosing the positions that count by a mask would wait for the device.
            likelihoods.append(torch.where(counted_part, student.gather(-1, next_part[:, None])[:, 0], 0.0))
        return exact_total(divergences), -exact_total(likelihoods)


def _on_cpu(states: DenseStates) -> DenseStates:
    return DenseStates(states.entry.cpu(), states.final.cpu(), ())
