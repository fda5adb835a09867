"""Titles of the checks of an export, which events and manifests name by a key."""

from collections.abc import Mapping

from engine.results.figures import Translate, untranslated

CHECK_TITLES: Mapping[str, str] = {
    "bytes": "Size",
    "weights": "Weights",
    "reload": "Loading",
    "layers": "Layers",
    "parameters": "Parameters",
    "logits": "Logits",
    "generation": "Generation with the KV cache",
    "whole model": "Whole multimodal model",
    "tokenizer": "Tokenizer",
    "changed": "Tensors of the original file",
    "window": "Attention window",
    "runs": "Runtime",
    "tokens": "Greedy tokens",
    "kl": "KL to the pruned model",
}
"""By key: every check that the engine's own formats make."""


def check_title(key: str, translate: Translate = untranslated) -> str:
    """Return the title of a check; a format of another package may make one that has none here, which is its key."""
    title = CHECK_TITLES.get(key)
    return f"{key[:1].upper()}{key[1:]}" if title is None else translate(title)
