"""Separate the text decoder of a multimodal model, where transformers has a class that loads it alone."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from transformers import PreTrainedModel
from transformers.models.auto.modeling_auto import MODEL_FOR_CAUSAL_LM_MAPPING_NAMES

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.export.replacements import Replacements
from engine.export.rewrite import Kept, write_tensors
from engine.models.architecture import find_decoder
from engine.models.folder import ModelFolder
from engine.models.inventory import Inventory, take_inventory
from engine.models.load_report import report_loading
from engine.models.pruned_config import complete_config, text_section
from engine.models.skeleton import build_skeleton

_FROM_THE_WHOLE = ("dtype", "torch_dtype", "bos_token_id", "eos_token_id", "pad_token_id", "transformers_version")
"""Fields of the whole model's config that its text section may omit."""


def text_config(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return the config.json of the text decoder alone.

    Args:
        config: Config of the multimodal model.

    Raises:
        BadInput: The model has no other tower, or its text decoder has no class of its own in transformers.
    """
    whole = complete_config(dict(config))
    section = {**text_section(dict(config))}
    model_type = section.get("model_type")
    if whole.get_text_config(decoder=True) is whole:
        raise BadInput(worded("it consists of its text decoder only; choose safetensors"))
    architecture = MODEL_FOR_CAUSAL_LM_MAPPING_NAMES.get(str(model_type))
    if architecture is None:
        raise BadInput(
            worded(
                "transformers has no class that loads a '{0}' text decoder on its own; export the whole model as "
                "safetensors",
                model_type,
            )
        )
    shared = {name: config[name] for name in _FROM_THE_WHOLE if name in config and section.get(name) is None}
    tied = bool(build_skeleton(config).all_tied_weights_keys)
    return {**shared, **section, "architectures": [architecture], "tie_word_embeddings": tied}


def text_tensors(folder: Path, config: Mapping[str, Any]) -> list[Kept]:
    """Return the text decoder's tensors in ``folder``, named as in the model that ``config`` describes.

    Args:
        folder: The multimodal model.
        config: From ``text_config``.

    Raises:
        BadInput: The tensors are not a complete model of that class.
    """
    inventory, alone = take_inventory(folder), build_skeleton(config)
    known = alone.state_dict().keys()
    tensors = [
        Kept(stored, name, "")
        for stored in inventory.kept
        if (name := _name_alone(inventory, alone, stored.name, stored.parameter)) is not None
    ]
    report = report_loading(alone, {kept.name: kept.stored.entry.shape for kept in tensors})
    if report.missing or report.mismatched or report.failed or not known:
        lacking = next(iter((*report.missing, *(each[0] for each in report.mismatched), *report.failed)))
        raise BadInput(worded("its text decoder is not a complete {0} ({1})", type(alone).__name__, lacking))
    return [kept for kept in tensors if kept.name not in report.unknown]


def write_text_part(source: ModelFolder, target: Path) -> dict[str, Any]:
    """Write the weights of the text decoder alone into ``target`` and return their config.

    Raises:
        BadInput: Transformers cannot load the text decoder alone, or its tensors are not a complete model.
    """
    config = text_config(source.config())
    tensors = text_tensors(source.path, config)
    count = sum(parameter.numel() for parameter in build_skeleton(config).parameters())
    write_tensors(source.path, tensors, target, Replacements({}), count, lambda _size: None)
    return config


def _name_alone(inventory: Inventory, alone: PreTrainedModel, name: str, parameter: str) -> str | None:
    """Return a tensor's name in the text decoder alone; None for a tensor of another tower."""
    if not parameter:
        return None
    layer = inventory.names.layer_of(name)
    if layer is not None:
        return f"{find_decoder(alone).path}.{name[len(inventory.names.prefix) :]}"
    decoder, within = (path.rpartition(".")[0] for path in (inventory.names.path.rstrip("."), find_decoder(alone).path))
    if parameter.startswith(f"{decoder}."):
        return f"{within}.{parameter.removeprefix(f'{decoder}.')}"
    return parameter if parameter in alone.state_dict() else None
