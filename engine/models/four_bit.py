"""Load a model with its linear layers in 4 bits (NF4), with bitsandbytes; check which models that suits.

NF4: Dettmers et al. 2023, https://arxiv.org/abs/2305.14314.
"""

from collections.abc import Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import BitsAndBytesConfig, PreTrainedModel
from transformers.pytorch_utils import Conv1D

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.models.architecture import find_decoder
from engine.models.inventory import take_inventory
from engine.models.linear_maps import remember_original
from engine.models.loading import load_model
from engine.models.original_weights import OriginalWeights
from engine.models.removal import Removal
from engine.models.skeleton import build_skeleton

_TRAINING = ("cuda", "xpu")
_LEAST_SHARE = 0.5
"""Smallest share of the layers' weights for which 4 bits are worth their rounding: far above that of joined experts
(less than a fifth), far below that of any other model (nine tenths)."""
INSTALL = "pip install 'layerswarm[four-bit]'"
"""The command that installs bitsandbytes."""


def check_four_bit(device: str, setting: str = "recovery.four_bit") -> None:
    """Check that models can be loaded in 4 bits onto ``device``.

    Args:
        device: Such as ``cuda:0``.
        setting: The setting that asks for it; ``device.four_bit`` may on a CPU too.

    Raises:
        BadInput: The device cannot, or bitsandbytes is not installed.
    """
    kind = torch.device(device).type
    if kind not in _TRAINING and (kind != "cpu" or setting != "device.four_bit"):
        raise BadInput(
            worded("{0} needs an NVIDIA, AMD or Intel GPU, but the run uses {1}; set it to false.", setting, device)
        )
    if find_spec("bitsandbytes") is None:
        raise BadInput(worded("{0} needs bitsandbytes, which is not installed; install it: {1}.", setting, INSTALL))


def four_bit_share(config: Mapping[str, Any]) -> float:
    """Return the share of the decoder layers' weights that transformers holds in 4 bits: those of plain linear modules.

    Experts that are joined in one tensor, and linear modules of a family's own class, stay as they are.

    Args:
        config: Content of the model's config.json.
    """
    layers = find_decoder(build_skeleton(config)).layers
    linear = {id(each.weight) for each in layers.modules() if type(each) is nn.Linear}
    reached = sum(weight.numel() for weight in layers.parameters() if id(weight) in linear)
    return reached / max(1, sum(weight.numel() for weight in layers.parameters()))


def check_four_bit_weights(config: Mapping[str, Any], setting: str) -> None:
    """Check that a model's weights can be held in 4 bits, and most of them are.

    Args:
        config: Content of the model's config.json.
        setting: The setting that asks for it.

    Raises:
        BadInput: They are stored transposed, so that what changes them in memory would not fit those of the files, or
            most of them would stay in full precision.
    """
    skeleton = build_skeleton(config)
    reason = ""
    if any(isinstance(module, Conv1D) for module in skeleton.modules()):
        reason = worded("its matrices are stored transposed")
    elif (share := four_bit_share(config)) < _LEAST_SHARE:
        reason = worded(
            "only {0:.0%} of its layers' weights are in plain linear modules, and the others, such as joined "
            "experts, stay in full precision",
            share,
        )
    if reason:
        raise BadInput(
            worded("{0} cannot be held in 4 bits: {1}; set {2}=false.", type(skeleton).__name__, reason, setting)
        )


def load_four_bit(folder: Path, device: str, dtype: torch.dtype) -> PreTrainedModel:
    """Load the causal LM in ``folder`` with its linear layers in 4 bits and everything else in ``dtype``.

    The LM head is not quantised. Products are computed in ``dtype``. ``original_matrix`` reads a weight as it was.

    Raises:
        BadInput: transformers cannot load the folder's config or weights.
        LayerSwarmError: The device has too little memory.
    """
    quantisation = BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=dtype,
    )
    model, names = load_model(folder, device, dtype, quantisation), take_inventory(folder).names
    originals = OriginalWeights(folder, Removal(names.layers, ()), {})
    for name, module in model.named_modules():
        if getattr(getattr(module, "weight", None), "quant_state", None) is not None:
            remember_original(module, partial(originals, f"{name}.weight"))
            # On some CPUs bitsandbytes packs weights for inference only: not to be trained, nor read again.
            module.__dict__["support_avx512bf16_for_cpu"] = False
    return model
