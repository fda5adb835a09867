"""Config fields that families of language models in GGUF files share, as transformers names them."""

from typing import Any

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.sources.gguf.fields import Fields
from engine.sources.gguf.rope import rope_parameters

_SPECIAL_TOKENS = {
    "bos_token_id": "bos_token_id",
    "eos_token_id": "eos_token_id",
    "padding_token_id": "pad_token_id",
}


def vocabulary(fields: Fields) -> dict[str, Any]:
    """Return the vocabulary's size, its special tokens, and whether the head is tied to the embedding."""
    gguf = fields.gguf
    rows = gguf.tensors["token_embd.weight"].shape[1]
    special = {ours: gguf.metadata.get(f"tokenizer.ggml.{theirs}") for theirs, ours in _SPECIAL_TOKENS.items()}
    return {
        "vocab_size": rows,
        "tie_word_embeddings": "output.weight" not in gguf.tensors,
        **{name: id if isinstance(id, int) and 0 <= id < rows else None for name, id in special.items()},
    }


def decoder(fields: Fields) -> dict[str, Any]:
    """Return the fields of every family but GPT-2, Bloom and Mamba, which name them differently."""
    heads = fields.count("attention.head_count")
    return {
        **vocabulary(fields),
        "hidden_size": fields.count("embedding_length"),
        "num_hidden_layers": fields.count("block_count"),
        "num_attention_heads": heads,
        "num_key_value_heads": fields.count("attention.head_count_kv", heads),
        "intermediate_size": fields.count("feed_forward_length"),
        "max_position_embeddings": fields.count("context_length"),
    }


def plain_heads(fields: Fields) -> dict[str, int]:
    """Return the numbers of heads that a file does not state as plain numbers, by their keys in the file.

    transformers permutes the weights of a Llama by the stated numbers, and does not permute them if there are none.
    """
    heads = fields.count("attention.head_count")
    counts = {"attention.head_count": heads, "attention.head_count_kv": fields.count("attention.head_count_kv", heads)}
    architecture = fields.gguf.architecture
    return {f"{architecture}.{name}": count for name, count in counts.items() if fields.any(name) != count}


def with_rms_norm(fields: Fields) -> dict[str, Any]:
    """Return the fields of a decoder with RMS norms and heads of any width."""
    eps = fields.real("attention.layer_norm_rms_epsilon")
    return {**decoder(fields), "head_dim": head_width(fields), "rms_norm_eps": eps}


def head_width(fields: Fields) -> int:
    """Return the width of a head, the same for keys and values.

    Raises:
        BadInput: The widths differ.
    """
    heads = fields.count("attention.head_count")
    width = fields.count("attention.key_length", fields.count("embedding_length") // heads)
    if fields.count("attention.value_length", width) != width:
        raise BadInput(
            worded(
                "{0} has heads whose keys and values differ in width; give the Hugging Face folder of the model.",
                fields.gguf.files[0],
            )
        )
    return width


def whole_rope(fields: Fields, base: float = 10_000.0) -> dict[str, Any]:
    """Return the rotary positions of a family that rotates whole heads.

    Raises:
        BadInput: The file rotates only part of each head.
    """
    width = head_width(fields)
    if fields.count("rope.dimension_count", width) != width:
        raise BadInput(
            worded(
                "{0} rotates only part of each head, which transformers does not support in this kind of model; give "
                "the Hugging Face folder of the model.",
                fields.gguf.files[0],
            )
        )
    return {"rope_parameters": rope_parameters(fields, base, width)}


def partial_rope(fields: Fields, width: int) -> dict[str, Any]:
    """Return the rotary positions of a family that rotates the first dimensions of each head of ``width``."""
    rotated = fields.count("rope.dimension_count", width)
    return {"rope_parameters": {**rope_parameters(fields, 10_000.0, rotated), "partial_rotary_factor": rotated / width}}


def has(fields: Fields, name: str) -> bool:
    """Return whether the first block has a tensor of this name."""
    return f"blk.0.{name}" in fields.gguf.tensors
