"""The table of GGUF metadata that change when blocks are removed, as llama.cpp reads them.

The counterpart of ``families`` for GGUF files. llama.cpp reads some per-layer properties from the file, and derives
others from the layer's number or the number of layers. The former are edited; the latter are written out if llama.cpp
reads them from the file too, and refused otherwise.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.models.families import Edit, count_leading, remap_numbers, zero
from engine.models.removal import Removal

WINDOW_PATTERN = "attention.sliding_window_pattern"
"""For each layer, whether it uses the sliding window; or a period p: all layers but every p-th one do."""
_BLOCK_COUNT, _WINDOW, _PREDICTION = "block_count", "attention.sliding_window", "nextn_predict_layers"

FIELD_EDITS: Mapping[str, Edit] = {
    "leading_dense_block_count": count_leading,
    "attention.layer_indices": remap_numbers,
    _PREDICTION: zero,
}
"""By the field's name without the architecture. Arrays with an entry per block are sliced whatever their name."""

WINDOW_PERIODS: Mapping[str, int] = {
    "gemma2": 2,
    "gpt-oss": 2,
    "afmoe": 4,
    "cohere2": 4,
    "exaone-moe": 4,
    "olmo2": 4,
    "gemma3": 6,
    "plamo3": 8,
}
"""Architectures in which llama.cpp gives every p-th layer full attention unless the file states the pattern."""

ONE_WINDOW = frozenset(
    {"exaone4", "llama", "mistral3", "phi3", "phimoe", "qwen2", "qwen2moe", "qwen3", "qwen3moe", "starcoder2"}
)
"""Architectures whose files may state a window, which is the same for all layers."""

FIXED_PERIODS: Mapping[str, int] = {"llama4": 4, "smollm3": 4, "smallthinker": 4}
"""Architectures in which every p-th layer is of another kind, and no field can change that."""

PERIOD_FIELDS = ("interleave_moe_layer_step", "moe_every_n_layers", "full_attention_interval")
"""Fields that state such a period."""

BY_BLOCK_COUNT: Mapping[str, Callable[[int], object]] = {
    "gemma2": lambda count: count == 46,
    "gemma3": lambda count: count == 62,
    "exaone4": lambda count: count == 64,
    "command-r": lambda count: count >= 64,
    "deepseek2": lambda count: (count in (26, 27), count == 48),
    "baichuan": lambda count: count,
    "minicpm3": lambda count: count,
}
"""What llama.cpp derives from the number of blocks (an attention scale, a variant); it must not change."""

TIED_FIELDS: Mapping[str, str] = {
    "attention.shared_kv_layers": worded("its last layers use keys and values of earlier ones"),
    "embedding_length_per_layer_input": worded("it has one large embedding for each layer"),
    "rescale_every_n_layers": worded("llama.cpp rescales its hidden state by the layer's number"),
}
"""Fields that tie layers together if they are not zero, with the reason."""

_NOT_PER_LAYER = frozenset({"rope.dimension_sections"})
_BLOCK = re.compile(r"blk\.(\d{1,6})\.", re.ASCII)


def block_of(name: str) -> int | None:
    """Return the number of the block that the tensor ``name`` belongs to, or None if it is outside the blocks."""
    found = _BLOCK.match(name)
    return int(found[1]) if found else None


def edited_fields(architecture: str, fields: Mapping[str, Any], removal: Removal) -> dict[str, Any]:
    """Return the new values of the fields that change when blocks are removed.

    Args:
        architecture: llama.cpp's name of the architecture.
        fields: Every field of the architecture, by its name without the architecture in front.
        removal: The removal of decoder layers; the prediction layers after them (MTP) are always removed.

    Raises:
        BadInput: llama.cpp would read the smaller file as a different model.
    """
    refuse_misread(architecture, fields, removal)
    dense = dict(fields)
    pattern = _window_pattern(architecture, fields, removal.layers)
    if pattern is not None and removal.removed:
        dense[WINDOW_PATTERN] = pattern
    edited = {name: _edited(name, value, dense, removal) for name, value in dense.items()}
    return {name: value for name, value in edited.items() if name not in fields or value != fields[name]}


def decoder_layers(fields: Mapping[str, Any]) -> int:
    """Return the number of decoder layers: all blocks but the prediction layers (MTP) at the end.

    Raises:
        BadInput: The file does not state how many blocks it has.
    """
    count = fields.get(_BLOCK_COUNT)
    if not isinstance(count, int):
        raise BadInput(worded("The GGUF file does not state how many blocks it has; download or convert it again."))
    return count - int(fields.get(_PREDICTION) or 0)


def _edited(name: str, value: Any, fields: Mapping[str, Any], removal: Removal) -> Any:
    if name == _BLOCK_COUNT:
        return len(removal.kept)
    if name in FIELD_EDITS:
        return FIELD_EDITS[name](value, removal)
    per_layer = isinstance(value, list) and name not in _NOT_PER_LAYER and len(value) >= removal.layers
    return removal.take(value) if per_layer and len(value) in (removal.layers, fields[_BLOCK_COUNT]) else value


def _window_pattern(architecture: str, fields: Mapping[str, Any], layers: int) -> list[bool] | None:
    """Return which layers use the sliding window as llama.cpp reads the file, or None if that cannot change.

    Raises:
        BadInput: The pattern of the architecture is unknown, or the file states it for too few layers.
    """
    stated = fields.get(WINDOW_PATTERN)
    if isinstance(stated, list):
        if len(stated) < layers:
            raise BadInput(
                worded(
                    "The GGUF file states sliding windows for only {0} of its {1} layers; download or convert it "
                    "again.",
                    len(stated),
                    layers,
                )
            )
        return stated
    if not fields.get(_WINDOW) or architecture in ONE_WINDOW or architecture in FIXED_PERIODS:
        return None
    if architecture not in WINDOW_PERIODS:
        raise BadInput(
            worded(
                "LayerSwarm does not know which layers of a '{0}' GGUF file use the sliding window; prune the "
                "Hugging Face folder of the model and convert that.",
                architecture,
            )
        )
    period = stated if isinstance(stated, int) else WINDOW_PERIODS[architecture]
    return [period == 0 or layer % period < period - 1 for layer in range(layers)]


def refuse_misread(architecture: str, fields: Mapping[str, Any], removal: Removal) -> None:
    """Refuse a removal after which llama.cpp would read the smaller file as a different model.

    Args:
        architecture: llama.cpp's name of the architecture.
        fields: Every field of the architecture, by its name without the architecture in front.
        removal: The removal of decoder layers.

    Raises:
        BadInput: It would.
    """
    for name, how in TIED_FIELDS.items():
        if fields.get(name):
            raise _refused(architecture, how)
    if architecture == "minicpm" and "residual_scale" not in fields:
        raise _refused(
            architecture, worded("llama.cpp scales its layers by their number, and the file does not state how")
        )
    reading = BY_BLOCK_COUNT.get(architecture)
    if reading is not None and reading(removal.layers) != reading(len(removal.kept)):
        raise _refused(
            architecture,
            worded(
                "llama.cpp distinguishes its variants by their number of layers, and {0} layers mean another "
                "variant than {1}",
                len(removal.kept),
                removal.layers,
            ),
        )
    periods = [FIXED_PERIODS.get(architecture, 1), *(int(fields.get(name) or 1) for name in PERIOD_FIELDS)]
    for period in periods:
        if any(old % period != new % period for old, new in removal.new_number.items()):
            raise _refused(
                architecture,
                worded(
                    "llama.cpp treats every {0}th layer as another kind, so only whole groups of {0} consecutive "
                    "layers can be removed",
                    period,
                ),
            )


def _refused(architecture: str, reason: str) -> BadInput:
    return BadInput(worded("A '{0}' GGUF file cannot lose these layers: {1}.", architecture, reason))
