"""Load a model with its linear layers in 4 bits (NF4), with bitsandbytes.

NF4: Dettmers et al. 2023, https://arxiv.org/abs/2305.14314.
"""

from functools import partial
from importlib.util import find_spec
from pathlib import Path

import torch
from transformers import BitsAndBytesConfig, PreTrainedModel

from engine.api.errors import BadInput
from engine.models.inventory import take_inventory
from engine.models.linear_maps import remember_original
from engine.models.loading import load_model
from engine.models.original_weights import OriginalWeights
from engine.models.removal import Removal

_TRAINING = ("cuda", "xpu")
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
        raise BadInput(f"{setting} needs an NVIDIA, AMD or Intel GPU, but the run uses {device}; set it to false.")
    if find_spec("bitsandbytes") is None:
        raise BadInput(f"{setting} needs bitsandbytes, which is not installed; install it: {INSTALL}.")


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
