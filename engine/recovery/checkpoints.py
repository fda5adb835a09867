"""Write and read checkpoints: one safetensors file, replaced as a whole, with the numbers as JSON in its header."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from engine.api.events import RemovalSet
from engine.api.memory_errors import is_out_of_memory
from engine.api.regular_files import check_regular
from engine.api.settings import RecoverySettings
from engine.models.weight_files import checksum, known_sums, save_tensors, tensor_bytes

CHECKPOINT = "checkpoint.safetensors"
_FORMAT = 3
_HEADER = "layerswarm"


class Measurement(msgspec.Struct, frozen=True):
    """One measurement on the validation windows."""

    step: int
    kl: float
    """KL(dense || student) in nats per token, over the whole vocabulary."""
    perplexity: float
    elsewhere_kl: float | None = None
    """The same on text of another source than the training's; None where there is none."""
    training_loss: float | None = None
    """Mean loss of the steps since the previous measurement."""
    gap: int = 0
    """Number of the gap whose layers are trained, from below; 0 where all layers are trained at once."""

    @property
    def score(self) -> float:
        """The mean KL of both texts; the step with the lowest score is the best."""
        return self.kl if self.elsewhere_kl is None else (self.kl + self.elsewhere_kl) / 2


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers of a checkpoint, beside its tensors."""

    step: int = 0
    """Optimiser steps done."""
    seconds: float = 0.0
    """Seconds spent on them, over all sessions."""
    history: tuple[Measurement, ...] = ()
    """Measurements so far; the first is the pruned model's."""
    losses: tuple[float, ...] = ()
    """Losses of the steps since the latest measurement."""
    optimiser: dict[str, Any] = {}
    gap: int = 0
    """Number of the gap whose layers are trained; see ``Measurement``."""
    gap_start: int = 0
    """Optimiser steps done when the training of that gap began."""


class Checkpoint(msgspec.Struct, frozen=True):
    """Everything that a training needs to resume with the same result.

    Attributes:
        progress: Its numbers.
        adapter: What is trained: LoRA adapters, or weights of the layers around a gap.
        best_adapter: The same at the best step; whole changed weights in the second case.
        moments: The optimiser's state.
    """

    progress: Progress
    adapter: dict[str, Tensor]
    best_adapter: dict[str, Tensor]
    moments: dict[str, Tensor]


class _Header(msgspec.Struct, frozen=True):
    fingerprint: str
    progress: Progress


def training_fingerprint(
    settings: RecoverySettings,
    removed: RemovalSet,
    windows: Iterable[Tensor],
    dtype: torch.dtype,
    folded: Mapping[str, Tensor],
) -> str:
    """Return the digest of what a checkpoint belongs to, so that no other training resumes from it.

    Settings that change memory and speed alone leave the digest as it is.

    Args:
        settings: The training's settings.
        removed: Its removal set.
        windows: Its token windows [windows, length], set by set.
        dtype: The number format of the model: another one gives other losses.
        folded: The weights of a compensation that it starts from.
    """
    settings = settings.with_memory_of(RecoverySettings())
    digest = hashlib.sha256(msgspec.json.encode([_FORMAT, settings, removed, str(dtype)]))
    for tokens in windows:
        digest.update(str(tuple(tokens.shape)).encode())
        digest.update(tokens.numpy().tobytes())
    for name, tensor in sorted(folded.items()):
        digest.update(name.encode())
        digest.update(tensor.cpu().contiguous().view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()


def save_checkpoint(folder: Path, fingerprint: str, checkpoint: Checkpoint) -> None:
    """Replace the folder's checkpoint atomically; a crash leaves the old one."""
    parts = {"adapter": checkpoint.adapter, "best": checkpoint.best_adapter, "moments": checkpoint.moments}
    tensors = {f"{part}:{name}": value for part, group in parts.items() for name, value in group.items()}
    header = msgspec.json.encode(_Header(fingerprint, checkpoint.progress)).decode()
    save_tensors(folder / CHECKPOINT, tensors, {_HEADER: header})


def load_checkpoint(folder: Path, fingerprint: str) -> Checkpoint | None:
    """Return the folder's checkpoint; None where there is none, or it is damaged or of another training."""
    path = folder / CHECKPOINT
    if not path.exists():
        return None
    parts: dict[str, dict[str, Tensor]] = {"adapter": {}, "best": {}, "moments": {}}
    try:
        check_regular(path)
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            header, sums = msgspec.json.decode(metadata.get(_HEADER, ""), type=_Header), known_sums(metadata)
            if header.fingerprint != fingerprint:
                return None
            for key in file.keys():  # noqa: SIM118 - not a dict
                part, _, name = key.partition(":")
                parts[part][name] = file.get_tensor(key)
                if sums.get(key, "") not in ("", checksum(tensor_bytes(parts[part][name]))):
                    return None
    except (SafetensorError, msgspec.MsgspecError, KeyError, RecursionError) as error:
        if is_out_of_memory(error):
            raise
        return None
    return Checkpoint(header.progress, parts["adapter"], parts["best"], parts["moments"])
