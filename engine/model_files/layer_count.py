"""Read the number of decoder layers that a config states, without knowing the family."""

from collections.abc import Mapping


def layer_count(config: Mapping[str, object]) -> int:
    """Return the stated number of layers, also of the text part of a multimodal model; 0 where there is none."""
    text = config.get("text_config")
    layers = config.get("num_hidden_layers") or (text.get("num_hidden_layers") if isinstance(text, dict) else 0)
    return layers if isinstance(layers, int) else 0
