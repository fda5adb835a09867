"""LoRA adapters (Hu et al. 2021, arXiv:2106.09685) and variants, put into the layers that both models share."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import cast

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from peft.tuners.lora import LoraLayer
from peft.utils import ModulesToSaveWrapper
from torch import Tensor, nn
from transformers import PreTrainedModel

from engine.api.errors import LayerSwarmError
from engine.api.settings import RecoverySettings
from engine.models.architecture import find_decoder
from engine.recovery.randomness import ADAPTER_INIT, derived_seed, seeded

_NAME = "default"
Originals = Callable[[str], Tensor]
"""A weight as it was before it was quantised, by its name in the pruned model."""


class Adapters:
    """A set of LoRA adapters in ``view``, gone without a trace when the block ends.

    ``view`` shares its layers with the dense model, so the dense model runs through the adapters too, except inside
    ``disabled()``. All that is trained is in float32, whatever the model's own weights are.

    Args:
        view: the pruned view of the model.
        names: modules of ``view`` that get an adapter.
        settings: kind of adapter, rank, alpha, dropout and seed.
        whole: modules of ``view`` of which a copy is trained instead: norms, the LM head.

    Raises:
        LayerSwarmError: other modules than those were given an adapter.
    """

    def __init__(
        self, view: PreTrainedModel, names: list[str], settings: RecoverySettings, whole: Sequence[str] = ()
    ) -> None:
        self._trainable_before = [(parameter, parameter.requires_grad) for parameter in view.parameters()]
        config = LoraConfig(
            r=settings.rank,
            lora_alpha=cast(int, settings.alpha),  # any real scale works, whatever the annotation there says
            lora_dropout=settings.dropout,
            target_modules=names,
            use_rslora=settings.adapter == "rslora",
            use_dora=settings.adapter == "dora",
            fan_in_fan_out=_weights_are_transposed(view, names),
            modules_to_save=list(whole) or None,
        )
        self.dtype, self.device = view.dtype, view.device
        self._originals = {name: view.get_submodule(name) for name in whole}
        with seeded(derived_seed(settings.seed, ADAPTER_INIT)), warnings.catch_warnings(), _of_no_family(view):
            warnings.simplefilter("ignore", FutureWarning)  # peft asks transformers by an older name
            self._peft: PeftModel = get_peft_model(view, config)
        self.view = view
        self._layers = [(name, module) for name, module in view.named_modules() if isinstance(module, LoraLayer)]
        self._check_names(names)
        self._copies = {name: _copy_in_float32(view.get_submodule(name)) for name in whole}
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
                f"Adapters were not put where they belong in {type(self.view).__name__}: {len(differing)} modules "
                f"differ, among them {', '.join(differing[:3])}; this is a fault of LayerSwarm or of its version of "
                "peft, and recovery.enabled=false leaves recovery out."
            )

    def _take_out(self) -> None:
        self._peft.unload()
        for name, module in self._originals.items():  # peft leaves the trained copy where the module was
            parent, _, attribute = name.rpartition(".")
            setattr(self.view.get_submodule(parent), attribute, module)
        for parameter, trainable in self._trainable_before:
            parameter.requires_grad_(trainable)

    def disabled(self) -> AbstractContextManager[None]:
        """Inside this block the shared layers compute exactly what the dense model's do."""
        return cast("AbstractContextManager[None]", self._peft.disable_adapter())

    @contextmanager
    def training(self, seed: int) -> Iterator[None]:
        """Inside this block LoRA dropout is on, with random numbers from ``seed``.

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
        """The trainable weights by name, in a fixed order."""
        return {name: parameter for name, parameter in self.view.named_parameters() if parameter.requires_grad}

    def head_parameters(self) -> list[nn.Parameter]:
        """Those of them that come after the decoder layers: of the final norm and the LM head."""
        layers = f"{find_decoder(self.view).path}."
        return [
            parameter
            for name, copy in self._copies.items()
            if not name.startswith(layers)
            for parameter in copy.parameters()
        ]

    def state(self) -> dict[str, Tensor]:
        """A copy of the adapter's weights on the CPU."""
        return {name: parameter.detach().cpu().clone() for name, parameter in self.parameters().items()}

    def load(self, state: dict[str, Tensor]) -> None:
        """Put in weights that ``state()`` gave."""
        with torch.no_grad():
            for name, parameter in self.parameters().items():
                parameter.copy_(state[name])

    def merged_weights(self, originals: Originals | None = None) -> Iterator[tuple[str, Tensor]]:
        """Name in the pruned model and new value of every weight that is trained, in the weight's own dtype.

        The sum is made in float32.

        Args:
            originals: gives the weights to add to where those in memory are quantised.
        """
        for name, layer in self._layers:
            weight = originals(f"{name}.weight") if originals else layer.get_base_layer().weight.detach()
            yield f"{name}.weight", _merged(layer, weight.to(self.device).float()).to(weight.dtype).cpu().contiguous()
        for name, copy in self._copies.items():
            for part, parameter in copy.named_parameters():
                yield f"{name}.{part}", parameter.detach().to(self.dtype).cpu().contiguous()


@contextmanager
def _of_no_family(view: PreTrainedModel) -> Iterator[None]:
    """Inside this block the config of ``view``, which is its own, does not say of what family it is.

    For a family with experts that it knows, peft replaces targets by name: gate_proj, up_proj and down_proj become the
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
def _merged(layer: LoraLayer, weight: Tensor) -> Tensor:
    """``weight`` as the adapter makes it; a variant such as DoRA does more than add."""
    variant = layer.lora_variant.get(_NAME)
    if variant is not None:
        return cast(Tensor, variant.merge_safe(layer, _NAME, weight))
    return weight + cast(Tensor, layer.get_delta_weight(_NAME)).float()


def _copy_in_float32(wrapper: nn.Module) -> nn.Module:
    """The copy that is trained; in a short format small steps would be rounded away."""
    assert isinstance(wrapper, ModulesToSaveWrapper)
    return cast(nn.Module, wrapper.modules_to_save[_NAME].float())


def _weights_are_transposed(view: PreTrainedModel, names: list[str]) -> bool:
    """Whether the modules are GPT-2's Conv1D, which keeps its weight as [inputs, outputs]."""
    return not isinstance(view.get_submodule(names[0]), nn.Linear)
