"""Token windows: what candidates are compared on, what results are told on, what recovery learns from."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class TokenWindows:
    """Sets of windows without a window in common; int64 on the CPU."""

    calibration: Tensor
    """[windows, length]: candidates are compared on them."""
    heldout: Tensor
    """[windows, length]: results are told on them, and nothing is ever chosen by them."""
    recovery: Tensor
    """[windows, length]: recovery learns from them."""
    validation: Tensor
    """[windows, length]: of recovery's text, kept back; they decide which step of it is best."""
    elsewhere: Tensor
    """[windows, length]: of the calibration's text, where that is another one: they decide too. May be empty."""
    digest: str
    """16 hex characters of the calibration windows: scores belong to them."""
    preview: tuple[str, ...]
    """How a few calibration windows begin, as text."""


def windows_digest(windows: Tensor) -> str:
    """Sha256 of the tokens, as 16 hex characters."""
    content = windows.to(torch.int64).contiguous().numpy().tobytes()
    return hashlib.sha256(repr(tuple(windows.shape)).encode() + content).hexdigest()[:16]


class DistinctWindows:
    """Gathers windows and passes over every one that was gathered before, here or for another set."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._seen: set[bytes] = set()

    def of(self, windows: Iterable[Tensor], count: int) -> Tensor:
        """The first ``count`` new ones of ``windows`` ([length] each), or all if there are fewer [found, length]."""
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
