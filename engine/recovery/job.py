"""A recovery from a model's folder to merged weights, in this process or in several that train together."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import torch
from safetensors.torch import load_file, save_file

from engine.api.events import Emit, RemovalSet
from engine.api.settings import RecoverySettings
from engine.models.four_bit import load_four_bit
from engine.models.loading import load_model
from engine.models.original_weights import OriginalWeights
from engine.models.removal import Removal
from engine.recovery.training import TrainingWindows, train

JOB, WINDOWS, STOP = "job.json", "windows.safetensors", "stop"
_PARTS = ("learnt", "validation", "elsewhere")


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What a process must know to train."""

    model: str
    """Folder of the dense model."""
    dtype: str
    """Number format of its weights in memory, such as ``bfloat16``."""
    layers: int
    """Of the dense model."""
    removed: RemovalSet
    settings: RecoverySettings
    folder: str
    """Where checkpoints and merged weights go; it belongs to the run."""

    @classmethod
    def read(cls, folder: Path) -> tuple["Job", TrainingWindows]:
        """The job that was written into a folder, and its windows."""
        job = msgspec.json.decode((folder / JOB).read_bytes(), type=cls)
        windows = load_file(folder / WINDOWS)
        return job, TrainingWindows(*(windows[part] for part in _PARTS))

    def write(self, folder: Path, windows: TrainingWindows) -> None:
        """Put the job where other processes find it."""
        (folder / JOB).write_bytes(msgspec.json.encode(self))
        save_file({part: getattr(windows, part).contiguous() for part in _PARTS}, folder / WINDOWS)

    def train(self, windows: TrainingWindows, device: str, emit: Emit, control: Callable[[], None]) -> None:
        """Load the dense model onto a device of this process, and train.

        Raises:
            StopRequested: as ``train``.
            BadInput: as ``train``, or the model cannot be loaded.
            LayerSwarmError: the model cannot be loaded.
        """
        folder, dtype = Path(self.model), getattr(torch, self.dtype)
        four_bit = self.settings.four_bit
        model = load_four_bit(folder, device, dtype) if four_bit else load_model(folder, device, dtype)
        originals = OriginalWeights(folder, Removal(self.layers, self.removed)) if four_bit else None
        train(model, self.removed, windows, self.settings, Path(self.folder), emit, control, originals)
