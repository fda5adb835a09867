"""Loading a model with its linear layers in 4 bits (NF4; Dettmers et al. 2023, arXiv:2305.14314), by bitsandbytes."""

from importlib.util import find_spec
from pathlib import Path

import torch
from transformers import BitsAndBytesConfig, PreTrainedModel

from engine.api.errors import BadInput
from engine.models.loading import load_model

_KINDS = ("cuda", "xpu")
INSTALL = "pip install 'layerswarm[four-bit]'"
"""The command that brings what is missing."""


def check_four_bit(device: str) -> None:
    """See that models can be held in 4 bits on a device.

    Raises:
        BadInput: they cannot; the sentence says what to do.
    """
    if torch.device(device).type not in _KINDS:
        raise BadInput(
            f"recovery.four_bit needs a GPU of NVIDIA, AMD or Intel, and the run works on {device}; set it to false."
        )
    if find_spec("bitsandbytes") is None:
        raise BadInput(f"recovery.four_bit needs bitsandbytes, which is not installed; install it: {INSTALL}.")


def load_four_bit(folder: Path, device: str, dtype: torch.dtype) -> PreTrainedModel:
    """Load the causal LM in ``folder`` as ``load_model`` does, its linear layers in 4 bits and all else in ``dtype``.

    The LM head stays as it is. Products are computed in ``dtype``.

    Raises:
        BadInput: as ``load_model``.
        LayerSwarmError: as ``load_model``.
    """
    quantisation = BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=dtype,
    )
    return load_model(folder, device, dtype, quantisation)
