"""What the dense model says about the training windows, read once and not once per epoch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor

from engine.api.settings import RecoverySettings
from engine.fitness.reference import DenseReference
from engine.recovery.lesson_store import SHARD, LessonStore, Record
from engine.recovery.loss import Head, SumLoss, chunk_positions, kl_to_dense, next_token, scaled, weighted
from engine.recovery.passes import Passes
from engine.recovery.student import Student

TOP_K = 256
"""Outcomes of the dense model kept for each position; 8 bytes each. All other tokens together are one more outcome."""
_SEAM = "seam "

Progress = Callable[[int, int], None]
"""Windows done, windows in all; may raise to stop."""


@dataclass(frozen=True)
class Lesson:
    """A batch of training windows with what the student starts from and what it is to say."""

    tokens: Tensor
    """[batch, length]"""
    entry: Tensor
    """[batch, length, hidden]"""
    seams: tuple[Tensor, ...]
    """[batch, length, hidden] each: what the student should hand on behind each gap."""
    sum_loss: SumLoss
    """Loss of the flattened positions."""
    positions: int
    """How many positions the loss counts."""


class DenseTeacher:
    """The dense model's states at the student's entry and, for distillation, its log-probabilities on all windows.

    For each token ``hidden`` numbers, as many for each seam, and ``TOP_K`` outcomes; see ``LessonStore`` for where.

    Args:
        student: tells where its entry is.
        head: hidden states to logits, of the dense model.
        windows: [windows, length].
        settings: with the objective 'cross_entropy' the text itself is the lesson and no log-probabilities are kept.
        vocabulary: width of the logits.
        store: where the lessons are kept.
    """

    def __init__(
        self,
        student: Student,
        head: Head,
        windows: Tensor,
        settings: RecoverySettings,
        vocabulary: int,
        store: LessonStore,
    ) -> None:
        self._student, self._head, self._windows, self._settings = student, head, windows, settings
        self._chunk = chunk_positions(vocabulary)
        self._distils = settings.objective != "cross_entropy"
        self._store = store

    def read(self, shards: Sequence[range], passes: Passes, progress: Progress) -> None:
        """Read the dense model on those of the shards that are not in the store; the adapters must be off.

        Raises:
            StopRequested: ``progress`` raised it.
            LayerSwarmError: there is no room for what is read.
        """
        for number, shard in enumerate(shards):
            if not self._store.has(shard):
                progress(number * SHARD, len(shards) * SHARD)
                self._store.put(shard, passes.fitting(partial(self._records, shard)))

    def lesson(self, chosen: Tensor, device: torch.device) -> Lesson:
        """The lesson of the windows ``chosen`` [batch]."""
        records = [self._store.get(int(index)) for index in chosen]
        tokens = self._windows[chosen].to(device)
        entry = torch.stack([record["entry"] for record in records]).to(device)
        seams = tuple(
            torch.stack([record[name] for record in records]).to(device)
            for name in records[0]
            if name.startswith(_SEAM)
        )
        targets = torch.full_like(tokens, -100)
        targets[:, :-1] = tokens[:, 1:]
        text = next_token(targets.flatten())
        if not self._distils:
            return Lesson(tokens, entry, seams, text, tokens[:, 1:].numel())
        reference = DenseReference(
            torch.cat([record["log_probs"] for record in records]).to(device),
            torch.cat([record["tokens"] for record in records]).to(device, torch.long),
            torch.cat([record["log_tail"] for record in records]).to(device),
        )
        loss = kl_to_dense(reference)
        if self._settings.objective == "both":
            # The last position of a window has an outcome but no next token: both losses are means over their own.
            text = scaled(text, tokens.numel() / tokens[:, 1:].numel())
            loss = weighted(loss, text, self._settings.text_share)
        return Lesson(tokens, entry, seams, loss, tokens.numel())

    @torch.no_grad()
    def _records(self, shard: range, size: int) -> list[Record]:
        """What there is to keep of a shard's windows, read ``size`` at a time."""
        records: list[Record] = []
        for tokens in self._windows[shard.start : shard.stop].split(size):
            states = self._student.dense_states(tokens)
            parts = {"entry": states.entry, **{f"{_SEAM}{place}": seam for place, seam in enumerate(states.seams)}}
            kept = {name: part.cpu() for name, part in parts.items()}
            if self._distils:
                kept |= self._outcomes(states.final)
            records += [{name: part[row].clone() for name, part in kept.items()} for row in range(len(tokens))]
        return records

    def _outcomes(self, final: Tensor) -> Record:
        """The top outcomes of one batch, ``final`` [batch, length, hidden]: [batch, length, ...] each."""
        parts = [DenseReference.of(self._head(part), TOP_K) for part in final.flatten(0, 1).split(self._chunk)]
        reference = DenseReference.joined(parts)
        by_window = final.shape[:2]
        return {
            "log_probs": reference.log_probs.cpu().unflatten(0, by_window),
            "tokens": reference.tokens.to(torch.int32).cpu().unflatten(0, by_window),
            "log_tail": reference.log_tail.cpu().unflatten(0, by_window),
        }
