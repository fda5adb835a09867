"""Recognise from its header what a GGUF file holds, and refuse everything but a complete language model.

Files are refused before a model is built: transformers fills missing metadata from its defaults, and so would build a
model of many gigabytes for a file of a few hundred bytes.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType
from gguf.quants import dequantize

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.model_files.gguf_kinds import EMBEDDER, ENCODER_DECODER, OTHER_KINDS, adapter_words, kind_by_fields
from engine.model_files.gguf_names import is_later_part
from engine.models.gguf_layers import block_of
from engine.sources.gguf.metadata import shown
from engine.sources.gguf.parts import Gguf, read_gguf


def check_language_model(gguf: Gguf) -> None:
    """Check that a file holds a complete language model in supported number formats.

    Raises:
        BadInput: It holds something else.
    """
    what = other_kind(gguf)
    if what:
        raise BadInput(worded("{0} is {1}.", gguf.files[0], what))
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


def _by_fields(gguf: Gguf) -> str:
    plain = {name: value for name, value in gguf.metadata.items() if not isinstance(value, list)}
    return kind_by_fields(plain, gguf.files[0])


def _adapter(gguf: Gguf) -> str:
    is_one = any(name.endswith((".lora_a", ".lora_b")) for name in gguf.tensors)
    return adapter_words(gguf.metadata, gguf.files[0]) if is_one else ""


def _companion(gguf: Gguf) -> str:
    if any(name.endswith(".in_sum2") for name in gguf.tensors):
        return OTHER_KINDS["imatrix"]
    if gguf.tensors and all(name.startswith("direction.") for name in gguf.tensors):
        return OTHER_KINDS["controlvector"]
    return ""


def _empty(gguf: Gguf) -> str:
    if gguf.tensors:
        return ""
    return worded("a vocabulary without weights; give the file of the model itself")


def _embedder(gguf: Gguf) -> str:
    scores = any(name.startswith("cls.") or name == "cls.weight" for name in gguf.tensors)
    return EMBEDDER if scores else ""


def _encoder(gguf: Gguf) -> str:
    is_one = any(name.startswith(("enc.", "dec.")) for name in gguf.tensors)
    return ENCODER_DECODER if is_one else ""


def _nameless(gguf: Gguf) -> str:
    if gguf.architecture:
        return ""
    images = any(
        name.startswith(("model.diffusion_model.", "double_blocks.", "input_blocks.")) for name in gguf.tensors
    )
    if images:
        return OTHER_KINDS["flux"]
    return worded("a GGUF file that does not state its architecture (general.architecture); download it again")


_TESTS: tuple[Callable[[Gguf], str], ...] = (
    _adapter,
    _companion,
    _by_fields,
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
        raise BadInput(
            worded("{0} holds no token embeddings, so it is not a complete language model; download it again.", file)
        )
    width, rows = embedding.shape
    tokens = fields.get("tokenizer.ggml.tokens")
    if not isinstance(tokens, list) or not tokens:
        raise BadInput(
            worded("{0} holds no vocabulary, so it cannot read text; download or convert the model again.", file)
        )
    blocks = {number for name in gguf.tensors if (number := block_of(name)) is not None}
    claims: tuple[tuple[str, int, str], ...] = (
        ("embedding_length", width, worded("its embedding is {0:,} wide", width)),
        ("vocab_size", rows, worded("its embedding has {0:,} rows", rows)),
        ("block_count", len(blocks), worded("it holds {0:,}", len(blocks))),
    )
    for name, found, words in claims:
        claimed = fields.get(f"{kind}.{name}")
        if claimed is None and name == "vocab_size":
            continue
        if claimed != found or isinstance(claimed, bool):
            stated = worded("does not state") if claimed is None else worded("states {0} for", shown(claimed))
            raise BadInput(
                worded(
                    "{0} {1} {2}.{3}, and {4}; download or convert the model again.", file, stated, kind, name, words
                )
            )
    if blocks != set(range(len(blocks))):
        lost = min(set(range(len(blocks))) - blocks)
        raise BadInput(
            worded(
                "{0} lacks block {1} of its {2} blocks; download or convert the model again.", file, lost, len(blocks)
            )
        )
    if len(tokens) > rows:
        raise BadInput(
            worded(
                "{0} has {1:,} tokens but embeddings for {2:,}; download or convert the model again.",
                file,
                len(tokens),
                rows,
            )
        )


def _check_formats(gguf: Gguf) -> None:
    for tensor in gguf.tensors.values():
        if not can_dequantise(tensor.kind):
            raise BadInput(
                worded(
                    "{0} uses the number format {1}, which is not supported; download the model in another one such "
                    "as Q8_0, or make it with llama-quantize --allow-requantize.",
                    gguf.files[0],
                    tensor.kind.name,
                )
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
