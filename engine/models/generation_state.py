"""Keep what ``generate`` leaves in a model from reaching later forward passes."""

from collections.abc import Iterator
from contextlib import contextmanager

from transformers import PreTrainedModel

_POSITIONS = "rope_deltas"
"""Where vision-language models, such as Qwen2-VL, keep the offsets of the positions of the latest batch."""


@contextmanager
def unchanged_by_generation(model: PreTrainedModel) -> Iterator[None]:
    """Put back the positions that a model kept before a ``generate`` inside a ``with`` block.

    A later batch of another size that is read with a cache would be given those of the generated one, and fail.
    """
    kept = [(module, getattr(module, _POSITIONS)) for module in model.modules() if hasattr(module, _POSITIONS)]
    try:
        yield
    finally:
        for module, positions in kept:
            setattr(module, _POSITIONS, positions)
