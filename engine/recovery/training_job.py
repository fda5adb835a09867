"""Run a recovery from a model's folder, in this process or in several that train together."""

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
from engine.models.weight_files import TensorFile
from engine.recovery.training import train
from engine.recovery.training_request import TrainingRequest, TrainingWindows

JOB, WINDOWS, STOP = "job.json", "windows.safetensors", "stop"
_PARTS = ("learnt", "validation", "elsewhere")


class TrainingJob(msgspec.Struct, frozen=True, kw_only=True):
    """A training as another process reads it."""

    model: str
    """Folder of the dense model."""
    dtype: str
    """Number format of its weights in memory, such as ``bfloat16``."""
    layers: int
    """Number of decoder layers of the dense model."""
    removed: RemovalSet
    settings: RecoverySettings
    folded: str = ""
    """File of the compensated weights that the training starts from; empty where there are none."""
    folder: str
    """Folder for checkpoints and merged weights; it belongs to one run."""

    @classmethod
    def read(cls, folder: Path) -> tuple["TrainingJob", TrainingWindows]:
        """Return the job that was written into a folder, and its windows."""
        job = msgspec.json.decode((folder / JOB).read_bytes(), type=cls)
        windows = load_file(folder / WINDOWS)
        return job, TrainingWindows(*(windows[part] for part in _PARTS))

    def write(self, folder: Path, windows: TrainingWindows) -> None:
        """Write the job into a folder, where other processes read it."""
        (folder / JOB).write_bytes(msgspec.json.encode(self))
        save_file({part: getattr(windows, part).contiguous() for part in _PARTS}, folder / WINDOWS)

    def train(
        self,
        windows: TrainingWindows,
        device: str,
        emit: Emit,
        control: Callable[[], None],
        neighbours: tuple[int, int] | None = None,
    ) -> None:
        """Load the dense model onto a device of this process, and train.

        Args:
            windows: What is learnt, and what chooses the best step.
            device: Such as ``cuda:0``.
            emit: Receives each event.
            control: Called between steps; raises to stop.
            neighbours: See ``Team``.

        Raises:
            StopRequested: To pause, when the checkpoint is on disk, or to discard.
            BadInput: The model cannot be loaded, or the settings do not fit it.
            LayerSwarmError: The model cannot be loaded, or the training fails.
        """
        folder, dtype = Path(self.model), getattr(torch, self.dtype)
        four_bit = self.settings.four_bit
        model = load_four_bit(folder, device, dtype) if four_bit else load_model(folder, device, dtype)
        folded = TensorFile(Path(self.folded)) if self.folded else {}
        originals = OriginalWeights(folder, Removal(self.layers, self.removed), folded) if four_bit else None
        request = TrainingRequest(self.removed, windows, self.settings, Path(self.folder), folded, originals)
        train(model, request, emit, control, neighbours)
