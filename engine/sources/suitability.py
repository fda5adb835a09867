"""Check whether a folder holds a model that LayerSwarm can prune, and explain in one sentence if it does not."""

import re
from pathlib import Path
from typing import Any

from transformers.models.auto.configuration_auto import CONFIG_MAPPING

from engine.api.errors import BadInput
from engine.models.families import refuse_tied_layers
from engine.models.folder import ModelFolder, folder_digest, read_json, weight_headers
from engine.models.inventory import take_inventory
from engine.models.json_file import check_json_files
from engine.models.pruned_config import complete_config
from engine.models.skeleton import auto_class
from engine.models.weight_names import EXPLICIT_KEY, INDEX_FILE, SINGLE_FILE
from engine.sources.gguf.kinds import find_language_model
from engine.sources.model_kind import check_kind
from engine.sources.quantised.detection import Quantisation, find_quantisation
from engine.sources.tensor_names import check_names

_LAYER_COUNTS = ("num_hidden_layers", "n_layer", "n_layers", "num_layers", "depth", "encoder_layers", "decoder_layers")
_SIZE = re.compile(
    r"^(?!max_)(.*_)?(dim|size|heads?|labels|experts?|rank|layers?|embd|inner|model|channels|groups|blocks|states?|depth)$"
)
"""Names of sizes; not those of lengths of texts, which no tensor limits."""
_PLAUSIBLE = 1 << 20
_OTHER_WEIGHTS = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.h5", "*.msgpack")


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
        raise BadInput(_why_no_config(path))
    config = read_json(path / "config.json")
    check_json_files(path)
    _check_weights(path, config)
    tensors = [entry for _, header in weight_headers(path) for entry in header.tensors]
    _check_counts(path, config, len(tensors))
    _check_sizes(path, config, max((entry.elements for entry in tensors), default=0))
    check_kind(path, config, tensors)
    _check_native(path, config)
    check_names(path, tensors)
    quantisation = find_quantisation(path, config)
    if quantisation is not None and quantisation.problem is not None:
        raise BadInput(quantisation.refusal(path))
    _check_layers(path, config)
    return quantisation


def _why_no_config(path: Path) -> str:
    if any(path.glob("*.gguf")):
        model = find_language_model(path)
        if model is None:
            return (
                f"{path} has no config.json, and no readable GGUF file of a language model; give a folder with a "
                "Hugging Face model in it."
            )
        return f"{path} has no config.json; give the GGUF file itself, such as {model}."
    return f"{path} has no config.json; give a folder with a Hugging Face model in it."


def _check_weights(path: Path, config: dict[str, Any]) -> None:
    if (path / SINGLE_FILE).is_file() or (path / INDEX_FILE).is_file() or EXPLICIT_KEY in config:
        return
    if any(not file.name.startswith(".") for pattern in _OTHER_WEIGHTS for file in path.glob(pattern)):
        raise BadInput(
            f"{path} has no safetensors weights, and LayerSwarm opens no pickled ones because they can run code; "
            "save the model again with save_pretrained() of a current transformers."
        )
    raise BadInput(f"{path} has a config.json but no weights ({SINGLE_FILE}); download or copy the model again.")


def _check_counts(path: Path, config: dict[str, Any], tensors: int) -> None:
    """Refuse more layers than there are tensors before a model of that many is built."""
    for section in (config, *(value for value in config.values() if isinstance(value, dict))):
        for name in _LAYER_COUNTS:
            count = section.get(name)
            if isinstance(count, int) and count > tensors:
                raise BadInput(
                    f"{path / 'config.json'} states {count:,} layers ({name}), but the weights are {tensors:,} "
                    "tensors; download or copy the model again."
                )


def _check_sizes(path: Path, config: dict[str, Any], largest: int) -> None:
    """Refuse sizes beyond those of the largest tensor: building such a model can take all memory, even without weights.

    Args:
        path: The folder.
        config: The content of its config.json, or a section of it.
        largest: Number of elements of the largest tensor.
    """
    for name, value in config.items():
        if isinstance(value, dict):
            _check_sizes(path, value, largest)
        elif type(value) is int and value > max(largest, _PLAUSIBLE) and _SIZE.search(name):
            raise BadInput(
                f"{path / 'config.json'} states {name}={value:,}, but the largest tensor has {largest:,} numbers; "
                "download or copy the model again."
            )


def _check_native(path: Path, config: dict[str, Any]) -> None:
    model_type = config.get("model_type")
    if auto_class(model_type) is not None:
        return
    if config.get("auto_map"):
        raise BadInput(
            f"The model in {path} needs its own Python code, which LayerSwarm never runs; choose a model whose "
            f"type ('{model_type}') is part of transformers."
        )
    if isinstance(model_type, str) and model_type in CONFIG_MAPPING:
        raise BadInput(
            f"The model in {path} is of type '{model_type}', which no auto class of transformers loads as a language "
            "model; choose a model of another type."
        )
    raise BadInput(
        f"The model in {path} is of type {model_type!r}, which the installed transformers does not know; choose a "
        "model of another type, or update transformers."
    )


def _check_layers(path: Path, config: dict[str, Any]) -> None:
    complete = complete_config(config)
    refuse_tied_layers(complete)
    layers = getattr(complete.get_text_config(decoder=True), "num_hidden_layers", None)
    if not isinstance(layers, int) or layers < 1:
        raise BadInput(
            f"{path / 'config.json'} gives the model {layers} decoder layers; it needs at least one, so download or "
            "copy the model again."
        )
