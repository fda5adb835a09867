"""A small training on a tiny model, and what it says: shared by the recovery tests."""

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
import torch
from torch import Tensor
from transformers import PreTrainedModel

from engine.api.events import Emit, Event, MessageLogged, RecoveryFinished, RecoveryMeasured, RecoveryStepped
from engine.api.settings import RecoverySettings
from engine.recovery.local.distillation import distil
from engine.recovery.training import train
from engine.recovery.training_request import TrainingRequest, TrainingWindows
from engine.recovery.verdict import RecoveryResult
from tests.engine.tiny_models import VOCABULARY, tiny_models

FAMILIES = ("llama", "qwen3", "gemma3", "gpt2")
REMOVED = (2, 4)
SETTINGS = RecoverySettings(steps=9, batch_windows=4, evaluate_every=3, rank=4, learning_rate=5e-3, seed=3)


def dense_model(family: str = "llama") -> PreTrainedModel:
    """A tiny dense model as ``load_model`` gives it: frozen and in evaluation mode."""
    model = tiny_models()[family]()
    model.requires_grad_(False)
    return model


def token_windows(count: int, length: int = 16, seed: int = 0) -> Tensor:
    """Random windows [count, length]."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(3, VOCABULARY, (count, length), generator=generator)


def changed(base: RecoverySettings = SETTINGS, /, **values: object) -> RecoverySettings:
    """``SETTINGS``, or others, with some of them changed."""
    return msgspec.structs.replace(base, **values)


class Said:
    """The events of one or more sessions, and what a test asks of them."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def __call__(self, event: Event) -> None:
        self.events.append(event)

    def losses(self) -> dict[int, float]:
        """Training loss by step; a repeated step replaces the earlier one, as in every view of a journal."""
        return {event.step: event.loss for event in self.events if isinstance(event, RecoveryStepped)}

    def validation_kl(self) -> dict[int, float]:
        """Return the KL on the validation windows by step."""
        return {event.step: event.validation_kl for event in self.events if isinstance(event, RecoveryMeasured)}

    def warnings(self) -> list[str]:
        """Sentences of warning."""
        return [event.message for event in self.events if isinstance(event, MessageLogged) and event.level == "warning"]

    def finished(self) -> RecoveryFinished:
        """The last event of a training."""
        assert isinstance(self.events[-1], RecoveryFinished)
        return self.events[-1]


def training_windows(elsewhere: int = 0) -> TrainingWindows:
    """Ten windows to learn from, six that decide, and some of elsewhere."""
    return TrainingWindows(token_windows(10), token_windows(6, seed=1), token_windows(elsewhere, seed=2))


def recover(
    folder: Path,
    emit: Emit,
    model: PreTrainedModel | None = None,
    settings: RecoverySettings = SETTINGS,
    control: Callable[[], None] = lambda: None,
    windows: TrainingWindows | None = None,
    folded: Mapping[str, Tensor] | None = None,
) -> RecoveryResult:
    """Train as the pipeline does."""
    model = dense_model() if model is None else model
    request = TrainingRequest(REMOVED, windows or training_windows(), settings, folder, folded or {})
    return (distil if settings.method == "local" else train)(model, request, emit, control)
