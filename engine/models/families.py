"""What each config field needs when decoder layers go: one table for all families.

A field is named once, whatever families have it. A new family needs an entry only if it brings a new per-layer field
or ties its layers together in a new way.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.api.errors import BadInput
from engine.models.removal import Removal

Edit = Callable[[Any, Removal], Any]
"""(value in the dense config, removal) -> value in the pruned config."""


def slice_per_layer(value: Any, removal: Removal) -> Any:
    """One entry per layer (a list, or a string of one letter per layer); a scalar serves all layers and stays.

    Entries beyond the last layer belong to prediction layers (MTP), which the export leaves out.
    """
    if not isinstance(value, list | tuple | str):
        return value
    if len(value) < removal.layers:
        raise BadInput(f"The model's config has a per-layer list of {len(value)} for {removal.layers} layers.")
    return "".join(removal.take(value)) if isinstance(value, str) else removal.take(value)


def remap_numbers(value: Any, removal: Removal) -> Any:
    """A list of layer numbers."""
    if not isinstance(value, list | tuple):
        return value
    return [removal.new_number[layer] for layer in value if layer in removal.new_number]


def remap_keys(value: Any, removal: Removal) -> Any:
    """A mapping from layer number, written as an integer or as text, to that layer's own settings."""
    if not isinstance(value, Mapping):
        return value
    numbered = {key: removal.new_number.get(int(key)) for key in value}
    return {type(key)(numbered[key]): entry for key, entry in value.items() if numbered[key] is not None}


def count_leading(value: Any, removal: Removal) -> Any:
    """A number k that sets the first k layers apart from the rest."""
    return value - removal.removed_before(value) if isinstance(value, int) else value


def last_number(value: Any, removal: Removal) -> Any:
    """The number of the last layer of a kind; -1 is the last of all."""
    return value if value == -1 else count_leading(value + 1, removal) - 1


def zero(value: Any, _removal: Removal) -> Any:
    """A number of extra layers, behind the decoder, that the export leaves out."""
    return 0 if isinstance(value, int) else value


def slice_attention_types(value: Any, removal: Removal) -> Any:
    """GPT-Neo's run-length form: [[["global", "local"], 12]] is the pair, twelve times."""
    if not value:
        return value
    per_layer = [kind for kinds, times in value for _ in range(times) for kind in kinds]
    return [[removal.take(per_layer), 1]]


def keep_depth_scale(value: Any, removal: Removal) -> Any:
    """MiniCPM scales each residual branch by value / sqrt(layers): keep the quotient."""
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
"""The fields that say something about single layers. The layer count itself is handled apart: every family has it."""

DERIVED_LISTS = ("layer_types", "mlp_layer_types", "layers_block_type", "layers_num_experts", "no_rope_layers")
"""Per-layer lists that some families compute from a period and an offset; they must come out as the kept layers'."""

PERIODS = ("moe_layer_interval", "n_layers_per_attn_res_block")
"""Fields p that make every p-th layer another kind by arithmetic on its number: each layer must stay of its kind."""

INDEX_ATTRIBUTES = ("layer_idx", "layer_id")
"""Where modules inside a decoder layer hold that layer's number."""

STATE_SPACE_WEIGHTS = ("A_log", "D")
"""What a state-space mixer (Mamba, Mamba-2) holds, beside its linear modules, in whatever family it is."""

BARE_WEIGHTS = ("out_proj", "dt_proj")
"""Its linear modules whose weight is read without a call of the module: the first by fused kernels, the other always.

What is wrapped around such a module is passed by.
"""


@dataclass(frozen=True)
class Refusal:
    """A family that loses its meaning when layers go: ``field`` of the complete config has a value that ``applies``."""

    field: str
    applies: Callable[[Any], bool]
    reason: str


_SHARED = "its layers share weights or keys with each other, which is not supported yet"
_BY_NUMBER = "its layers compute with their own number, so removing one changes all that follow"

REFUSALS: tuple[Refusal, ...] = (
    Refusal("scale_attn_by_inverse_layer_idx", bool, _BY_NUMBER),
    Refusal("model_type", lambda kind: kind in ("minimax", "gpt_neox_japanese"), _BY_NUMBER),
    Refusal("model_type", lambda kind: kind in ("zamba", "zamba2"), _SHARED),
    Refusal("num_kv_shared_layers", bool, _SHARED),
    Refusal("kv_source_layers", lambda sources: bool(sources) and list(sources) != list(range(len(sources))), _SHARED),
    Refusal("hidden_size_per_layer_input", bool, "it has one large embedding for each layer, not supported yet"),
    Refusal("ple_layer_ids", bool, "it has one large embedding for each layer, not supported yet"),
    Refusal("is_encoder_decoder", bool, "it is an encoder-decoder model; only decoder-only models are supported"),
    Refusal("model_type", lambda kind: kind in ("paligemma", "git"), "each of its tokens sees those that follow"),
)


def refuse_tied_layers(config: Any) -> None:
    """Check a complete config (every default filled in) for anything that ties the layers together.

    Args:
        config: The text decoder's, or that of the model around it.

    Raises:
        BadInput: Layers of this model cannot be removed.
    """
    for refusal in REFUSALS:
        if refusal.applies(getattr(config, refusal.field, None)):
            raise BadInput(f"A model of type '{config.model_type}' cannot be pruned: {refusal.reason}.")
