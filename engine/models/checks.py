"""Whether a folder holds a model that LayerSwarm can work on, said in one sentence when it does not."""

from pathlib import Path
from typing import Any

from transformers.models.auto.configuration_auto import CONFIG_MAPPING

from engine.api.errors import BadInput
from engine.models.folder import INDEX_FILE, SINGLE_FILE, ModelFolder, folder_digest, read_json
from engine.models.inventory import take_inventory
from engine.models.json_file import check_json_files
from engine.models.pruned_config import complete_config
from engine.models.skeleton import auto_class
from engine.models.weight_names import EXPLICIT_KEY

_OTHER_WEIGHTS = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.h5", "*.msgpack")


def checked_folder(path: Path, name: str, source: str) -> ModelFolder:
    """Check the model folder at ``path`` and describe it.

    Raises:
        BadInput: it is not a folder with a config that transformers knows and plain safetensors weights.
    """
    if not (path / "config.json").is_file():
        raise BadInput(_why_no_config(path))
    config = read_json(path / "config.json")
    check_json_files(path)
    _check_weights(path, config)
    _check_native(path, config)
    if quantisation := config.get("quantization_config"):
        method = quantisation.get("quant_method", "unknown") if isinstance(quantisation, dict) else "unknown"
        raise BadInput(f"The weights in {path} are quantised ({method}); give the model's unquantised folder instead.")
    _check_layers(path, config)
    inventory = take_inventory(path)
    return ModelFolder(path, name, source, folder_digest(path), untied=bool(inventory.untied))


def _why_no_config(path: Path) -> str:
    if (path / "adapter_config.json").is_file():
        return f"{path} is a LoRA adapter, not a model; merge it into its base model first."
    ggufs = sorted(file for file in path.glob("*.gguf") if not file.name.startswith("."))
    if ggufs:
        return f"{path} has no config.json; name the GGUF file itself, such as {ggufs[0]}."
    return f"{path} has no config.json; give a folder with a Hugging Face model in it."


def _check_weights(path: Path, config: dict[str, Any]) -> None:
    if (path / SINGLE_FILE).is_file() or (path / INDEX_FILE).is_file() or EXPLICIT_KEY in config:
        return
    if any(not file.name.startswith(".") for pattern in _OTHER_WEIGHTS for file in path.glob(pattern)):
        raise BadInput(
            f"{path} has no safetensors weights, and LayerSwarm opens no pickled ones because they can run code; "
            "save the model again with save_pretrained() of a current transformers."
        )
    raise BadInput(f"{path} has a config.json but no weights ({SINGLE_FILE}).")


def _check_native(path: Path, config: dict[str, Any]) -> None:
    model_type = config.get("model_type")
    if isinstance(model_type, str) and model_type in CONFIG_MAPPING and auto_class(model_type) is not None:
        return
    if config.get("auto_map"):
        raise BadInput(
            f"The model in {path} needs its own Python code, which LayerSwarm never runs; choose a model whose "
            f"type ('{model_type}') is part of transformers."
        )
    raise BadInput(f"The model in {path} is of type '{model_type}', which transformers has no causal LM for.")


def _check_layers(path: Path, config: dict[str, Any]) -> None:
    layers = getattr(complete_config(config).get_text_config(decoder=True), "num_hidden_layers", None)
    if not isinstance(layers, int) or layers < 1:
        raise BadInput(
            f"{path / 'config.json'} gives the model {layers} decoder layers; it needs at least one, so download or "
            "copy the model again."
        )
