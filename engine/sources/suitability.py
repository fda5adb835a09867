"""Check whether a folder holds a model that LayerSwarm can prune, and explain in one sentence if it does not."""

from pathlib import Path
from typing import Any

from transformers.models.auto.configuration_auto import CONFIG_MAPPING

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.model_files.folder_check import check_weights_and_config, missing_config_refusal
from engine.models.families import refuse_tied_layers
from engine.models.folder import ModelFolder, folder_digest
from engine.models.inventory import take_inventory
from engine.models.pruned_config import complete_config
from engine.models.skeleton import auto_class
from engine.sources.gguf.kinds import find_language_model
from engine.sources.model_kind import check_kind
from engine.sources.quantised.detection import Quantisation, find_quantisation
from engine.sources.tensor_names import check_names


def checked_folder(path: Path, name: str, source: str) -> ModelFolder:
    """Check the model folder at ``path`` and return it.

    Args:
        path: The folder.
        name: Short name of the model.
        source: What the user gave.

    Raises:
        BadInput: It is not a folder with a config that transformers knows and plain safetensors weights.
    """
    quantisation = check_model(path)
    if quantisation is not None:
        raise BadInput(quantisation.refusal(path))
    return plain_folder(path, name, source)


def plain_folder(path: Path, name: str, source: str) -> ModelFolder:
    """Return a model folder that ``check_model`` has found plain.

    Raises:
        BadInput: The weights do not fit the config.
    """
    untied = bool(take_inventory(path).untied)
    return ModelFolder(path, name, source, folder_digest(path), untied)


def check_model(path: Path) -> Quantisation | None:
    """Check everything except that the weights are plain.

    Returns:
        How the weights are quantised if they can be dequantised; None if they are plain.

    Raises:
        BadInput: The folder holds no language model that transformers knows, or its weights cannot be dequantised.
    """
    if not (path / "config.json").is_file():
        raise missing_config_refusal(path, find_language_model(path))
    config, tensors = check_weights_and_config(path)
    check_kind(path, config, tensors)
    _check_native(path, config)
    check_names(path, tensors)
    quantisation = find_quantisation(path, config)
    if quantisation is not None and quantisation.problem is not None:
        raise BadInput(quantisation.refusal(path))
    _check_layers(path, config)
    return quantisation


def _check_native(path: Path, config: dict[str, Any]) -> None:
    model_type = config.get("model_type")
    if auto_class(model_type) is not None:
        return
    if config.get("auto_map"):
        raise BadInput(
            worded(
                "The model in {0} needs its own Python code, which LayerSwarm never runs; choose a model whose type "
                "('{1}') is part of transformers.",
                path,
                model_type,
            )
        )
    if isinstance(model_type, str) and model_type in CONFIG_MAPPING:
        raise BadInput(
            worded(
                "The model in {0} is of type '{1}', which no auto class of transformers loads as a language model; "
                "choose a model of another type.",
                path,
                model_type,
            )
        )
    raise BadInput(
        worded(
            "The model in {0} is of type {1!r}, which the installed transformers does not know; choose a model of "
            "another type, or update transformers.",
            path,
            model_type,
        )
    )


def _check_layers(path: Path, config: dict[str, Any]) -> None:
    complete = complete_config(config)
    refuse_tied_layers(complete)
    layers = getattr(complete.get_text_config(decoder=True), "num_hidden_layers", None)
    if not isinstance(layers, int) or layers < 1:
        raise BadInput(
            worded(
                "{0} gives the model {1} decoder layers; it needs at least one, so download or copy the model again.",
                path / "config.json",
                layers,
            )
        )
