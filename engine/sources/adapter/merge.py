"""Merge an adapter into the weights of its base model with PEFT, and refuse what PEFT would only warn about."""

import warnings
from typing import TYPE_CHECKING, Any, cast

import torch
from torch import nn
from transformers import PreTrainedModel

from engine.api.errors import BadInput, LayerSwarmError, quoted
from engine.api.memory_errors import is_out_of_memory
from engine.api.message import ended, worded
from engine.models.quiet import quiet_transformers
from engine.sources.adapter.inspection import Adapter

if TYPE_CHECKING:
    from peft import PeftModel

_SHARED = ("vblora_vector_bank", "unilora_theta_d", ".tinylora_v.")
"""Parts of names that PEFT stores once for all layers and then reports missing in each of them."""
_SECOND_COPY = ".modules_to_save."


def merged_model(model: PreTrainedModel, adapter: Adapter, base: str) -> PreTrainedModel:
    """Merge ``adapter`` into ``model``, which must not be used afterwards, and return the merged model.

    Args:
        model: The base model on the CPU.
        adapter: The adapter to merge.
        base: The base model's source, for messages.

    Raises:
        BadInput: The two do not fit.
        LayerSwarmError: Memory runs out.
    """
    from peft import get_peft_model

    _resize(model, adapter)
    entrance, head = model.get_input_embeddings(), model.get_output_embeddings()
    tied = head is not None and head.weight is entrance.weight
    try:
        with warnings.catch_warnings(), quiet_transformers():
            warnings.simplefilter("ignore")  # the causes of the warnings are checked here
            wrapped = get_peft_model(model, adapter.config)
            found = cast("PeftModel", wrapped).load_adapter(
                str(adapter.folder),
                "default",
                torch_device="cpu",
                key_mapping=getattr(model, "_checkpoint_conversion_mapping", {}),
            )
            _check_complete(found, adapter, base)
            if tied:  # an adapter of one of them must not change the other
                head.weight = nn.Parameter(head.weight.detach().clone(), requires_grad=False)
            merged = wrapped.merge_and_unload(safe_merge=True)
    except BadInput:
        raise
    except Exception as error:  # PEFT raises many types of error for a misfit
        if is_out_of_memory(error):
            raise LayerSwarmError(
                worded(
                    "The base model {0} and the adapter in {1} do not fit into memory together; free memory by "
                    "closing other programs, or merge them on a larger machine.",
                    base,
                    adapter.folder,
                )
            ) from error
        reason = quoted(error, 300)
        raise BadInput(
            worded(
                "The adapter in {0} does not fit its base model {1}, or cannot be merged: {2}",
                adapter.folder,
                base,
                ended(reason),
            )
        ) from error
    if tied:
        _tie_again(merged)
    return cast(PreTrainedModel, merged)


def _check_complete(found: Any, adapter: Adapter, base: str) -> None:
    stored = {tensor.name for tensor in adapter.tensors}
    missing = [name for name in found.missing_keys if not any(part in name for part in _SHARED)]
    # If the vocabulary has changed, PEFT stores fully trained modules a second time under another name.
    strange = [name for name in found.unexpected_keys if name.replace(_SECOND_COPY, ".") not in stored - {name}]
    for names, what in ((strange, worded("holds")), (missing, worded("lacks"))):
        if names:
            raise BadInput(
                worded(
                    "The adapter in {0} does not fit its base model {1}: it {2} '{3}' ({4} such tensors); set "
                    "'base_model_name_or_path' in its adapter_config.json to the model that it was trained on.",
                    adapter.folder,
                    base,
                    what,
                    names[0],
                    len(names),
                )
            )


def vocabulary_rows(model: PreTrainedModel) -> int:
    """Return the number of tokens that the model has embeddings for."""
    weight: Any = model.get_input_embeddings().weight
    return int(weight.shape[0])


def _resize(model: PreTrainedModel, adapter: Adapter) -> None:
    """Resize the vocabulary to the one that the adapter was trained with, if the adapter contains the new rows.

    Raises:
        BadInput: The adapter has rows for tokens whose embeddings it does not contain.
    """
    entrance, head = model.get_input_embeddings(), model.get_output_embeddings()
    rows = vocabulary_rows(model)
    whole, parts = _stored_rows(model, adapter)
    sizes = {*whole.values(), *parts}
    if sizes <= {rows}:
        return
    size, tied = max(sizes), head is None or head.weight is entrance.weight
    brought = len(whole) == (1 if tied else 2) or len(whole) == 2
    if len(sizes) > 1 or (size > rows and not brought):
        raise BadInput(
            worded(
                "The adapter in {0} was trained with a vocabulary of {1:,} tokens, its base model has {2:,}, and it "
                "does not contain the missing embeddings; merge it with the tool that made it, and give the merged "
                "model.",
                adapter.folder,
                size,
                rows,
            )
        )
    model.resize_token_embeddings(size, mean_resizing=False)


def _stored_rows(model: PreTrainedModel, adapter: Adapter) -> tuple[dict[str, int], set[int]]:
    """Return the rows of whole embeddings and heads in the adapter, by name, and the rows of those that it adapts."""
    names = {id(module): name.rpartition(".")[2] for name, module in model.named_modules()}
    entrance = names[id(model.get_input_embeddings())]
    head = names.get(id(model.get_output_embeddings()), entrance)
    whole: dict[str, int] = {}
    adapted: set[int] = set()
    for tensor in adapter.tensors:
        parts = tensor.name.split(".")
        place = next((name for name in (entrance, head) if name in parts), None)
        if place is None or len(tensor.shape) != 2:
            continue
        if "lora_embedding_A" in parts:
            adapted.add(tensor.shape[1])
        elif "lora_B" in parts and place == head:
            adapted.add(tensor.shape[0])
        elif parts[-1] == "weight" and not any(part.startswith("lora_") for part in parts):
            whole[place] = tensor.shape[0]
    return whole, adapted


def _tie_again(model: PreTrainedModel) -> None:
    """Tie embedding and head again if merging left them equal; otherwise untie them in the config."""
    entrance: Any = model.get_input_embeddings()
    head: Any = model.get_output_embeddings()
    if torch.equal(head.weight, entrance.weight):
        head.weight = entrance.weight
        model.config.tie_word_embeddings = True
        return
    for config in (model.config, model.config.get_text_config(decoder=True)):
        config.tie_word_embeddings = False
