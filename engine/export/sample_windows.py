"""Make the random text on which two models are compared."""

import torch
from transformers import PreTrainedConfig, PreTrainedModel

WINDOWS = 2
COMPARED = 48
"""Positions at the end of a window whose logits are compared."""
_LONGEST_WINDOW = 2048
_SEED = 20


def sample_windows(model: PreTrainedModel) -> torch.Tensor:
    """Return random tokens [windows, length], longer than a sliding window where the model has a short one.

    They are from the middle of the vocabulary, away from the special tokens at its ends.
    """
    config = model.config.get_text_config(decoder=True)
    generator = torch.Generator().manual_seed(_SEED)
    low, high = config.vocab_size // 8, config.vocab_size // 2
    return torch.randint(low, high, (WINDOWS, window_length(config)), generator=generator)


def window_length(config: PreTrainedConfig) -> int:
    """Return the tokens of a window.

    Args:
        config: The config of the text decoder.
    """
    longest = min(getattr(config, "max_position_embeddings", None) or _LONGEST_WINDOW, _LONGEST_WINDOW)
    sliding = getattr(config, "sliding_window", None) or 0
    return min(max(COMPARED, sliding + COMPARED), longest)
