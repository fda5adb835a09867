"""Train the layers around one gap: their weights in float32, and the optimiser."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import torch
from torch import Tensor, nn

from engine.api.settings import RecoverySettings
from engine.recovery.local.blocks import Block
from engine.recovery.local.lessons import Part
from engine.recovery.optimisation import SLOWER, Optimisation
from engine.recovery.seams import seam_loss
from engine.recovery.team import Team

_RATE_SHARE = 1 / 3
"""Share of LoRA's learning rate that suits whole weights, as measured (local_distillation in docs/benchmarks)."""


class BlockTraining:
    """The trained weights of a block, which start with the values that the model has now.

    They are in float32 and rounded to the model's own format wherever they are applied, so that what is measured is
    what is exported, while small steps are not lost. With ``settings.optimiser`` "memory" they are updated in main
    memory, as in ZeRO-Offload (Ren et al. 2021, https://arxiv.org/abs/2101.06840), and the device holds them rounded.

    Args:
        block: The layers; where they are streamed, they must be held.
        model: The pruned model, which shares the dense model's layers.
        names: The weights to train in each layer; see ``trained_weights``.
        settings: Learning rate, schedule and steps, and where the optimiser is.
        team: This process alone.
    """

    def __init__(
        self,
        block: Block,
        model: nn.Module,
        names: Mapping[int, Mapping[str, str]],
        settings: RecoverySettings,
        team: Team,
    ) -> None:
        self._block = block
        self._names = {layer: names.get(layer, {}) for layer in block.layers}
        own = {name: model.get_parameter(name) for every in self._names.values() for name in every.values()}
        self._start = {name: parameter.detach() for name, parameter in own.items()}
        home = "cpu" if settings.optimiser == "memory" else None
        copies = {name: start.to(home, torch.float32, copy=True) for name, start in self._start.items()}
        self._trained = {name: nn.Parameter(values) for name, values in copies.items()}
        rate = _RATE_SHARE * settings.learning_rate
        settings = msgspec.structs.replace(settings, learning_rate=rate)
        model_format = next(iter(self._start.values())).dtype
        self.optimisation = Optimisation(self._trained, settings, team, model_format)

    @property
    def numbers(self) -> int:
        """How many numbers are trained."""
        return sum(parameter.numel() for parameter in self._trained.values())

    def gradients(self, parts: Sequence[Part]) -> Tensor:
        """Compute the gradients of a batch and return its mean loss.

        The loss is the relative squared distance of the block's output to the dense model's hidden state
        (``seam_loss``), as in blockwise local distillation (Bercovich et al. 2024, https://arxiv.org/abs/2411.19146).
        """
        self.optimisation.clear()
        losses = []
        for part in parts:
            found = self._output(part)
            target = part.walk.dense(self._block.following).to(found.device)
            loss = part.share * seam_loss([found], [target])
            self.optimisation.backward(loss)
            losses.append(loss.detach())
        return torch.stack(losses).sum()

    def _output(self, part: Part) -> Tensor:
        hidden = part.entry
        for layer in self._block.layers:
            weights = {inside: self._applied(name) for inside, name in self._names[layer].items()}
            hidden = part.walk.apply_changed(layer, hidden, weights)
        return hidden

    def _applied(self, name: str) -> Tensor:
        """Return a trained weight in the model's own format and place; its gradient returns to where it is held."""
        return self._trained[name].to(self._start[name])

    def weights(self) -> dict[str, Tensor]:
        """Return the trained weights in the model's own format, by their names in the pruned model."""
        return {name: self._applied(name).detach() for name in self._trained}

    def start_again(self) -> None:
        """Go back to the first weights, with a lower learning rate."""
        self._put(self._start)
        self.optimisation.restart(SLOWER)

    def state(self) -> dict[str, Tensor]:
        """Return a copy of the trained weights in float32, on the CPU."""
        return {name: parameter.detach().cpu().clone() for name, parameter in self._trained.items()}

    def load(self, state: Mapping[str, Tensor], moments: dict[str, Tensor], numbers: dict[str, Any]) -> None:
        """Load what ``state()`` and the optimisation's ``tensors()`` and ``numbers()`` returned."""
        self._put(state)
        self.optimisation.load(moments, numbers)

    @torch.no_grad()
    def _put(self, state: Mapping[str, Tensor]) -> None:
        for name, parameter in self._trained.items():
            parameter.copy_(state[name])
