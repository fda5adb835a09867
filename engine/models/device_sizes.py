"""Sizes of the work that a device does at once."""

import torch

_MIB = 2**20
_CPU_TOKENS, _GPU_TOKENS = 512, 16384
_CPU_HEAD, _GPU_HEAD = 64 * _MIB, 512 * _MIB


def joined_tokens(device: torch.device) -> int:
    """Return how many tokens of different candidates to run through a layer at once.

    A GPU is kept busy by many; on a CPU the states of more than some hundred tokens leave its cache, so that the same
    work takes longer.
    """
    return _CPU_TOKENS if device.type == "cpu" else _GPU_TOKENS


def head_chunk_bytes(device: torch.device) -> int:
    """Return the size of the largest float32 block of logits that is held at a time."""
    return _CPU_HEAD if device.type == "cpu" else _GPU_HEAD
