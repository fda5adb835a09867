"""What the dense model says about the training windows, read once and not once per epoch."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.api.settings import RecoverySettings
from engine.fitness.reference import DenseReference
from engine.recovery.loss import Head, SumLoss, chunk_positions, kl_to_dense, next_token, weighted
from engine.recovery.student import Student

TOP_K = 256
"""Outcomes of the dense model kept for each position; 8 bytes each. All other tokens together are one more outcome."""

Progress = Callable[[int, int], None]
"""Windows done, windows in all; may raise to stop."""


@dataclass(frozen=True)
class Lesson:
    """A batch of training windows with what the student starts from and what it is to say."""

    tokens: Tensor
    """[batch, length]"""
    entry: Tensor
    """[batch, length, hidden]"""
    sum_loss: SumLoss
    """Loss of the flattened positions."""
    positions: int
    """How many positions the loss counts."""


class DenseTeacher:
    """The dense model's states at the student's entry and, for distillation, its log-probabilities on all windows.

    They are kept in main memory: for each token ``hidden`` numbers and ``TOP_K`` outcomes.

    Args:
        student: tells where its entry is; its adapters must be off while the teacher reads.
        head: hidden states to logits.
        windows: [windows, length].
        settings: with the objective 'cross_entropy' the text itself is the lesson and no log-probabilities are kept;
            a batch of windows is read at a time.
        vocabulary: width of the logits.
        progress: told after each batch.
    """

    def __init__(
        self,
        student: Student,
        head: Head,
        windows: Tensor,
        settings: RecoverySettings,
        vocabulary: int,
        progress: Progress,
    ) -> None:
        self._windows = windows
        self._settings = settings
        self._distils = settings.objective != "cross_entropy"
        self._entry: list[Tensor] = []
        self._log_probs: list[Tensor] = []
        self._tokens: list[Tensor] = []
        self._log_tail: list[Tensor] = []
        batch = settings.pass_windows or settings.batch_windows
        for start in range(0, len(windows), batch):
            progress(start, len(windows))
            states = student.dense_states(windows[start : start + batch])
            self._entry.extend(states.entry.cpu())
            if self._distils:
                self._keep(states.final, head, chunk_positions(vocabulary))
        progress(len(windows), len(windows))

    def lesson(self, chosen: Tensor, device: torch.device) -> Lesson:
        """The lesson of the windows ``chosen`` [batch]."""
        tokens = self._windows[chosen].to(device)
        entry = torch.stack([self._entry[index] for index in chosen]).to(device)
        targets = torch.full_like(tokens, -100)
        targets[:, :-1] = tokens[:, 1:]
        text = next_token(targets.flatten())
        if not self._distils:
            return Lesson(tokens, entry, text, tokens[:, 1:].numel())
        reference = DenseReference(
            torch.cat([self._log_probs[index] for index in chosen]).to(device),
            torch.cat([self._tokens[index] for index in chosen]).to(device, torch.long),
            torch.cat([self._log_tail[index] for index in chosen]).to(device),
        )
        loss = kl_to_dense(reference)
        if self._settings.objective == "both":
            loss = weighted(loss, text, self._settings.text_share)
        return Lesson(tokens, entry, loss, tokens.numel())

    @torch.no_grad()
    def _keep(self, final: Tensor, head: Head, chunk: int) -> None:
        """Keep the top outcomes of one batch, ``final`` [batch, length, hidden], window by window."""
        parts = [DenseReference.of(head(part), TOP_K) for part in final.flatten(0, 1).split(chunk)]
        reference = DenseReference.joined(parts)
        length = final.shape[1]
        self._log_probs.extend(reference.log_probs.cpu().split(length))
        self._tokens.extend(reference.tokens.to(torch.int32).cpu().split(length))
        self._log_tail.extend(reference.log_tail.cpu().split(length))
