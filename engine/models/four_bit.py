"""Load a model with its linear layers in 4 bits (NF4), with bitsandbytes.

NF4: Dettmers et al. 2023, https://arxiv.org/abs/2305.14314.
"""

from importlib.util import find_spec
from pathlib import Path

import torch
from transformers import BitsAndBytesConfig, PreTrainedModel

from engine.api.errors import BadInput
from engine.models.loading import load_model

_KINDS = ("cuda", "xpu")
INSTALL = "pip install 'layerswarm[four-bit]'"
"""The command that installs bitsandbytes."""


def check_four_bit(device: str) -> None:
    """Check that models can be loaded in 4 bits onto ``device``.

    Raises:
        BadInput: The device is not a GPU, or bitsandbytes is not installed.
    """
    if torch.device(device).type not in _KINDS:
        raise BadInput(
            f"recovery.four_bit needs an NVIDIA, AMD or Intel GPU, but the run uses {device}; set it to false."
        )
    if find_spec("bitsandbytes") is None:
        raise BadInput(f"recovery.four_bit needs bitsandbytes, which is not installed; install it: {INSTALL}.")


def load_four_bit(folder: Path, device: str, dtype: torch.dtype) -> PreTrainedModel:
    """Load the causal LM in ``folder`` with its linear layers in 4 bits and everything else in ``dtype``.

    The LM head is not quantised. Products are computed in ``dtype``.

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
    return load_model(folder, device, dtype, quantisation)
