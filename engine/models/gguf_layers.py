"""What the metadata of a GGUF file needs when blocks go, by llama.cpp's reading of it: the table of families once more.

llama.cpp takes some things that differ from layer to layer from the file, and others from a rule of its own on the
layer's number or the number of layers. The former are edited, the latter written out where it reads them, else refused.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from engine.api.errors import BadInput
from engine.models.families import Edit, count_leading, remap_numbers, zero
from engine.models.removal import Removal

WINDOW_PATTERN = "attention.sliding_window_pattern"
"""Per layer: whether it attends through the sliding window; or a period p: all but every p-th layer do."""
_BLOCK_COUNT, _WINDOW, _PREDICTION = "block_count", "attention.sliding_window", "nextn_predict_layers"

FIELD_EDITS: Mapping[str, Edit] = {
    "leading_dense_block_count": count_leading,
    "attention.layer_indices": remap_numbers,
    _PREDICTION: zero,
}
"""By the field's name without the architecture. Arrays with an entry for each block are sliced whatever their name."""

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
"""Where llama.cpp lets every p-th layer attend to everything unless the file has the pattern."""

ONE_WINDOW = frozenset(
    {"exaone4", "llama", "mistral3", "phi3", "phimoe", "qwen2", "qwen2moe", "qwen3", "qwen3moe", "starcoder2"}
)
"""Files of these may state a window, but no layer differs from another in it."""

FIXED_PERIODS: Mapping[str, int] = {"llama4": 4, "smollm3": 4, "smallthinker": 4}
"""Every p-th layer is another kind of layer, and no field can say otherwise."""

PERIOD_FIELDS = ("interleave_moe_layer_step", "moe_every_n_layers", "full_attention_interval")
"""Fields with such a period."""

BY_BLOCK_COUNT: Mapping[str, Callable[[int], object]] = {
    "gemma2": lambda count: count == 46,
    "gemma3": lambda count: count == 62,
    "exaone4": lambda count: count == 64,
    "command-r": lambda count: count >= 64,
    "deepseek2": lambda count: (count in (26, 27), count == 48),
    "baichuan": lambda count: count,
    "minicpm3": lambda count: count,
}
"""What llama.cpp concludes from the number of blocks (an attention scale, a variant); it must stay the same."""

TIED_FIELDS: Mapping[str, str] = {
    "attention.shared_kv_layers": "its last layers use keys and values of earlier ones",
    "embedding_length_per_layer_input": "it has one large embedding for each layer",
    "rescale_every_n_layers": "llama.cpp rescales its hidden state by the layer's number",
}
"""Fields that tie layers together when they are not zero, and how."""

_NOT_PER_LAYER = frozenset({"rope.dimension_sections"})
_BLOCK = re.compile(r"blk\.(\d{1,6})\.", re.ASCII)


def block_of(name: str) -> int | None:
    """The number of the block that a tensor of this name belongs to; None for one outside all blocks."""
    found = _BLOCK.match(name)
    return int(found[1]) if found else None


def edited_fields(architecture: str, fields: Mapping[str, Any], removal: Removal) -> dict[str, Any]:
    """The fields that change, with their new values, when blocks go.

    Args:
        fields: Every field of the architecture, by its name without the architecture in front.
        removal: Of the decoder layers; prediction layers behind them (MTP) go in any case.

    Raises:
        BadInput: llama.cpp would read the smaller file as another model.
    """
    refuse_misread(architecture, fields, removal)
    dense = dict(fields)
    pattern = _window_pattern(architecture, fields, removal.layers)
    if pattern is not None and removal.removed:
        dense[WINDOW_PATTERN] = pattern
    edited = {name: _edited(name, value, dense, removal) for name, value in dense.items()}
    return {name: value for name, value in edited.items() if name not in fields or value != fields[name]}


def decoder_layers(fields: Mapping[str, Any]) -> int:
    """Decoder layers: all blocks but the prediction layers (MTP) at the end.

    Raises:
        BadInput: the file does not say how many blocks it has.
    """
    count = fields.get(_BLOCK_COUNT)
    if not isinstance(count, int):
        raise BadInput("The GGUF file does not say how many blocks it has.")
    return count - int(fields.get(_PREDICTION) or 0)


def _edited(name: str, value: Any, fields: Mapping[str, Any], removal: Removal) -> Any:
    if name == _BLOCK_COUNT:
        return len(removal.kept)
    if name in FIELD_EDITS:
        return FIELD_EDITS[name](value, removal)
    per_layer = isinstance(value, list) and name not in _NOT_PER_LAYER and len(value) >= removal.layers
    return removal.take(value) if per_layer and len(value) in (removal.layers, fields[_BLOCK_COUNT]) else value


def _window_pattern(architecture: str, fields: Mapping[str, Any], layers: int) -> list[bool] | None:
    """Which layers use the sliding window, as llama.cpp would take it from the file; None where it makes no difference.

    Raises:
        BadInput: nobody here knows.
    """
    stated = fields.get(WINDOW_PATTERN)
    if isinstance(stated, list):
        if len(stated) < layers:
            raise BadInput(f"The GGUF file's sliding windows are given for {len(stated)} of its {layers} layers.")
        return stated
    if not fields.get(_WINDOW) or architecture in ONE_WINDOW or architecture in FIXED_PERIODS:
        return None
    if architecture not in WINDOW_PERIODS:
        raise BadInput(
            f"Which layers of a '{architecture}' GGUF file use the sliding window is not known here; prune the "
            "Hugging Face folder of the model and convert that."
        )
    period = stated if isinstance(stated, int) else WINDOW_PERIODS[architecture]
    return [period == 0 or layer % period < period - 1 for layer in range(layers)]


def refuse_misread(architecture: str, fields: Mapping[str, Any], removal: Removal) -> None:
    for name, how in TIED_FIELDS.items():
        if fields.get(name):
            raise _refused(architecture, how)
    if architecture == "minicpm" and "residual_scale" not in fields:
        raise _refused(architecture, "llama.cpp scales its layers by their number, and the file does not state how")
    reading = BY_BLOCK_COUNT.get(architecture)
    if reading is not None and reading(removal.layers) != reading(len(removal.kept)):
        raise _refused(
            architecture,
            f"llama.cpp tells its variants apart by their number of layers, and takes one of {len(removal.kept)} for "
            f"another than one of {removal.layers}",
        )
    periods = [FIXED_PERIODS.get(architecture, 1), *(int(fields.get(name) or 1) for name in PERIOD_FIELDS)]
    for period in periods:
        if any(old % period != new % period for old, new in removal.new_number.items()):
            raise _refused(
                architecture,
                f"llama.cpp takes every {period}th of its layers for another kind, so that only whole groups of "
                f"{period} layers in a row can go",
            )


def _refused(architecture: str, reason: str) -> BadInput:
    return BadInput(f"A '{architecture}' GGUF file cannot lose these layers: {reason}.")
