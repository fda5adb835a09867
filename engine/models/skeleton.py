"""Build a model's modules without weights, from config.json alone, on the meta device."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

import torch
from transformers import AutoModelForCausalLM, AutoModelForMultimodalLM, PreTrainedModel
from transformers.initialization import no_init_weights
from transformers.models.auto.configuration_auto import CONFIG_MAPPING
from transformers.models.auto.modeling_auto import (
    MODEL_FOR_CAUSAL_LM_MAPPING_NAMES,
    MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING_NAMES,
    MODEL_FOR_MULTIMODAL_LM_MAPPING_NAMES,
)

from engine.api.errors import BadInput, in_one_line, quoted
from engine.api.message import worded
from engine.models.pruned_config import complete_config
from engine.models.quiet import quiet_transformers


def auto_class(model_type: object) -> Any:
    """Return the transformers auto class that loads ``model_type`` as a language model, or None if there is none.

    A multimodal model without a causal LM class of its own is loaded whole: its text decoder runs inside the wrapper.
    """
    if not isinstance(model_type, str) or model_type not in CONFIG_MAPPING:
        return None
    causal = model_type in MODEL_FOR_CAUSAL_LM_MAPPING_NAMES
    if not causal and model_type not in MODEL_FOR_MULTIMODAL_LM_MAPPING_NAMES:
        return None
    auto = AutoModelForCausalLM if causal else AutoModelForMultimodalLM
    return auto if CONFIG_MAPPING[model_type] in auto._model_mapping else None  # some listed types are not mapped


def stock_loader(config: Mapping[str, Any]) -> str:
    """Return the name of the auto class that loads the whole model; for images, one that transformers 4 has too."""
    model_type = str(config.get("model_type"))
    if model_type in MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING_NAMES:
        return "AutoModelForImageTextToText"
    whole = model_type in MODEL_FOR_MULTIMODAL_LM_MAPPING_NAMES
    return "AutoModelForMultimodalLM" if whole else "AutoModelForCausalLM"


def build_skeleton(config: Mapping[str, Any]) -> PreTrainedModel:
    """Build the model that LayerSwarm prunes: the causal LM, else the whole multimodal model.

    The result is shared by all who ask for the same config, and not to be changed.

    Args:
        config: The content of config.json.

    Raises:
        BadInput: transformers has no such model, or cannot build it from these values.
    """
    found = auto_class(config.get("model_type"))
    if found is None:
        raise BadInput(
            worded(
                "transformers has no language model of type '{0}'; choose a model of another type.",
                config.get("model_type"),
            )
        )
    return _built(found, config)


def build_wrapper(config: Mapping[str, Any]) -> PreTrainedModel | None:
    """Build the multimodal model whose text decoder ``build_skeleton`` builds alone.

    Returns:
        None if the model is nothing but its text decoder, or is pruned as a whole.

    Raises:
        BadInput: transformers cannot build it from these values.
    """
    model_type = config.get("model_type")
    causal, whole = (
        names.get(str(model_type))
        for names in (MODEL_FOR_CAUSAL_LM_MAPPING_NAMES, MODEL_FOR_MULTIMODAL_LM_MAPPING_NAMES)
    )
    if causal is None or whole is None or causal == whole:
        return None
    return _built(AutoModelForMultimodalLM, config)


def _built(found: Any, config: Mapping[str, Any]) -> PreTrainedModel:
    return _built_from(found, json.dumps(config))


@lru_cache(maxsize=4)  # an export and its checks need the dense and the pruned model several times each
def _built_from(found: Any, config: str) -> PreTrainedModel:
    complete = complete_config(json.loads(config))
    with torch.device("meta"), no_init_weights(), quiet_transformers():
        try:
            return cast(PreTrainedModel, found.from_config(complete, trust_remote_code=False))
        except Exception as error:  # each family raises its own errors for inconsistent values
            reason = quoted(error, 300)
            if isinstance(error, KeyError):  # such as an activation or a kind of rotary embedding
                reason = worded("transformers knows nothing of the name {0}", in_one_line(error, 300))
            raise BadInput(
                worded(
                    "No '{0}' model can be built from the values in config.json ({1}); download or copy the model "
                    "again.",
                    complete.model_type,
                    reason,
                )
            ) from error
