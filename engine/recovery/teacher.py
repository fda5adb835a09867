"""Run the dense model on the training windows once instead of once per epoch, and make lessons of its outputs."""

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
"""Most likely tokens of the dense model kept for each position, 8 bytes each. All other tokens are one more outcome."""
_SEAM = "seam "

Progress = Callable[[int, int], None]
"""Called with the windows done and the windows in all. It may raise to stop."""


@dataclass(frozen=True)
class Lesson:
    """A batch of training windows with the student's inputs and targets."""

    tokens: Tensor
    """[batch, length]"""
    entry: Tensor
    """[batch, length, hidden], where the student starts."""
    seams: tuple[Tensor, ...]
    """[batch, length, hidden] each: the dense model's state after each gap."""
    sum_loss: SumLoss
    """Loss of the flattened positions."""
    positions: int
    """Number of positions that the loss counts."""


class DenseTeacher:
    """Keeps the dense model's states at the student's entry and, for distillation, its log-probabilities.

    It keeps ``hidden`` numbers for each token, as many for each seam, and ``TOP_K`` log-probabilities, in a
    ``LessonStore``.

    Args:
        student: The pruned model, which has the entry and the seams.
        head: The dense model's hidden states to logits.
        windows: Training windows [windows, length].
        settings: With the objective 'cross_entropy' the text is the target and no log-probabilities are kept.
        vocabulary: Size of the vocabulary.
        store: The store of the lessons.
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
        """Run the dense model on the shards that are not in the store; the adapters must be off.

        Args:
            shards: Ranges of windows.
            passes: How many windows are run at once.
            progress: Called before each shard.

        Raises:
            StopRequested: ``progress`` raised it.
            LayerSwarmError: The store has no room.
            torch.OutOfMemoryError: Not even one window fits.
        """
        for number, shard in enumerate(shards):
            if not self._store.has(shard):
                progress(number * SHARD, len(shards) * SHARD)
                self._store.put(shard, passes.fitting(partial(self._records, shard)))

    def lesson(self, chosen: Tensor, device: torch.device) -> Lesson:
        """Return the lesson of some windows.

        Args:
            chosen: Numbers of the windows [batch].
            device: Where its tensors are put.
        """
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
            # The last position of a window has a prediction but no next token: each loss is a mean over its positions.
            text = scaled(text, tokens.numel() / tokens[:, 1:].numel())
            loss = weighted(loss, text, self._settings.text_share)
        return Lesson(tokens, entry, seams, loss, tokens.numel())

    @torch.no_grad()
    def _records(self, shard: range, size: int) -> list[Record]:
        """Return what is kept of a shard's windows, run ``size`` at a time."""
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
        """Return the most likely tokens, [batch, length, ...] each, of a batch ``final`` [batch, length, hidden]."""
        parts = [DenseReference.of(self._head(part), TOP_K) for part in final.flatten(0, 1).split(self._chunk)]
        reference = DenseReference.joined(parts)
        by_window = final.shape[:2]
        return {
            "log_probs": reference.log_probs.cpu().unflatten(0, by_window),
            "tokens": reference.tokens.to(torch.int32).cpu().unflatten(0, by_window),
            "log_tail": reference.log_tail.cpu().unflatten(0, by_window),
        }
