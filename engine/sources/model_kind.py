"""Refuse models that are not text-generating decoders, naming what they are, before any work is done."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from transformers.models.auto.configuration_auto import CONFIG_MAPPING
from transformers.models.auto.modeling_auto import MODEL_FOR_MASKED_LM_MAPPING_NAMES

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.model_files.folder_content import architecture_of
from engine.model_files.safetensors_header import TensorEntry
from engine.model_files.stated_task import embedding, encoder_refusal, generates, has_lm_head, task_of, task_refusal
from engine.models.pruned_config import complete_config

_CLASSIFIER = "ForSequenceClassification"
_OTHER_HEADS = ("score", "reward_head", "value_head", "regression_layer", "classifier", "qa_outputs")


def check_kind(folder: Path, config: dict[str, Any], tensors: Sequence[TensorEntry]) -> None:
    """Check that the model in ``folder`` generates text, by the name of its architecture and its head tensors.

    Raises:
        BadInput: It is a reward model, a classifier, an embedding model, an encoder or an encoder-decoder.
    """
    architecture = architecture_of(config)
    if _has_encoder(config) and not architecture.endswith("ForCausalLM"):
        raise encoder_refusal(folder, config)
    what = _otherwise(folder, config, architecture, tensors)
    if what:
        raise task_refusal(folder, config, what)


def _otherwise(folder: Path, config: dict[str, Any], architecture: str, tensors: Sequence[TensorEntry]) -> str:
    """Return what the model is if it does not generate text, else an empty text."""
    writes = generates(architecture)
    if has_lm_head(tensors):
        return "" if writes else _by_architecture(architecture, config, has_head=True)
    what = embedding(folder) or ("" if writes else _by_architecture(architecture, config, has_head=False))
    tied = _is_tied(config)
    if what or (writes and tied):
        return what
    headless = architecture.endswith("Model") and not tied
    return _by_head(tensors, config) or (
        worded("a model without a language head, as embedding models are") if headless else ""
    )


def _has_encoder(config: dict[str, Any]) -> bool:
    default = False
    with suppress(KeyError, TypeError):  # an unknown type, or not a name
        default = getattr(CONFIG_MAPPING[config["model_type"]], "is_encoder_decoder", False) is True
    return config.get("is_encoder_decoder", default) is True


def _is_encoder(config: dict[str, Any]) -> bool:
    """Return whether the family attends in both directions, unless its config makes it a decoder."""
    kind = config.get("model_type")
    return isinstance(kind, str) and kind in MODEL_FOR_MASKED_LM_MAPPING_NAMES and config.get("is_decoder") is not True


def _by_head(tensors: Iterable[TensorEntry], config: dict[str, Any]) -> str:
    """Return what a model is whose head is not one over the vocabulary, else an empty text."""
    for tensor in tensors:
        parts = tensor.name.split(".")
        head = next((part for part in _OTHER_HEADS if part in parts[:2]), None)
        if head == "qa_outputs":
            return worded("a question-answering model")
        if head is not None and parts[-1] == "weight" and len(parts) <= 4:
            single = tensor.shape[:1] == (1,) and not _is_encoder(config)
            return worded("a reward model") if single else worded("a text classifier")
    return ""


def _by_architecture(architecture: str, config: dict[str, Any], has_head: bool) -> str:
    if "Reward" in architecture and not has_head:
        return worded("a reward model")
    if architecture.endswith(_CLASSIFIER) and not has_head:
        labels = config.get("id2label")
        single = isinstance(labels, dict) and len(labels) == 1 and not _is_encoder(config)
        return worded("a reward model") if single else worded("a text classifier")
    other = task_of(architecture)
    if other and (not has_head or _is_encoder(config)):
        return other
    return worded("an encoder") if _is_encoder(config) else ""


def _is_tied(config: dict[str, Any]) -> bool:
    """Return whether the head is the input embedding, so that it is not stored."""
    try:
        complete = complete_config(config)
    except (BadInput, TypeError):
        return True  # an unknown model, refused elsewhere
    sections = (complete, complete.get_text_config(decoder=True))
    return any(getattr(section, "tie_word_embeddings", None) is True for section in sections)
