"""Estimate the memory and the work of local distillation."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.api.settings import Settings
from engine.pipeline.folding_cost import GAPS
from engine.pipeline.lora_cost import ACTIVATIONS

_TRAINED_BYTES = 16
"""Bytes per trained number: itself, its gradient and two moments, in float32."""
_APPLIED = 2
"""Times that a trained number is in the model's own format: as the model has it, and rounded from the trained one."""
_MEMORY_BYTES_PER_SECOND = 20e9
"""What main memory reads or writes per second; that limits AdamW on a CPU, which computes little."""
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
        if kind != "cpu" and recovery.optimiser == "memory":
            gradients = self.layer_numbers * bytes_per_number  # those of one layer at a time
            trained = self._trained * _APPLIED * bytes_per_number + gradients
        else:
            trained = self._trained * (_TRAINED_BYTES + _APPLIED * bytes_per_number)
        parts = {
            "trained layers": trained,
            "repaired layers": kept,
            "training": tokens * self._layers * ACTIVATIONS * self.hidden * _FLOAT,
        }
        if kind == "cpu":
            lessons = min(round(1e6 * recovery.lesson_megabytes), self.lesson_bytes(bytes_per_number))
            parts |= {"repaired layers": 2 * kept, "lessons": lessons}
        return parts

    def main_memory(self, kind: str) -> int:
        """Return the bytes of the optimiser in main memory, while another kind of device computes."""
        is_apart = kind != "cpu" and self.settings.recovery.optimiser == "memory"
        return self._trained * _TRAINED_BYTES if is_apart else 0

    def update_seconds(self, kind: str) -> float:
        """Return the seconds that an optimiser in main memory takes for all its steps; 0 where it is on the device."""
        return GAPS * self.settings.recovery.steps * 2 * self.main_memory(kind) / _MEMORY_BYTES_PER_SECOND

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
