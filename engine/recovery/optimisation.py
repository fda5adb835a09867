"""Update the adapters by AdamW on a schedule with warm-up; the state is plain tensors and numbers.

AdamW: Loshchilov and Hutter 2019, https://arxiv.org/abs/1711.05101.
"""

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim.lr_scheduler import LambdaLR

from engine.api.settings import RecoverySettings
from engine.recovery.team import Team, gradient_scaler

SLOWER = 0.25
"""Factor of the learning rate of a training that begins again."""
GRADIENT_CLIP = 1.0
"""Largest norm of the gradient of all trained weights together."""


class Optimisation:
    """Turns gradients into new weights.

    Args:
        parameters: The trainable weights by name, all on one device.
        settings: Learning rate, its schedule, warm-up share and steps.
        team: The processes that train together.
        dtype: The number format of the model's own weights.
    """

    def __init__(
        self, parameters: dict[str, nn.Parameter], settings: RecoverySettings, team: Team, dtype: torch.dtype
    ) -> None:
        from transformers import get_scheduler  # here, since it imports the trainer and peft, which takes seconds

        self._parameters = parameters
        self._accelerator = team.accelerator
        self._scaler = gradient_scaler(dtype, next(iter(parameters.values())).device)
        optimiser = torch.optim.AdamW(parameters.values(), lr=settings.learning_rate, weight_decay=0.0)
        rates = get_scheduler(
            "constant_with_warmup" if settings.schedule == "constant" else settings.schedule,
            optimizer=optimiser,
            num_warmup_steps=math.ceil(settings.warmup_share * settings.steps) + 1,
            num_training_steps=settings.steps + 1,
        )
        # The library's schedules begin with a learning rate of 0; that step is skipped, so that every step learns.
        schedule = LambdaLR(optimiser, lambda step: rates.lr_lambdas[0](step + 1))
        self._optimiser, self._schedule = self._accelerator.prepare(optimiser, schedule)

    @property
    def learning_rate(self) -> float:
        """Learning rate of the next step."""
        return float(self._schedule.get_last_lr()[0])

    @property
    def peak_rate(self) -> float:
        """Highest learning rate of the schedule."""
        return float(self._schedule.scheduler.base_lrs[0])

    def restart(self, factor: float) -> None:
        """Forget the moments, and multiply the learning rates of all steps to come by ``factor``."""
        optimiser, schedule = self._optimiser.optimizer, self._schedule.scheduler
        optimiser.state.clear()
        schedule.base_lrs = [factor * rate for rate in schedule.base_lrs]
        for group in optimiser.param_groups:
            group["lr"] *= factor
            group["initial_lr"] *= factor
        schedule._last_lr = [group["lr"] for group in optimiser.param_groups]

    def clear(self) -> None:
        """Reset the gradients."""
        self._optimiser.zero_grad()

    def backward(self, loss: Tensor) -> None:
        """Add the gradients of a part of the batch."""
        self._accelerator.backward(self._scaler.scale(loss))

    def gradients(self) -> list[Tensor]:
        """Return the gradient of every weight; zeros where this process has run no window."""
        for parameter in self._parameters.values():
            if parameter.grad is None:
                parameter.grad = torch.zeros_like(parameter)
        return [parameter.grad for parameter in self._parameters.values() if parameter.grad is not None]

    def step(self, loss: Tensor) -> bool:
        """Make one step; return False and change no weight where gradients or ``loss`` are not finite.

        In float16 a gradient that overflows only lowers the scale of the loss, and the step is skipped.
        """
        self._scaler.unscale_(self._optimiser.optimizer)
        norm = self._accelerator.clip_grad_norm_(self._parameters.values(), GRADIENT_CLIP)
        if not torch.isfinite(loss) or not (torch.isfinite(norm) or self._scaler.is_enabled()):
            return False
        self._scaler.step(self._optimiser.optimizer)
        self._scaler.update()
        self._schedule.step()
        return True

    def tensors(self) -> dict[str, Tensor]:
        """Return the moments of AdamW: '<weight name>/<moment>' -> tensor on the CPU."""
        names = list(self._parameters)
        return {
            f"{names[index]}/{moment}": value.detach().cpu().clone()
            for index, moments in self._optimiser.state_dict()["state"].items()
            for moment, value in moments.items()
        }

    def numbers(self) -> dict[str, Any]:
        """Return the rest of the state as JSON values."""
        return {
            "groups": self._optimiser.state_dict()["param_groups"],
            "schedule": self._schedule.state_dict(),
            "scaler": self._scaler.state_dict(),
        }

    def load(self, tensors: dict[str, Tensor], numbers: dict[str, Any]) -> None:
        """Load a state that ``tensors()`` and ``numbers()`` returned."""
        place = {name: index for index, name in enumerate(self._parameters)}
        state: dict[int, dict[str, Tensor]] = {}
        for key, value in tensors.items():
            name, _, moment = key.rpartition("/")
            state.setdefault(place[name], {})[moment] = value
        self._optimiser.load_state_dict({"state": state, "param_groups": numbers["groups"]})
        self._schedule.load_state_dict(numbers["schedule"])
        if self._scaler.is_enabled():
            self._scaler.load_state_dict(numbers["scaler"])
