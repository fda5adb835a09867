"""Loading a model folder into memory, always from local files and never with code from the folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import torch
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    BitsAndBytesConfig,
    PreTrainedModel,
    PreTrainedTokenizerBase,
)
from transformers.utils import logging

from engine.api.errors import BadInput, LayerSwarmError
from engine.models.file_content import damaged_json


def load_model(
    folder: Path,
    device: str = "cpu",
    dtype: torch.dtype = torch.float32,
    quantisation: BitsAndBytesConfig | None = None,
) -> PreTrainedModel:
    """Load the causal LM in ``folder``, in eval mode and with no gradients, onto one device.

    With ``quantisation`` its linear layers take that form in memory.

    Raises:
        BadInput: the folder's config or weights cannot be loaded by transformers.
        LayerSwarmError: weights are missing, so that transformers filled them with random numbers.
    """
    with quiet_transformers():
        try:
            loaded: Any = AutoModelForCausalLM.from_pretrained(
                folder,
                dtype=dtype,
                device_map=None if device == "cpu" and quantisation is None else {"": device},
                quantization_config=quantisation,
                local_files_only=True,
                trust_remote_code=False,
                use_safetensors=True,
                output_loading_info=True,
            )
        except torch.OutOfMemoryError:
            raise LayerSwarmError(f"The model in {folder} does not fit into the memory of {device}.") from None
        except Exception as error:  # transformers raises whatever the damaged part runs into
            reason = " ".join(str(error).split())[:300]
            raise BadInput(damaged_json(folder) or f"The model in {folder} cannot be loaded: {reason}") from error
    model, info = loaded  # a pair, because of output_loading_info
    missing = sorted(info["missing_keys"])
    if missing:
        count = f"{len(missing)} tensors" if len(missing) > 1 else "a tensor"
        such = "such as " if len(missing) > 1 else ""
        raise LayerSwarmError(f"The weights in {folder} lack {count} of its config, {such}{missing[0]}.")
    model.eval().requires_grad_(False)
    return cast(PreTrainedModel, model)


def load_tokenizer(folder: Path) -> PreTrainedTokenizerBase:
    """Load the tokenizer in ``folder``.

    Raises:
        BadInput: there is none that transformers can load.
    """
    with quiet_transformers():
        try:
            tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
        except Exception as error:  # as above
            reason = " ".join(str(error).split())[:300]
            raise BadInput(damaged_json(folder) or f"The tokenizer in {folder} cannot be loaded: {reason}") from error
    return cast(PreTrainedTokenizerBase, tokenizer)


@contextmanager
def quiet_transformers() -> Iterator[None]:
    """Keep transformers' bars and warnings off the terminal: our own events tell the progress."""
    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()
