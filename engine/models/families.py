"""The table of config fields that change when decoder layers are removed, and of the families that are refused.

Add a family here. A field has one entry, however many families have it; a new family needs an entry only if it brings
a new per-layer field or ties its layers together in a new way.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.models.removal import Removal

Edit = Callable[[Any, Removal], Any]
"""(value in the dense config, removal) -> value in the pruned config."""


def slice_per_layer(value: Any, removal: Removal) -> Any:
    """Keep the entries of the remaining layers in a list, or in a string of one letter per layer.

    A scalar applies to all layers and is returned as it is. Entries beyond the last layer belong to prediction layers
    (MTP), which the export leaves out.

    Raises:
        BadInput: The list has fewer entries than the model has layers.
    """
    if not isinstance(value, list | tuple | str):
        return value
    if len(value) < removal.layers:
        raise BadInput(
            worded(
                "The model's config has a per-layer list of {0} entries for {1} layers; download or copy the model "
                "again.",
                len(value),
                removal.layers,
            )
        )
    return "".join(removal.take(value)) if isinstance(value, str) else removal.take(value)


def remap_numbers(value: Any, removal: Removal) -> Any:
    """Renumber a list of layer numbers."""
    if not isinstance(value, list | tuple):
        return value
    return [removal.new_number[layer] for layer in value if layer in removal.new_number]


def remap_keys(value: Any, removal: Removal) -> Any:
    """Renumber the keys of a mapping from layer number, an integer or a text, to that layer's settings."""
    if not isinstance(value, Mapping):
        return value
    numbered = {key: removal.new_number.get(int(key)) for key in value}
    return {type(key)(numbered[key]): entry for key, entry in value.items() if numbered[key] is not None}


def count_leading(value: Any, removal: Removal) -> Any:
    """Adjust a number k that distinguishes the first k layers from the rest."""
    return value - removal.removed_before(value) if isinstance(value, int) else value


def last_number(value: Any, removal: Removal) -> Any:
    """Renumber the last layer of a kind; -1 means the last layer of the model."""
    return value if value == -1 else count_leading(value + 1, removal) - 1


def zero(value: Any, _removal: Removal) -> Any:
    """Set the number of extra layers after the decoder, which the export leaves out, to zero."""
    return 0 if isinstance(value, int) else value


def slice_attention_types(value: Any, removal: Removal) -> Any:
    """Keep the remaining layers in GPT-Neo's run-length form: [[["global", "local"], 12]] is the pair twelve times."""
    if not value:
        return value
    per_layer = [kind for kinds, times in value for _ in range(times) for kind in kinds]
    return [[removal.take(per_layer), 1]]


def keep_depth_scale(value: Any, removal: Removal) -> Any:
    """Keep MiniCPM's scale of each residual branch, value / sqrt(layers)."""
    return value * math.sqrt(len(removal.kept) / removal.layers)


FIELD_EDITS: Mapping[str, Edit] = {
    "layer_types": slice_per_layer,
    "mlp_layer_types": slice_per_layer,
    "layers_block_type": slice_per_layer,
    "hybrid_override_pattern": slice_per_layer,
    "no_rope_layers": slice_per_layer,
    "attention_layers": slice_per_layer,
    "attention_types": slice_attention_types,
    "attn_type_list": slice_per_layer,
    "layer_rope_theta": slice_per_layer,
    "intermediate_size": slice_per_layer,
    "activation_sparsity_pattern": slice_per_layer,
    "num_query_heads": slice_per_layer,
    "num_kv_heads": slice_per_layer,
    "num_attention_heads_per_layer": slice_per_layer,
    "num_key_value_heads_per_layer": slice_per_layer,
    "block_configs": slice_per_layer,
    "moe_layers": remap_numbers,
    "mlp_only_layers": remap_numbers,
    "full_attn_idxs": remap_numbers,
    "attn_layer_indices": remap_numbers,
    "cross_attention_layers": remap_numbers,
    "per_layer_config": remap_keys,
    "first_k_dense_replace": count_leading,
    "num_dense_layers": count_leading,
    "max_window_layers": count_leading,
    "moe_layer_start_index": count_leading,
    "moe_layer_end_index": last_number,
    "num_nextn_predict_layers": zero,
    "num_mtp_layers": zero,
    "mtp_num_hidden_layers": zero,
    "scale_depth": keep_depth_scale,
}
"""Per-layer fields and how they are edited. The layer count is edited separately, since every family has it."""

DERIVED_LISTS = ("layer_types", "mlp_layer_types", "layers_block_type", "layers_num_experts", "no_rope_layers")
"""Per-layer lists that some families compute from a period and an offset; they must match the remaining layers."""

PERIODS = ("moe_layer_interval", "n_layers_per_attn_res_block")
"""Fields p that make every p-th layer of another kind, by its number; each layer must keep its kind."""

INDEX_ATTRIBUTES = ("layer_idx", "layer_id")
"""Attributes in which modules inside a decoder layer store that layer's number."""

STATE_SPACE_WEIGHTS = ("A_log", "D")
"""Parameters of a state-space mixer (Mamba, Mamba-2) beside its linear modules, in every family that has one."""

BARE_WEIGHTS = ("out_proj", "dt_proj")
"""Linear modules of such a mixer whose weight is read without calling the module, so that a wrapper is bypassed.

Fused kernels read the first; the second is always read this way.
"""


@dataclass(frozen=True)
class Refusal:
    """A family whose layers cannot be removed: its complete config has a ``field`` for which ``applies`` is true."""

    field: str
    applies: Callable[[Any], bool]
    reason: str


_SHARED = worded("its layers share weights or keys with each other, which is not supported yet")
_BY_NUMBER = worded("its layers compute with their own number, so removing one changes all that follow")

REFUSALS: tuple[Refusal, ...] = (
    Refusal("scale_attn_by_inverse_layer_idx", bool, _BY_NUMBER),
    Refusal("model_type", lambda kind: kind in ("minimax", "gpt_neox_japanese"), _BY_NUMBER),
    Refusal("model_type", lambda kind: kind in ("zamba", "zamba2"), _SHARED),
    Refusal("num_kv_shared_layers", bool, _SHARED),
    Refusal("kv_source_layers", lambda sources: bool(sources) and list(sources) != list(range(len(sources))), _SHARED),
    Refusal(
        "hidden_size_per_layer_input", bool, worded("it has one large embedding for each layer, not supported yet")
    ),
    Refusal("ple_layer_ids", bool, worded("it has one large embedding for each layer, not supported yet")),
    Refusal(
        "is_encoder_decoder", bool, worded("it is an encoder-decoder model; only decoder-only models are supported")
    ),
    Refusal(
        "model_type", lambda kind: kind in ("paligemma", "git"), worded("each of its tokens attends to later ones")
    ),
)


def refuse_tied_layers(config: Any) -> None:
    """Refuse a model whose layers are tied together.

    Args:
        config: The complete config (every default filled in) of the text decoder, or of the model around it.

    Raises:
        BadInput: Layers of this model cannot be removed.
    """
    for refusal in REFUSALS:
        if refusal.applies(getattr(config, refusal.field, None)):
            raise BadInput(worded("A model of type '{0}' cannot be pruned: {1}.", config.model_type, refusal.reason))
