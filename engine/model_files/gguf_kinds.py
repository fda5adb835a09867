"""Recognise GGUF files that hold something other than a language model by their first fields."""

import shlex
from collections.abc import Mapping
from pathlib import Path

from engine.api.message import worded
from engine.model_files.gguf_start import Fields

EMBEDDER = worded(
    "a model that turns texts into embeddings or scores and does not generate text; give a language model"
)
ENCODER_DECODER = worded("an encoder-decoder model, which LayerSwarm does not prune; give a decoder-only model")
_DENOISER = worded("a diffusion language model, which writes all tokens at once; give one that writes token by token")

OTHER_KINDS: Mapping[str, str] = {
    "clip": worded(
        "the image or audio part of a multimodal model (mmproj), which has no decoder layers; "
        "give the file of its language model"
    ),
    "controlvector": worded("a control vector, not a model; give the model that it steers"),
    "imatrix": worded("an importance matrix for quantising, not a model; give the model that it was made for"),
    "t5": worded("an encoder-decoder model (T5), which LayerSwarm does not prune; give a decoder-only model"),
    "t5encoder": worded("the encoder of a T5 model, which has no decoder layers to remove; give a language model"),
    "wavtokenizer-dec": worded(
        "the voice of a text-to-speech model, which has no decoder layers to remove; give a language model"
    ),
    **dict.fromkeys(("dream", "llada", "llada-moe", "rnd1"), _DENOISER),
    **dict.fromkeys(
        (
            *("bert", "modern-bert", "nomic-bert", "nomic-bert-moe", "neo-bert", "jina-bert-v2", "jina-bert-v3"),
            *("eurobert", "gemma-embedding", "llama-embed"),
        ),
        EMBEDDER,
    ),
    **dict.fromkeys(
        (
            *("flux", "sd1", "sd2", "sd3", "sdxl", "aura", "auraflow", "pixart", "lumina2", "hidream", "chroma"),
            *("cosmos", "hyvid", "ltxv", "wan", "qwen_image", "z_image", "kandinsky5", "pig"),
        ),
        worded("a model that makes images or video, which has no decoder layers to remove; give a language model"),
    ),
}
"""By ``general.architecture``: what the file is, and what to do."""
_POOLING_NONE = 0
_KIND_OF_TYPE = {"imatrix": "imatrix", "mmproj": "clip"}
"""The architecture that a ``general.type`` stands for."""


def kind_by_fields(fields: Fields, file: Path) -> str:
    """Return what a file is and what to do if its fields show that it is not a language model, else an empty text."""
    if fields.get("general.type") == "adapter" or "adapter.type" in fields:
        return adapter_words(fields, file)
    kind, architecture = fields.get("general.type"), fields.get("general.architecture")
    if isinstance(kind, str) and kind in _KIND_OF_TYPE:
        return OTHER_KINDS[_KIND_OF_TYPE[kind]]
    if str(architecture) in OTHER_KINDS:
        return OTHER_KINDS[str(architecture)]
    pools = fields.get(f"{architecture}.pooling_type", _POOLING_NONE) != _POOLING_NONE
    sees_ahead = fields.get(f"{architecture}.attention.causal", True) is False
    return EMBEDDER if pools or sees_ahead else ""


def adapter_words(fields: Mapping[str, object], file: Path) -> str:
    """Return what a LoRA adapter is, with the base model that its fields name, and what to do."""
    base = next(
        (value for key in ("repo_url", "name") if (value := fields.get(f"general.base_model.0.{key}"))),
        fields.get("general.source.url"),
    )
    named = f" {base}" if isinstance(base, str) and base.isprintable() and base.isascii() else ""
    return worded(
        "a LoRA adapter, not a model; merge it into its base model{0} first "
        "(llama-export-lora -m BASE.gguf --lora {1} -o MERGED.gguf)",
        named,
        shlex.quote(file.name),
    )
