"""Put LoRA adapters and their variants into the layers that dense and pruned model share.

LoRA: Hu et al. 2021, https://arxiv.org/abs/2106.09685. Rank-stabilised LoRA: Kalajdzievski 2023,
https://arxiv.org/abs/2312.03732. DoRA: Liu et al. 2024, https://arxiv.org/abs/2402.09353.
"""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from engine.api.errors import LayerSwarmError
from engine.api.message import worded
from engine.api.settings import RecoverySettings
from engine.models.architecture import find_decoder
from engine.models.streaming.streamed_layer import with_shapes
from engine.models.weight_files import PlannedTensor
from engine.recovery.randomness import ADAPTER_INIT, derived_seed, seeded
from engine.recovery.training_request import Originals

if TYPE_CHECKING:  # importing it takes seconds, and most jobs train nothing
    from peft import PeftModel
    from peft.tuners.lora import LoraLayer

_NAME = "default"


class Adapters:
    """A set of LoRA adapters in a pruned view, removed completely when the ``with`` block ends.

    The view shares its layers with the dense model, so the dense model runs through the adapters too, except inside
    ``disabled()``. All trained weights are in float32, whatever the format of the model's own weights.

    Args:
        view: The pruned view of the model.
        names: Modules of ``view`` that get an adapter.
        settings: Kind of adapter, rank, alpha, dropout and seed.
        whole: Modules of ``view`` of which a copy is trained instead: norms, the LM head.

    Raises:
        LayerSwarmError: Other modules than those were given an adapter.
    """

    def __init__(
        self, view: PreTrainedModel, names: list[str], settings: RecoverySettings, whole: Sequence[str] = ()
    ) -> None:
        from peft import LoraConfig, get_peft_model
        from peft.tuners.lora import LoraLayer

        self._trainable_before = [(parameter, parameter.requires_grad) for parameter in view.parameters()]
        config = LoraConfig(
            r=settings.rank,
            lora_alpha=cast(int, settings.alpha),  # any real scale works, although peft annotates an int
            lora_dropout=settings.dropout,
            target_modules=names,
            use_rslora=settings.adapter == "rslora",
            use_dora=settings.adapter == "dora",
            fan_in_fan_out=_weights_are_transposed(view, names),
            modules_to_save=list(whole) or None,
        )
        self.dtype, self.device = view.dtype, view.device
        self._originals = {name: view.get_submodule(name) for name in whole}
        decoder = find_decoder(view)
        with (
            seeded(derived_seed(settings.seed, ADAPTER_INIT)),
            warnings.catch_warnings(),
            _without_family(view),
            with_shapes(decoder.layers, view.device),
        ):
            warnings.simplefilter("ignore", FutureWarning)  # peft uses an older name in transformers
            self._peft: PeftModel = get_peft_model(view, config)
        self.view = view
        self._layers: list[tuple[str, LoraLayer]] = [
            (name, module) for name, module in view.named_modules() if isinstance(module, LoraLayer)
        ]
        self._check_names(names)
        self._copies = {name: _copy_in_float32(view.get_submodule(name)) for name in whole}
        self._outside_layers = [name for name in whole if not name.startswith(f"{decoder.path}.")]
        self._trained = {name: parameter for name, parameter in view.named_parameters() if parameter.requires_grad}
        self._set_dropout(False)

    def __enter__(self) -> "Adapters":
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._take_out()

    def _check_names(self, asked: list[str]) -> None:
        differing = sorted({name for name, _ in self._layers} ^ set(asked))
        if differing:
            self._take_out()
            raise LayerSwarmError(
                worded(
                    "Adapters are not in the intended modules of {0}: {1} modules differ, among them {2}; this is a "
                    "fault of LayerSwarm or of its version of peft; recovery.enabled=false skips recovery.",
                    type(self.view).__name__,
                    len(differing),
                    ", ".join(differing[:3]),
                )
            )

    def _take_out(self) -> None:
        self._peft.unload()
        for name, module in self._originals.items():  # peft leaves the trained copy where the module was
            parent, _, attribute = name.rpartition(".")
            setattr(self.view.get_submodule(parent), attribute, module)
        for parameter, trainable in self._trainable_before:
            parameter.requires_grad_(trainable)

    def disabled(self) -> AbstractContextManager[None]:
        """Switch the adapters off inside a ``with`` block: the shared layers compute what the dense model's do."""
        return cast("AbstractContextManager[None]", self._peft.disable_adapter())

    @contextmanager
    def training(self, seed: int) -> Iterator[None]:
        """Switch LoRA dropout on inside a ``with`` block, with random numbers from ``seed``.

        The layers themselves stay in evaluation mode, as the teacher needs them.
        """
        self._set_dropout(True)
        try:
            with seeded(seed):
                yield
        finally:
            self._set_dropout(False)

    def _set_dropout(self, on: bool) -> None:
        for _, layer in self._layers:
            layer.lora_dropout.train(on)

    def parameters(self) -> dict[str, nn.Parameter]:
        """Return the trainable weights by name, in a fixed order."""
        return dict(self._trained)

    def head_parameters(self) -> list[nn.Parameter]:
        """Return the trainable weights of the final norm and the LM head."""
        return [parameter for name in self._outside_layers for parameter in self._copies[name].parameters()]

    def state(self) -> dict[str, Tensor]:
        """Return a copy of the trainable weights on the CPU."""
        return {name: parameter.detach().cpu().clone() for name, parameter in self.parameters().items()}

    def load(self, state: dict[str, Tensor]) -> None:
        """Load weights that ``state()`` returned."""
        with torch.no_grad():
            for name, parameter in self.parameters().items():
                parameter.copy_(state[name])

    def merged_weights(self, originals: Originals | None = None) -> Iterator[tuple[str, PlannedTensor]]:
        """Yield the name in the pruned model and the merged value of every trained weight, in the weight's own dtype.

        The sum is computed in float32, only when it is asked for: all of them may be far more than memory holds.

        Args:
            originals: The weights to add to where those in memory are quantised, or not in memory.
        """
        for name, layer in self._layers:
            yield f"{name}.weight", self._planned(f"{name}.weight", layer, originals)
        for name, copy in self._copies.items():
            for part, parameter in copy.named_parameters():
                values = partial(parameter.detach().to, self.dtype)
                yield f"{name}.{part}", PlannedTensor(self.dtype, tuple(parameter.shape), values)

    def _planned(self, name: str, layer: "LoraLayer", originals: Originals | None) -> PlannedTensor:
        own = layer.get_base_layer().weight.detach()
        dtype, shape = originals.kind(name) if originals else (own.dtype, tuple(own.shape))

        def merge() -> Tensor:
            weight = originals(name) if originals else own
            return _merged(layer, weight.to(self.device).float()).to(dtype).cpu()

        return PlannedTensor(dtype, shape, merge)


@contextmanager
def _without_family(view: PreTrainedModel) -> Iterator[None]:
    """Hide the family in the view's own config inside a ``with`` block.

    For families with experts that it knows, peft replaces targets by name: gate_proj, up_proj and down_proj become the
    fused experts, also where dense layers or shared experts are meant.
    """
    config = view.config.__dict__  # the class has a name too
    kind = view.config.model_type
    config["model_type"] = ""
    try:
        yield
    finally:
        config["model_type"] = kind


@torch.no_grad()
def _merged(layer: "LoraLayer", weight: Tensor) -> Tensor:
    """Return ``weight`` with the adapter merged; a variant such as DoRA does more than add."""
    variant = layer.lora_variant.get(_NAME)
    if variant is not None:
        return cast(Tensor, variant.merge_safe(layer, _NAME, weight))
    return weight + cast(Tensor, layer.get_delta_weight(_NAME)).float()


def _copy_in_float32(wrapper: nn.Module) -> nn.Module:
    """Return the copy that is trained, in float32: a shorter format would round small steps away."""
    from peft.utils import ModulesToSaveWrapper

    assert isinstance(wrapper, ModulesToSaveWrapper)
    return cast(nn.Module, wrapper.modules_to_save[_NAME].float())


def _weights_are_transposed(view: PreTrainedModel, names: list[str]) -> bool:
    """Return whether the modules are GPT-2's Conv1D, whose weight is [inputs, outputs]."""
    return not isinstance(view.get_submodule(names[0]), nn.Linear)
