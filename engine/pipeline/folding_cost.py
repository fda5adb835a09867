"""Estimate the memory and the work of the compensation."""

from dataclasses import dataclass

from engine.api.settings import Settings

_DOUBLE = 8
_GAPS = 2
"""Gaps that a removal set is assumed to leave; the search decides it."""


@dataclass(frozen=True)
class FoldingCost:
    """Computes memory and floating-point operations of the compensation, and of folding the search's best sets."""

    settings: Settings
    hidden: int
    fitted_inputs: int
    """Inputs of the widest linear module whose outputs are the hidden state."""
    removed: int
    """Number of removed layers."""
    layers_flops: float
    """FLOPs of one token in all layers of the dense model."""
    head_flops: float
    """FLOPs of one token in the LM head."""

    @property
    def happens(self) -> bool:
        """Whether removed layers are folded into others."""
        return self.settings.compensation.enabled and self.removed > 0

    def memory(self, bytes_per_number: int) -> dict[str, int]:
        """Return the bytes of the sums, their copy and its factor, and the states in front of and behind each gap.

        Args:
            bytes_per_number: Bytes of a hidden state's number.
        """
        if not self.happens:
            return {}
        tokens = self.settings.compensation.windows * self.settings.calibration.window_length
        return {"folding": self.sums_bytes + 2 * _GAPS * tokens * self.hidden * bytes_per_number}

    @property
    def sums_bytes(self) -> int:
        """Bytes of the sums, their copy and its factor."""
        return (3 * self._width**2 + 2 * self._width * self.hidden) * _DOUBLE if self.happens else 0

    def flops(self) -> float:
        """Return the floating-point operations."""
        if not self.happens:
            return 0.0
        compensation, calibration = self.settings.compensation, self.settings.calibration
        length, ridges = calibration.window_length, len(compensation.ridges)
        fitted = compensation.windows * length * self._per_token + (ridges + 1) * self._solution
        chosen = ridges * _GAPS * self.settings.recovery.validation_windows * length
        scored = calibration.windows * length * (self.layers_flops / 2 + self.head_flops / calibration.scored_every)
        windows = min(compensation.windows, compensation.candidate_windows)
        candidate = windows * length * self._per_token / 2 + self._solution + scored
        several = compensation.candidates if compensation.candidates > 1 else 0
        return fitted + chosen * (self.layers_flops / 2 + self.head_flops) + several * candidate

    @property
    def _per_token(self) -> float:
        """FLOPs of one token that is fitted on."""
        return self.layers_flops + _GAPS * 2.0 * self._width * (self._width + self.hidden)

    @property
    def _solution(self) -> float:
        """FLOPs of solving the sums of every gap."""
        return _GAPS * self._width**3 / 3

    @property
    def _width(self) -> int:
        """Inputs of the fitted map."""
        return self.fitted_inputs if self.fitted_inputs <= self.settings.compensation.widest else self.hidden
