"""Recognise from its header what a GGUF file holds, and refuse everything but a complete language model.

Files are refused before a model is built: transformers fills missing metadata from its defaults, and so would build a
model of many gigabytes for a file of a few hundred bytes.
"""

import shlex
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType
from gguf.quants import dequantize

from engine.api.errors import BadInput
from engine.models.gguf_layers import block_of
from engine.sources.gguf.metadata import shown
from engine.sources.gguf.parts import Gguf, is_later_part, read_gguf

_MERGE = "merge it into its base model{base} first (llama-export-lora -m BASE.gguf --lora {file} -o MERGED.gguf)"
_NO_DECODER = "which has no decoder layers to remove; give a language model"
_EMBEDDER = "a model that turns texts into embeddings or scores and does not generate text; give a language model"
_DENOISER = "a diffusion language model, which writes all tokens at once; give one that writes token by token"

_ARCHITECTURES: Mapping[str, str] = {
    "clip": "the image or audio part of a multimodal model (mmproj), which has no decoder layers; give the file of its "
    "language model",
    "controlvector": "a control vector, not a model; give the model that it steers",
    "imatrix": "an importance matrix for quantising, not a model; give the model that it was made for",
    "t5": "an encoder-decoder model (T5), which LayerSwarm does not prune; give a decoder-only model",
    "t5encoder": f"the encoder of a T5 model, {_NO_DECODER}",
    "wavtokenizer-dec": f"the voice of a text-to-speech model, {_NO_DECODER}",
    **dict.fromkeys(("dream", "llada", "llada-moe", "rnd1"), _DENOISER),
    **dict.fromkeys(
        (
            *("bert", "modern-bert", "nomic-bert", "nomic-bert-moe", "neo-bert", "jina-bert-v2", "jina-bert-v3"),
            *("eurobert", "gemma-embedding", "llama-embed"),
        ),
        _EMBEDDER,
    ),
    **dict.fromkeys(
        (
            *("flux", "sd1", "sd2", "sd3", "sdxl", "aura", "auraflow", "pixart", "lumina2", "hidream", "chroma"),
            *("cosmos", "hyvid", "ltxv", "wan", "qwen_image", "z_image", "kandinsky5", "pig"),
        ),
        f"a model that makes images or video, {_NO_DECODER}",
    ),
}
"""By ``general.architecture``: what the file is, and what to do."""

_POOLING_NONE = 0


def check_language_model(gguf: Gguf) -> None:
    """Check that a file holds a complete language model in supported number formats.

    Raises:
        BadInput: It holds something else.
    """
    what = other_kind(gguf)
    if what:
        raise BadInput(f"{gguf.files[0]} is {what}.")
    _check_sizes(gguf)
    _check_formats(gguf)


def other_kind(gguf: Gguf) -> str:
    """Return what the file is and what to do if it is not a language model, else an empty text."""
    return next((words for test in _TESTS if (words := test(gguf))), "")


def find_language_model(folder: Path) -> Path | None:
    """Return the first GGUF file in ``folder`` that holds a language model, or None.

    Metadata files of macOS (``._model.gguf``), image parts (mmproj) and later parts of split files are ignored.
    """
    for file in sorted(folder.glob("*.gguf")):
        if file.name.startswith("._") or is_later_part(file) or not file.is_file():
            continue
        try:
            gguf = read_gguf(file)
        except (BadInput, OSError):
            continue
        if not other_kind(gguf):
            return file
    return None


def _adapter(gguf: Gguf) -> str:
    fields = gguf.metadata
    is_one = (
        fields.get("general.type") == "adapter"
        or "adapter.type" in fields
        or any(name.endswith((".lora_a", ".lora_b")) for name in gguf.tensors)
    )
    if not is_one:
        return ""
    base = next(
        (value for key in ("repo_url", "name") if (value := fields.get(f"general.base_model.0.{key}"))),
        fields.get("general.source.url"),
    )
    named = f" {base}" if isinstance(base, str) and base.isprintable() and base.isascii() else ""
    return f"a LoRA adapter, not a model; {_MERGE.format(base=named, file=shlex.quote(gguf.files[0].name))}"


def _companion(gguf: Gguf) -> str:
    kinds = {"imatrix": "imatrix", "mmproj": "clip"}
    kind = gguf.metadata.get("general.type")
    if any(name.endswith(".in_sum2") for name in gguf.tensors):
        kind = "imatrix"
    if gguf.tensors and all(name.startswith("direction.") for name in gguf.tensors):
        return _ARCHITECTURES["controlvector"]
    return _ARCHITECTURES[kinds[kind]] if isinstance(kind, str) and kind in kinds else ""


def _architecture(gguf: Gguf) -> str:
    return _ARCHITECTURES.get(gguf.architecture, "")


def _empty(gguf: Gguf) -> str:
    if gguf.tensors:
        return ""
    return "a vocabulary without weights; give the file of the model itself"


def _embedder(gguf: Gguf) -> str:
    pooling = gguf.metadata.get(f"{gguf.architecture}.pooling_type", _POOLING_NONE)
    sees_ahead = gguf.metadata.get(f"{gguf.architecture}.attention.causal", True) is False
    scores = any(name.startswith("cls.") or name == "cls.weight" for name in gguf.tensors)
    return _EMBEDDER if pooling != _POOLING_NONE or sees_ahead or scores else ""


def _encoder(gguf: Gguf) -> str:
    is_one = any(name.startswith(("enc.", "dec.")) for name in gguf.tensors)
    return _ARCHITECTURES["t5"].replace(" (T5)", "") if is_one else ""


def _nameless(gguf: Gguf) -> str:
    if gguf.architecture:
        return ""
    images = any(
        name.startswith(("model.diffusion_model.", "double_blocks.", "input_blocks.")) for name in gguf.tensors
    )
    if images:
        return _ARCHITECTURES["flux"]
    return "a GGUF file that does not state its architecture (general.architecture); download it again"


_TESTS: tuple[Callable[[Gguf], str], ...] = (
    _adapter,
    _companion,
    _architecture,
    _nameless,
    _empty,
    _embedder,
    _encoder,
)


def _check_sizes(gguf: Gguf) -> None:
    """Check that the tensors match the model's size in the metadata.

    Raises:
        BadInput: They do not, or the metadata do not state the size.
    """
    file, fields, kind = gguf.files[0], gguf.metadata, gguf.architecture
    embedding = gguf.tensors.get("token_embd.weight")
    if embedding is None or len(embedding.shape) != 2:
        raise BadInput(f"{file} holds no token embeddings, so it is not a complete language model; download it again.")
    width, rows = embedding.shape
    tokens = fields.get("tokenizer.ggml.tokens")
    if not isinstance(tokens, list) or not tokens:
        raise BadInput(f"{file} holds no vocabulary, so it cannot read text; download or convert the model again.")
    blocks = {number for name in gguf.tensors if (number := block_of(name)) is not None}
    claims: tuple[tuple[str, int, str], ...] = (
        ("embedding_length", width, f"its embedding is {width:,} wide"),
        ("vocab_size", rows, f"its embedding has {rows:,} rows"),
        ("block_count", len(blocks), f"it holds {len(blocks):,}"),
    )
    for name, found, words in claims:
        claimed = fields.get(f"{kind}.{name}")
        if claimed is None and name == "vocab_size":
            continue
        if claimed != found or isinstance(claimed, bool):
            stated = "does not state" if claimed is None else f"states {shown(claimed)} for"
            raise BadInput(f"{file} {stated} {kind}.{name}, and {words}; download or convert the model again.")
    if blocks != set(range(len(blocks))):
        lost = min(set(range(len(blocks))) - blocks)
        raise BadInput(f"{file} lacks block {lost} of its {len(blocks)} blocks; download or convert the model again.")
    if len(tokens) > rows:
        raise BadInput(
            f"{file} has {len(tokens):,} tokens but embeddings for {rows:,}; download or convert the model again."
        )


def _check_formats(gguf: Gguf) -> None:
    for tensor in gguf.tensors.values():
        if not can_dequantise(tensor.kind):
            raise BadInput(
                f"{gguf.files[0]} uses the number format {tensor.kind.name}, which is not supported; download the "
                "model in another one such as Q8_0, or make it with llama-quantize --allow-requantize."
            )


@cache
def can_dequantise(kind: GGMLQuantizationType) -> bool:
    """Return whether the gguf package can dequantise this number format."""
    form = {GGMLQuantizationType.F32: np.float32, GGMLQuantizationType.F16: np.float16}.get(kind, np.uint8)
    width = 1 if form is not np.uint8 else GGML_QUANT_SIZES[kind][1]
    try:
        dequantize(np.zeros((1, width), form), kind)
    except NotImplementedError:
        return False
    return True
