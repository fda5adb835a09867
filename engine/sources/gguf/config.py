"""Make the config of the model in a GGUF file from its metadata, as llama.cpp reads them.

transformers' own reader fills fields that it does not read from the defaults of one checkpoint: a Gemma 2 is scaled
like the 9B, a Qwen3 gets heads of 128, Llama 3.1 loses the scaling of its positions. So each family here states every
field, and a metadata field or tensor that is not used is refused.
"""

import math
from typing import Any

from transformers import AutoConfig, PreTrainedConfig
from transformers.integrations.gguf.gguf_config_mapping import GGUF_CONFIG_ARCHS, get_gguf_config

from engine.api.errors import BadInput, quoted
from engine.api.message import ended, worded
from engine.models.quiet import quiet_transformers
from engine.sources.gguf.families import FAMILIES
from engine.sources.gguf.fields import Fields
from engine.sources.gguf.metadata import shown
from engine.sources.gguf.parts import Gguf
from engine.sources.gguf.rope import ROPE_TENSORS

_ALWAYS_READ = ("vocab_size", "context_length", "block_count", "embedding_length", "tensor_data_layout")
READABLE = tuple(sorted([*FAMILIES, *GGUF_CONFIG_ARCHS]))
"""Every supported architecture."""


def gguf_config(gguf: Gguf) -> PreTrainedConfig:
    """Build the config of the model in a file that has passed ``check_language_model``.

    Raises:
        BadInput: The file's architecture is not supported, a field is missing, or transformers cannot express a
            field.
    """
    architecture = gguf.architecture
    if architecture in GGUF_CONFIG_ARCHS:
        return _library_config(gguf)
    if architecture not in FAMILIES:
        raise BadInput(
            worded(
                "{0} has the architecture {1}, and only GGUF files of {2} are supported; give the Hugging Face "
                "folder of the model.",
                gguf.files[0],
                shown(architecture),
                ", ".join(READABLE),
            )
        )
    fields = Fields(gguf)
    fields.skip(*_ALWAYS_READ)
    stated = FAMILIES[architecture](fields)
    if "rope_parameters" not in stated:
        _refuse_scaled(gguf)
    unread = fields.unread()
    if unread:
        name, value = next(iter(unread.items()))
        raise BadInput(
            worded(
                "{0} states {1} for {2}, which transformers cannot express in this kind of model; give the Hugging "
                "Face folder of the model.",
                gguf.files[0],
                shown(value),
                shown(f"{architecture}.{name}"),
            )
        )
    return _built(gguf, stated)


def _refuse_scaled(gguf: Gguf) -> None:
    """Refuse scaled rotary positions in an architecture whose reader ignores the scaling.

    Raises:
        BadInput: The file scales its rotary positions.
    """
    scaling = gguf.metadata.get(f"{gguf.architecture}.rope.scaling.type", "none")
    if scaling != "none" or not gguf.tensors.keys().isdisjoint(ROPE_TENSORS):
        raise BadInput(
            worded(
                "{0} scales its rotary positions, which transformers does not read in this architecture; give the "
                "Hugging Face folder of the model.",
                gguf.files[0],
            )
        )


def _check_numbers(gguf: Gguf) -> None:
    """Check that the fields that the newer reader takes unchecked are numbers.

    Raises:
        BadInput: A field is something else.
    """
    fields = Fields(gguf)
    for name, value in fields.unread().items():
        entries = value if isinstance(value, list) else [value]
        if not all(isinstance(entry, int | float) and 0 <= entry < math.inf for entry in entries):
            raise fields.unusable(name, value)
    fields.count("context_length")


def _built(gguf: Gguf, stated: dict[str, Any]) -> PreTrainedConfig:
    try:
        with quiet_transformers():
            return AutoConfig.for_model(**stated)
    except Exception as error:  # config classes raise many types of error
        reason = quoted(error, 200)
        raise BadInput(worded("The fields of {0} do not fit together: {1}", gguf.files[0], ended(reason))) from error


def _library_config(gguf: Gguf) -> PreTrainedConfig:
    """Return the config that transformers' newer reader makes for its own architectures."""
    _refuse_scaled(gguf)
    _check_numbers(gguf)
    metadata = {
        name: len(value) if isinstance(value, list) and value and isinstance(value[0], str) else value
        for name, value in gguf.metadata.items()
    }
    try:
        stated: dict[str, Any] = get_gguf_config(metadata, tuple(gguf.tensors))
    except (KeyError, TypeError, ValueError, ZeroDivisionError, AttributeError) as error:
        raise BadInput(
            worded(
                "{0} lacks a field that its architecture needs ({1}); download or convert it again.",
                gguf.files[0],
                error,
            )
        ) from None
    return _built(gguf, stated)
