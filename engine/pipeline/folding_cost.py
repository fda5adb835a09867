"""Estimate the memory and the work of the compensation."""

from dataclasses import dataclass

from engine.api.settings import Settings

_DOUBLE = 8
GAPS = 2
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
        states = (2 + self.settings.compensation.refitted_layers) * GAPS
        return {"folding": self.sums_bytes + states * tokens * self.hidden * bytes_per_number}

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
        wide, narrow = self._maps
        sums = wide * self._sums(self._width) + narrow * self._sums(self.hidden)
        solutions = wide * self._solution(self._width) + narrow * self._solution(self.hidden)
        fitted = compensation.windows * length * (self.layers_flops + sums) + (ridges + 1) * solutions
        chosen = (wide + narrow) * ridges * GAPS * self.settings.recovery.validation_windows * length
        scored = calibration.windows * length * (self.layers_flops / 2 + self.head_flops / calibration.scored_every)
        windows = min(compensation.windows, compensation.candidate_windows)
        tokens = self.layers_flops + self._sums(self._width)
        candidate = windows * length * tokens / 2 + self._solution(self._width) + scored
        several = compensation.candidates if compensation.candidates > 1 else 0
        return fitted + chosen * (self.layers_flops / 2 + self.head_flops) + several * candidate

    @property
    def _maps(self) -> tuple[int, int]:
        """Maps that are fitted for each gap: those of MLPs, and those of attentions, whose inputs are few."""
        behind = self.settings.compensation.refitted_layers
        return 1 + behind, 1 + behind if behind else 0

    def _sums(self, inputs: int) -> float:
        """FLOPs of one token in the sums of a map of every gap."""
        return GAPS * 2.0 * inputs * (inputs + self.hidden)

    def _solution(self, inputs: int) -> float:
        """FLOPs of solving the sums of a map of every gap."""
        return GAPS * inputs**3 / 3

    @property
    def _width(self) -> int:
        """Inputs of the fitted map."""
        return self.fitted_inputs if self.fitted_inputs <= self.settings.compensation.widest else self.hidden
