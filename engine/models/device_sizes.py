"""Sizes of the work that a device does at once: fixed on a CPU, by the memory of the device elsewhere.

They are functions of the device and the model alone, not of the memory that is free now or of a timing: another size
may round the last bit of a score in another way, and a run that is resumed must find the scores of one that is not.
"""

import torch

from engine.models.devices import total_memory

_MIB = 2**20
_CPU_TOKENS = 512
"""On two cores a layer of the demo model takes 95 microseconds per token for 512 tokens at once, 99 for 1,024 or 2,048,
109 for 128 and 115 for 4,096, whose states leave the cache."""
_LEAST_TOKENS, _MOST_TOKENS = 512, 16384
"""Enough to keep matrix products efficient on any GPU, and enough for the launches of a layer not to count."""
BATCH_TOKENS = 2048
"""Most tokens that enter the stack at once: enough to keep matrix products efficient, few enough for a laptop."""
_PIECE_TOKENS = 4096
_BUSY_BYTES, _SHARED_BYTES = 4 * _MIB, 16 * _MIB
"""Hidden states that take a layer as long as it takes to launch it, 512 tokens of 4,096 numbers of two bytes; and those
of a piece of work, in which several candidates pass a layer together."""
PASSING = 8
"""Hidden states of one batch on the device while it passes a layer: before it, behind it, and within."""
_PASSING_SHARE = 1 / 16
"""Share of a GPU's memory for the states of a batch that passes a layer."""
_LEAST_HEAD, _MOST_HEAD = 64 * _MIB, 512 * _MIB
_HEAD_SHARE = 1 / 64
"""Share of a GPU's memory for a block of logits, of which a few copies exist at a time."""


def joined_tokens(device: torch.device, state_bytes: int, memory: int | None = None) -> int:
    """Return how many tokens of different candidates to run through a layer at once, a power of two.

    A GPU is kept busy by many; on a CPU the states of more than some hundred tokens leave its cache, so that the same
    work takes longer.

    Args:
        device: The device that applies the layers.
        state_bytes: Bytes of one token's hidden state.
        memory: Bytes of the device; by default as many as it has.
    """
    if device.type == "cpu":
        return _CPU_TOKENS
    memory = total_memory(str(device)) if memory is None else memory
    fitting = int(_PASSING_SHARE * memory) // (PASSING * state_bytes)
    return min(max(1 << max(fitting, 1).bit_length() - 1, _LEAST_TOKENS), _MOST_TOKENS)


def batch_tokens(device: torch.device, state_bytes: int) -> int:
    """Return how many tokens enter the stack at once, before candidates are joined.

    A wide model keeps a GPU busy with fewer, and smaller batches can be shared among more devices.

    Args:
        device: The device that applies the layers.
        state_bytes: Bytes of one token's hidden state.
    """
    if device.type == "cpu":
        return _CPU_TOKENS
    return min(max(_BUSY_BYTES // state_bytes, _LEAST_TOKENS), BATCH_TOKENS)


def piece_tokens(device: torch.device, state_bytes: int) -> int:
    """Return how many tokens of different candidates keep the device busy; work is not divided into smaller pieces.

    Args:
        device: The device that applies the layers.
        state_bytes: Bytes of one token's hidden state.
    """
    if device.type == "cpu":
        return _CPU_TOKENS
    return min(max(_SHARED_BYTES // state_bytes, _LEAST_TOKENS), _PIECE_TOKENS)


def head_chunk_bytes(device: torch.device) -> int:
    """Return the size of the largest float32 block of logits that is held at a time."""
    if device.type == "cpu":
        return _LEAST_HEAD
    return min(max(int(_HEAD_SHARE * total_memory(str(device))), _LEAST_HEAD), _MOST_HEAD)
