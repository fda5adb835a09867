"""Whether the tensors of a GGUF file are the weights of the model that its config describes: all of them, no others.

transformers drops a tensor that it has no place for, such as a bias, without a word. The model is built without
memory for its weights and compared with the header before anything is read.
"""

from collections import Counter
from collections.abc import Mapping

import torch
from gguf import GGMLQuantizationType
from transformers import AutoModelForCausalLM, PreTrainedConfig, PreTrainedModel
from transformers.integrations.gguf import GGUF_ARCHS
from transformers.integrations.gguf.dequant import GGML_NAME
from transformers.modeling_gguf_pytorch_utils import TENSOR_PROCESSORS, TensorProcessor, get_gguf_hf_weights_map

from engine.api.errors import BadInput
from engine.models.gguf_parts import Gguf
from engine.models.gguf_rope import ROPE_TENSORS
from engine.models.loading import quiet_transformers

_PLAIN = frozenset({"F32", "F16", "BF16"})


def check_weights(gguf: Gguf, config: PreTrainedConfig) -> None:
    """Compare the tensors of ``gguf`` with the model that ``config`` makes, before any is read.

    Raises:
        BadInput: a tensor is missing, has another size, or is one that the model has no place for.
    """
    if gguf.architecture in GGUF_ARCHS:  # compared by transformers itself when it loads them
        _check_new_formats(gguf)
        return
    model = _without_weights(gguf, config)
    processor = TENSOR_PROCESSORS.get(gguf.architecture, TensorProcessor)(config=config.to_dict())
    places = get_gguf_hf_weights_map(model, processor)
    filled: Counter[str] = Counter()
    for tensor in gguf.tensors.values():
        place = places.get(tensor.name) or places.get(tensor.name.removesuffix(".weight"))
        if place is not None:
            filled[place] += tensor.elements
        elif tensor.name not in ROPE_TENSORS:
            raise BadInput(
                f"{gguf.files[0]} holds the tensor {tensor.name}, for which transformers has no place in this kind of "
                "model; give the Hugging Face folder of the model."
            )
    _check_filled(gguf, model, filled, {theirs: ours for ours, theirs in places.items()})


def _without_weights(gguf: Gguf, config: PreTrainedConfig) -> PreTrainedModel:
    with torch.device("meta"), quiet_transformers():
        try:
            model: PreTrainedModel = AutoModelForCausalLM.from_config(config)
        except Exception as error:  # a family's own classes raise whatever does not fit together
            reason = " ".join(str(error).split())[:200]
            raise BadInput(f"The fields of {gguf.files[0]} do not fit together: {reason}") from error
    return model


def _check_filled(gguf: Gguf, model: PreTrainedModel, filled: Mapping[str, int], names: Mapping[str, str]) -> None:
    tied = config_ties(model)
    for place, parameter in model.named_parameters(remove_duplicate=False):
        found = filled.get(place, 0)
        if found == parameter.numel() or (found == 0 and place in tied):
            continue
        name = names.get(place, place)
        what = "lacks" if found == 0 else "has another size for"
        raise BadInput(
            f"{gguf.files[0]} {what} the tensor {name}, which its metadata ask for ({found:,} of {parameter.numel():,} "
            "numbers); download or convert it again."
        )


def config_ties(model: PreTrainedModel) -> frozenset[str]:
    """Names of parameters that are another one's: a head that is the embedding."""
    seen: dict[int, str] = {}
    names = list(model.named_parameters(remove_duplicate=False))
    for name, parameter in names:
        seen.setdefault(id(parameter), name)
    return frozenset(name for name, parameter in names if seen[id(parameter)] != name) | frozenset(
        model.all_tied_weights_keys if model.config.tie_word_embeddings else ()
    )


def _check_new_formats(gguf: Gguf) -> None:
    """transformers' newer reader dequantises by itself, and not every format."""
    for tensor in gguf.tensors.values():
        if GGMLQuantizationType(tensor.kind).name not in {*_PLAIN, *GGML_NAME.values()}:
            raise BadInput(
                f"{gguf.files[0]} is in the number format {tensor.kind.name}, which transformers does not read in this "
                "architecture; download the model in another one such as Q8_0."
            )
