"""What one process needs for its part of a training, beside the model."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.api.events import Emit
from engine.models.weight_patch import WeightPatch
from engine.recovery.team import Team
from engine.recovery.training_request import TrainingRequest


@dataclass(frozen=True)
class TrainingContext:
    """The request of a training, and its ways to the outside."""

    request: TrainingRequest
    fingerprint: str
    """Digest of everything that the training depends on."""
    emit: Emit
    control: Callable[[], None]
    """Called between steps; raises to stop."""
    team: Team
    patch: WeightPatch
    """The weights of a compensation, which are applied while the student runs."""
