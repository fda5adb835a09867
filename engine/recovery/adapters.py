"""LoRA adapters (Hu et al. 2021, arXiv:2106.09685) put into the layers that dense and pruned model share."""

import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager
from types import TracebackType
from typing import cast

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from peft.tuners.lora import LoraLayer
from torch import Tensor, nn
from transformers import PreTrainedModel

from engine.api.settings import RecoverySettings
from engine.recovery.randomness import ADAPTER_INIT, derived_seed, seeded

_NAME = "default"


class Adapters:
    """A set of LoRA adapters in ``view``, gone without a trace when the block ends.

    ``view`` shares its layers with the dense model, so the dense model runs through the adapters too, except inside
    ``disabled()``.

    Args:
        view: the pruned view of the model.
        names: modules of ``view`` that get an adapter.
        settings: rank, alpha, dropout and seed.
    """

    def __init__(self, view: PreTrainedModel, names: list[str], settings: RecoverySettings) -> None:
        self._trainable_before = [(parameter, parameter.requires_grad) for parameter in view.parameters()]
        config = LoraConfig(
            r=settings.rank,
            lora_alpha=cast(int, settings.alpha),  # any real scale works, whatever the annotation there says
            lora_dropout=settings.dropout,
            target_modules=names,
            fan_in_fan_out=_weights_are_transposed(view, names),
        )
        with seeded(derived_seed(settings.seed, ADAPTER_INIT)), warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # peft asks transformers by an older name
            self._peft: PeftModel = get_peft_model(view, config)
        self._view = view
        self._layers = [(name, module) for name, module in view.named_modules() if isinstance(module, LoraLayer)]
        self.set_training(False)

    def __enter__(self) -> "Adapters":
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._peft.unload()
        for parameter, trainable in self._trainable_before:
            parameter.requires_grad_(trainable)

    def disabled(self) -> AbstractContextManager[None]:
        """Inside this block the shared layers compute exactly what the dense model's do."""
        return cast("AbstractContextManager[None]", self._peft.disable_adapter())

    def set_training(self, on: bool) -> None:
        """Switch LoRA dropout; the layers themselves stay in evaluation mode, as the teacher needs them."""
        for _, layer in self._layers:
            layer.lora_dropout.train(on)

    def parameters(self) -> dict[str, nn.Parameter]:
        """The trainable weights by name, in a fixed order."""
        return {name: parameter for name, parameter in self._view.named_parameters() if parameter.requires_grad}

    def state(self) -> dict[str, Tensor]:
        """A copy of the adapter's weights on the CPU."""
        return {name: parameter.detach().cpu().clone() for name, parameter in self.parameters().items()}

    def load(self, state: dict[str, Tensor]) -> None:
        """Put in weights that ``state()`` gave."""
        with torch.no_grad():
            for name, parameter in self.parameters().items():
                parameter.copy_(state[name])

    def merged_weights(self) -> Iterator[tuple[str, Tensor]]:
        """Name in the pruned model and new value of every weight that the adapters change, in the weight's own dtype.

        The sum is made in float32.
        """
        for name, layer in self._layers:
            weight = layer.get_base_layer().weight.detach()
            delta = layer.get_delta_weight(_NAME).detach()
            yield f"{name}.weight", (weight.float() + delta.float()).to(weight.dtype).cpu().contiguous()


def _weights_are_transposed(view: PreTrainedModel, names: list[str]) -> bool:
    """Whether the modules are GPT-2's Conv1D, which keeps its weight as [inputs, outputs]."""
    return not isinstance(view.get_submodule(names[0]), nn.Linear)
