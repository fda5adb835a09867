"""Check that the tensors of a GGUF file are exactly the weights of the model that its config describes.

transformers silently drops a tensor that the model lacks, such as a bias. So the model is built without memory for its
weights and compared with the header before any weight is read.
"""

import warnings
from collections import Counter
from collections.abc import Mapping
from typing import Any

import torch
from transformers import AutoModelForCausalLM, PreTrainedConfig, PreTrainedModel
from transformers.core_model_loading import WeightConverter, WeightRenaming, rename_source_key
from transformers.integrations.gguf.dequant import GGML_NAME
from transformers.integrations.gguf.gguf_conversion_mapping import GGUF_ARCHS
from transformers.integrations.gguf.utils import get_gguf_conversion_mapping
from transformers.modeling_gguf_pytorch_utils import TENSOR_PROCESSORS, TensorProcessor, get_gguf_hf_weights_map

from engine.api.errors import BadInput, quoted
from engine.api.message import ended, worded
from engine.models.quiet import quiet_transformers
from engine.sources.gguf.metadata import shown
from engine.sources.gguf.parts import Gguf
from engine.sources.gguf.quick_reading import quick_reading
from engine.sources.gguf.rope import ROPE_TENSORS

_PLAIN = frozenset({"F32", "F16", "BF16"})
_PREDICTION = "mtp."
"""Prefix of prediction layers, which transformers leaves out."""


def check_weights(gguf: Gguf, config: PreTrainedConfig) -> None:
    """Compare the tensors of ``gguf`` with the model that ``config`` describes, before any is read.

    Raises:
        BadInput: A tensor is missing or has another size, or the model has no such tensor.
    """
    model = _without_weights(gguf, config)
    parameters = {name: each.numel() for name, each in model.named_parameters(remove_duplicate=False)}
    places = _all_places(gguf, config, model)
    filled: Counter[str] = Counter()
    for tensor in gguf.tensors.values():
        place = places.get(tensor.name)
        if place in parameters:
            filled[place] += tensor.elements
        elif tensor.name not in ROPE_TENSORS and not (place or "").startswith(_PREDICTION):
            raise BadInput(
                worded(
                    "{0} holds the tensor {1}, for which transformers has no place in this kind of model; give the "
                    "Hugging Face folder of the model.",
                    gguf.files[0],
                    shown(tensor.name),
                )
            )
    tied = _tied(model)
    names = {place: name for name, place in places.items()}
    for place, size in parameters.items():
        found = filled[place]
        if found != size and not (found == 0 and place in tied):
            what = worded("lacks") if found == 0 else worded("has another size for")
            raise BadInput(
                worded(
                    "{0} {1} the tensor {2} that its metadata require ({3:,} of {4:,} numbers); download or convert "
                    "it again.",
                    gguf.files[0],
                    what,
                    names.get(place, place),
                    found,
                    size,
                )
            )


def tensor_places(gguf: Gguf, config: PreTrainedConfig) -> dict[str, str]:
    """Return the name of each tensor in a file -> the name of the parameter that it becomes.

    Raises:
        BadInput: The file's fields do not fit together, or it uses a number format that transformers does not read.
    """
    return _all_places(gguf, config, _without_weights(gguf, config))


def _all_places(gguf: Gguf, config: PreTrainedConfig, model: PreTrainedModel) -> dict[str, str]:
    return _new_places(gguf, config) if gguf.architecture in GGUF_ARCHS else _places(gguf, model)


def _without_weights(gguf: Gguf, config: PreTrainedConfig) -> PreTrainedModel:
    with torch.device("meta"), quiet_transformers(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            model: PreTrainedModel = AutoModelForCausalLM.from_config(config)
        except Exception as error:  # each family raises its own errors for inconsistent values
            reason = ended(quoted(error, 200))
            raise BadInput(worded("The fields of {0} do not fit together: {1}", gguf.files[0], reason)) from error
    return model


def _places(gguf: Gguf, model: PreTrainedModel) -> dict[str, str]:
    """Return name in the file -> name in the model, as in transformers' older reader."""
    kind: Any = TENSOR_PROCESSORS.get(gguf.architecture, TensorProcessor)
    processor = kind(config=model.config.to_dict())
    with quick_reading():
        known: Mapping[str, str] = get_gguf_hf_weights_map(model, processor)
    stacked = {f"{name}.weight": place for name, place in known.items() if not name.endswith((".weight", ".bias"))}
    return {**stacked, **known}


def _new_places(gguf: Gguf, config: PreTrainedConfig) -> dict[str, str]:
    """Return the same for architectures of its newer reader, which dequantises by itself, but not every format."""
    for tensor in gguf.tensors.values():
        if tensor.kind.name not in {*_PLAIN, *GGML_NAME.values()}:
            raise BadInput(
                worded(
                    "{0} uses the number format {1}, which transformers does not read in this architecture; download "
                    "the model in another one such as Q8_0.",
                    gguf.files[0],
                    tensor.kind.name,
                )
            )
    mapping = get_gguf_conversion_mapping(gguf.architecture, config)
    renamings = [entry for entry in mapping if isinstance(entry, WeightRenaming)]
    converters = [entry for entry in mapping if isinstance(entry, WeightConverter)]
    return {name: rename_source_key(name, renamings, converters)[0] for name in gguf.tensors}


def _tied(model: PreTrainedModel) -> frozenset[str]:
    """Return the names of tied parameters, such as a head that is the embedding."""
    return frozenset(model.all_tied_weights_keys)
