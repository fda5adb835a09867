"""Estimate the memory and the work of local distillation."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.api.settings import Settings
from engine.pipeline.folding_cost import GAPS
from engine.pipeline.lora_cost import ACTIVATIONS

_TRAINED_BYTES = 16
"""Bytes per trained number: itself, its gradient and two moments, in float32."""
_FLOAT = 4
_READS_BEFORE = 4
"""Times that a streamed model is read before training: its check, the dense states of the validation windows and those
of the training windows, and the first measurement."""


@dataclass(frozen=True)
class LocalCost:
    """Computes memory and floating-point operations of a training of the layers around each gap."""

    settings: Settings
    hidden: int
    layer_numbers: int
    """Numbers in the linear modules of an average layer."""
    layer_flops: float
    """FLOPs of one token in an average layer."""
    pruned_flops: float
    """FLOPs of one token in the pruned model."""
    dense_flops: float
    """FLOPs of one token in the dense model."""
    kept: int
    """Layers of the pruned model."""

    def memory(self, bytes_per_number: int, kind: str, _frozen: Callable[[bool], int]) -> dict[str, int]:
        """Return the bytes of each part.

        Args:
            bytes_per_number: Bytes of a weight.
            kind: Kind of the device: ``cpu``, ``cuda``, ...
        """
        recovery = self.settings.recovery
        rows = min(recovery.pass_windows or recovery.batch_windows, recovery.batch_windows)
        tokens = rows * self.settings.calibration.window_length
        kept = GAPS * self._trained * bytes_per_number
        parts = {
            # Beside those of the optimiser, the model's own weights and the rounded ones that are applied.
            "trained layers": self._trained * (_TRAINED_BYTES + 2 * bytes_per_number) + kept,
            "training": tokens * self._layers * ACTIVATIONS * self.hidden * _FLOAT,
        }
        if kind == "cpu":
            lessons = min(round(1e6 * recovery.lesson_megabytes), self.lesson_bytes(bytes_per_number))
            parts |= {"trained layers": parts["trained layers"] + kept, "lessons": lessons}
        return parts

    @property
    def _layers(self) -> int:
        """Layers that are trained together."""
        return min(1 + self.settings.recovery.layers_behind, self.kept)

    @property
    def _trained(self) -> int:
        """Numbers that are trained together."""
        return self._layers * self.layer_numbers

    def checkpoint_bytes(self, bytes_per_number: int) -> int:
        """Return the bytes of the trained weights, their moments, and the best weights of all gaps."""
        return self._trained * (3 * _FLOAT + GAPS * bytes_per_number)

    def lesson_bytes(self, bytes_per_number: int) -> int:
        """Return the bytes of the training windows' states: embedded, in front of a block, and behind each of them."""
        tokens = self.settings.recovery.windows * self.settings.calibration.window_length
        return (2 + GAPS) * tokens * self.hidden * bytes_per_number

    def flops(self) -> float:
        """Return the floating-point operations."""
        recovery, length = self.settings.recovery, self.settings.calibration.window_length
        trained = GAPS * recovery.steps * recovery.batch_windows * length * 3 * self._layers * self.layer_flops
        measured = self._measurements * recovery.validation_windows * length * self.pruned_flops
        return trained + measured + recovery.windows * length * self.dense_flops

    @property
    def reads(self) -> int:
        """Times that it reads a streamed model."""
        return _READS_BEFORE + self._measurements

    @property
    def _measurements(self) -> int:
        recovery = self.settings.recovery
        return GAPS * max(1, recovery.steps // recovery.evaluate_every) + 1
