"""Estimate the memory and the work of LoRA training."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from engine.api.settings import Settings
from engine.recovery.teacher import TOP_K

ACTIVATIONS = 24
"""Hidden vectors that one layer keeps per token for the backward pass; 1 with gradient checkpointing."""
_ADAPTER_BYTES = 20
"""Bytes per adapter parameter: itself, its gradient, two moments and the best copy, in float32."""
_FLOAT, _TOKEN = 4, 4
_MERGED_COPIES = 3
"""Matrices in 32 bits while one is merged: the weight, what the adapter adds, and their sum."""
_READS_OF_A_STEP = 3
"""Times that a step reads a streamed model: for the teacher, the student, and its activations once more."""


@dataclass(frozen=True)
class LoraCost:
    """Computes memory and floating-point operations of a training by LoRA."""

    settings: Settings
    hidden: int
    vocabulary: int
    kept: int
    """Number of layers of the pruned model."""
    adapter_width: int
    """Inputs plus outputs of one layer's linear modules; an adapter of rank r has r times as many parameters."""
    fitted_inputs: int
    """Inputs of the widest linear module whose outputs are the hidden state."""
    pruned_flops: float
    """FLOPs of one token in the pruned model."""
    dense_flops: float
    """FLOPs of one token in the dense model."""
    process_bytes: int
    """RAM of a process before any model is loaded, with its chunks of logits."""

    def memory(self, bytes_per_number: int, kind: str, frozen: Callable[[bool], int]) -> dict[str, int]:
        """Return the bytes of each part; several processes share the RAM but have a GPU each, or a node of a cluster.

        With ``recovery.processes`` 0, one for each GPU, the batch is not divided: this is the upper bound.

        Args:
            bytes_per_number: Bytes of a weight.
            kind: Kind of the device: ``cpu``, ``cuda``, ...
            frozen: Returns the bytes of the dense weights in memory, given whether they are in 4 bits.
        """
        recovery, is_cpu = self.settings.recovery, kind == "cpu"
        processes = max(recovery.processes, 1)
        copies = processes if is_cpu and not self.settings.device.cluster else 1
        share = math.ceil(recovery.batch_windows / processes)
        tokens = min(recovery.pass_windows or share, share) * self.settings.calibration.window_length
        kept = self.kept + ACTIVATIONS if recovery.gradient_checkpointing else self.kept * ACTIVATIONS
        parts = {
            "adapter and optimiser": copies * self.checkpoint_bytes(bytes_per_number),
            "training": copies * tokens * kept * self.hidden * _FLOAT,
            "merging": _MERGED_COPIES * self._largest_trained * _FLOAT,
        }
        four_bit = recovery.four_bit and not is_cpu
        if four_bit or copies > 1:
            parts["weights in training"] = copies * frozen(four_bit)
        if copies > 1:  # the process that started them is waiting
            parts["processes"] = copies * self.process_bytes
        if is_cpu:  # lessons are in RAM on any device; each process keeps its part of them
            parts["lessons"] = min(round(1e6 * recovery.lesson_megabytes), self.lesson_bytes(bytes_per_number))
        return parts

    @property
    def _largest_trained(self) -> int:
        """Numbers of the largest matrix that is trained; recovery merges one after the other."""
        widest = self.vocabulary if self.settings.recovery.train_head else self.fitted_inputs
        return self.hidden * max(widest, self.fitted_inputs)

    def checkpoint_bytes(self, _bytes_per_number: int) -> int:
        """Return the bytes of the trained parameters and their optimiser state."""
        return self._trained * _ADAPTER_BYTES

    @property
    def exchanged_bytes(self) -> int:
        """Bytes of gradients that each of several processes sends and receives."""
        return 2 * self.settings.recovery.steps * self._trained * _FLOAT

    @property
    def _trained(self) -> int:
        """Number of trained parameters."""
        recovery = self.settings.recovery
        head = self.hidden * self.vocabulary if recovery.train_head else 0
        return self.kept * self.adapter_width * recovery.rank + head

    def lesson_bytes(self, bytes_per_number: int) -> int:
        """Return the bytes of the teacher's outputs: outcomes, and hidden states at the entry and the seams."""
        recovery = self.settings.recovery
        states = (2 if recovery.seam_weight else 1) * self.hidden * bytes_per_number
        outcomes = 0 if recovery.objective == "cross_entropy" else TOP_K * (_FLOAT + _TOKEN)
        return recovery.windows * self.settings.calibration.window_length * (states + outcomes)

    def flops(self) -> float:
        """Return the floating-point operations."""
        recovery, length = self.settings.recovery, self.settings.calibration.window_length
        # The weights are frozen: half a backward pass.
        steps = recovery.steps * recovery.batch_windows * length * 2.2 * self.pruned_flops
        validated = recovery.validation_windows * length
        measurements = (recovery.steps // recovery.evaluate_every + 1) * validated * self.pruned_flops
        return steps + measurements + recovery.windows * length * self.dense_flops

    @property
    def reads(self) -> int:
        """Times that it reads a streamed model."""
        return _READS_OF_A_STEP * self.settings.recovery.steps
