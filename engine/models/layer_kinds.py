"""The kinds of a model's decoder layers, and the layers that must be kept for the model to work."""

from collections.abc import Sequence
from typing import Any

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.api.plurals import layers_in_words
from engine.models.removal import Removal

_LISTS = ("layer_types", "layers_block_type")
"""Stored or computed fields of a complete config that name the kind of each layer."""
_UNREAD = ("cross_attention_layers",)
"""Fields with the numbers of layers that text alone does not use, so that no text can show their worth."""


def check_layer_kinds(config: Any, removal: Removal) -> None:
    """Check that a hybrid of attention and recurrent layers keeps an attention layer.

    Its cache counts tokens in its attention layers; without any it cannot generate text.

    Args:
        config: The complete text config of the dense model.
        removal: The layers to remove.

    Raises:
        BadInput: No attention layer would remain.
    """
    attention = _attention_layers(config)
    if attention and set(attention) <= set(removal.removed):
        which = layers_in_words(attention)
        raise BadInput(
            worded(
                "Without {0} the model would have no attention layer left, and a '{1}' model cannot generate text "
                "without one; keep one of them.",
                which,
                config.model_type,
            )
        )


def needed_layers(config: Any) -> tuple[int, ...]:
    """Return the layers that no search may remove: a hybrid's only attention layer, and layers that text does not use.

    Args:
        config: The complete text config.
    """
    layers = range(config.num_hidden_layers)
    unread = (number for field in _UNREAD for number in getattr(config, field, None) or () if number in layers)
    attention = _attention_layers(config)
    return tuple(sorted({*unread, *(attention if len(attention) == 1 else ())}))


def _attention_layers(config: Any) -> Sequence[int]:
    """Return the attention layers of a hybrid, or none if all layers are of one sort."""
    kinds = next((kinds for field in _LISTS if isinstance(kinds := getattr(config, field, None), list | tuple)), ())
    attention = [number for number, kind in enumerate(kinds) if _is_attention(str(kind))]
    return attention if len(attention) < len(kinds) else ()


def _is_attention(kind: str) -> bool:
    return "attention" in kind and "linear" not in kind
