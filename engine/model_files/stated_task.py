"""Recognise models that state by their own files that they do not generate text."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.api.regular_files import read_regular
from engine.model_files.folder_content import architecture_of, architecture_or_type
from engine.model_files.safetensors_header import TensorEntry

_WRITERS = ("ForCausalLM", "LMHeadModel", "WithLMHead", "ForConditionalGeneration")
"""Endings of the names of classes that generate text."""
_OTHERS = (
    ("ForTokenClassification", worded("a token classifier")),
    ("ForQuestionAnswering", worded("a question-answering model")),
    ("ForMultipleChoice", worded("a multiple-choice model")),
    ("ForNextSentencePrediction", worded("a next-sentence classifier")),
    ("ForMaskedLM", worded("a masked language model")),
)
_LM_HEADS = frozenset(("lm_head", "embed_out"))
_SENTENCES = "modules.json"
_LARGEST = 1 << 20
"""Bytes that are read of that file, which has some hundred."""


def check_stated_task(folder: Path, config: Mapping[str, Any], tensors: Iterable[TensorEntry]) -> None:
    """Check that the model does not state another task than generating text as a decoder.

    Raises:
        BadInput: It does, in config.json or in sentence-transformers' list of modules.
    """
    if config.get("is_encoder_decoder") is True and not architecture_of(config).endswith("ForCausalLM"):
        raise encoder_refusal(folder, config)
    if has_lm_head(tensors):
        return
    architecture = architecture_of(config)
    what = embedding(folder) or ("" if generates(architecture) else task_of(architecture))
    if what:
        raise task_refusal(folder, config, what)


def encoder_refusal(folder: Path, config: Mapping[str, Any]) -> BadInput:
    """Return the refusal of an encoder-decoder."""
    return BadInput(
        worded(
            "The model in {0} is an encoder-decoder ({1}), and LayerSwarm prunes decoder-only "
            "language models; give one of those.",
            folder,
            architecture_or_type(config),
        )
    )


def task_refusal(folder: Path, config: Mapping[str, Any], what: str) -> BadInput:
    """Return the refusal of a model that is ``what``."""
    return BadInput(
        worded(
            "The model in {0} is {1} ({2}), not a language model that generates text; give one that does.",
            folder,
            what,
            architecture_or_type(config),
        )
    )


def generates(architecture: str) -> bool:
    """Return whether a class generates text, by its name."""
    return architecture.endswith(_WRITERS)


def has_lm_head(tensors: Iterable[TensorEntry]) -> bool:
    """Return whether a language head is stored."""
    return any(not _LM_HEADS.isdisjoint(tensor.name.split(".")) for tensor in tensors)


def task_of(architecture: str) -> str:
    """Return what a class is that has another task, by the end of its name, else an empty text."""
    return next((what for ending, what in _OTHERS if architecture.endswith(ending)), "")


def embedding(folder: Path) -> str:
    """Return what a model is whose states are pooled, by sentence-transformers' list of modules, else an empty text."""
    with suppress(BadInput, OSError, ValueError, TypeError, RecursionError):
        modules = json.loads(read_regular(folder / _SENTENCES, _LARGEST))
        if any(str(module.get("type")).endswith("Pooling") for module in modules if isinstance(module, dict)):
            return worded("an embedding model")
    return ""
