"""Check that a folder holds a model's config and weights that belong together, by config and headers alone."""

import re
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.model_files.folder_content import read_json, weight_headers
from engine.model_files.json_file import check_json_files
from engine.model_files.safetensors_header import TensorEntry
from engine.model_files.weight_names import EXPLICIT_KEY, INDEX_FILE, SINGLE_FILE

_LAYER_COUNTS = ("num_hidden_layers", "n_layer", "n_layers", "num_layers", "depth", "encoder_layers", "decoder_layers")
_SIZE = re.compile(
    r"^(?!max_)(.*_)?(dim|size|heads?|labels|experts?|rank|layers?|embd|inner|model|channels|groups|blocks|states?|depth)$"
)
"""Names of sizes; not those of lengths of texts, which no tensor limits."""
_PLAUSIBLE = 1 << 20
_OTHER_WEIGHTS = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.h5", "*.msgpack")


def check_weights_and_config(path: Path) -> tuple[dict[str, Any], list[TensorEntry]]:
    """Check that the JSON files can be read, and that all weights are there and fit the sizes in config.json.

    Returns:
        The content of config.json, and the tensors of all weight files.

    Raises:
        BadInput: A file is missing or damaged, or the config and the weights contradict each other.
    """
    config = read_json(path / "config.json")
    check_json_files(path)
    _check_weights(path, config)
    tensors = [entry for _, header in weight_headers(path) for entry in header.tensors]
    _check_counts(path, config, len(tensors))
    _check_sizes(path, config, max((entry.elements for entry in tensors), default=0))
    return config, tensors


def missing_config_refusal(path: Path, model: Path | None) -> BadInput:
    """Return the refusal of a folder without config.json, in which ``model`` is the GGUF file of a language model."""
    if model is not None:
        return BadInput(worded("{0} has no config.json; give the GGUF file itself, such as {1}.", path, model))
    if any(path.glob("*.gguf")):
        return BadInput(
            worded(
                "{0} has no config.json, and no readable GGUF file of a language model; give a folder "
                "with a Hugging Face model in it.",
                path,
            )
        )
    return BadInput(worded("{0} has no config.json; give a folder with a Hugging Face model in it.", path))


def _check_weights(path: Path, config: dict[str, Any]) -> None:
    if (path / SINGLE_FILE).is_file() or (path / INDEX_FILE).is_file() or EXPLICIT_KEY in config:
        return
    if any(not file.name.startswith(".") for pattern in _OTHER_WEIGHTS for file in path.glob(pattern)):
        raise BadInput(
            worded(
                "{0} has no safetensors weights, and LayerSwarm opens no pickled ones because they can "
                "run code; save the model again with save_pretrained() of a current transformers.",
                path,
            )
        )
    raise BadInput(
        worded("{0} has a config.json but no weights ({1}); download or copy the model again.", path, SINGLE_FILE)
    )


def _check_counts(path: Path, config: dict[str, Any], tensors: int) -> None:
    """Refuse more layers than there are tensors before a model of that many is built."""
    for section in (config, *(value for value in config.values() if isinstance(value, dict))):
        for name in _LAYER_COUNTS:
            count = section.get(name)
            if isinstance(count, int) and count > tensors:
                raise BadInput(
                    worded(
                        "{0} states {1:,} layers ({2}), but the weights are {3:,} tensors; download or copy the "
                        "model again.",
                        path / "config.json",
                        count,
                        name,
                        tensors,
                    )
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
                worded(
                    "{0} states {1}={2:,}, but the largest tensor has {3:,} numbers; download or copy the model again.",
                    path / "config.json",
                    name,
                    value,
                    largest,
                )
            )
