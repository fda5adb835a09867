"""Hold token windows: for comparing candidates, for reporting results, for recovery and its validation."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

import torch
from torch import Tensor


@dataclass(frozen=True)
class TokenWindows:
    """Sets of windows without a window in common; int64 on the CPU."""

    calibration: Tensor
    """[windows, length], on which candidates are compared."""
    heldout: Tensor
    """[windows, length], on which results are reported. They are held out: they never choose anything."""
    recovery: Tensor
    """[windows, length], that compensation is fitted on and recovery trains on, each from the first one."""
    validation: Tensor
    """[windows, length], of recovery's text, kept back from training; they choose its best step."""
    elsewhere: Tensor
    """[windows, length], of text that recovery does not train on; they choose the best step too. May be empty."""
    digest: str
    """Digest of the calibration windows (16 hex characters), which identifies their scores."""
    preview: tuple[str, ...]
    """Beginnings of a few calibration windows, as text."""
    source: str = ""
    """Where the calibration windows are from; empty in files of earlier versions, which took what the settings name."""
    awaits_learning: bool = False
    """Whether the windows to learn from, and those that judge it, are still to be prepared."""

    def with_learning(self, whole: "TokenWindows") -> "TokenWindows":
        """Return these windows with those of another preparation to learn from, without any that are here too."""
        distinct = DistinctWindows(self.calibration.shape[1])
        for mine in (self.calibration, self.heldout):
            distinct.of(mine, len(mine))
        recovery, validation, elsewhere = (
            distinct.of(part, len(part)) for part in (whole.recovery, whole.validation, whole.elsewhere)
        )
        return replace(self, recovery=recovery, validation=validation, elsewhere=elsewhere, awaits_learning=False)


def windows_digest(windows: Tensor) -> str:
    """Return the beginning of the tokens' SHA-256 digest, as 16 hex characters."""
    content = windows.to(torch.int64).contiguous().numpy().tobytes()
    return hashlib.sha256(repr(tuple(windows.shape)).encode() + content).hexdigest()[:16]


class DistinctWindows:
    """Collects windows and skips every one that it has collected before, in whatever set."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._seen: set[bytes] = set()

    def of(self, windows: Iterable[Tensor], count: int) -> Tensor:
        """Return the first ``count`` new ones of ``windows`` ([length] each), or fewer, as [found, length]."""
        found: list[Tensor] = []
        if count == 0:
            return torch.empty((0, self._length), dtype=torch.int64)
        for window in windows:
            key = window.to(torch.int64).numpy().tobytes()
            if key not in self._seen:
                self._seen.add(key)
                found.append(window.to(torch.int64))
            if len(found) == count:
                break
        return torch.stack(found) if found else torch.empty((0, self._length), dtype=torch.int64)
