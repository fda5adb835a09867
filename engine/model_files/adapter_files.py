"""Check the files of a PEFT adapter: whether its config names a base model, and its weights are there."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput
from engine.api.message import Message, worded
from engine.model_files.folder_content import read_json
from engine.model_files.safetensors_header import TensorEntry, read_header
from engine.model_files.weight_names import ADAPTER_CONFIG, ADAPTER_WEIGHTS, INDEX_FILE, SINGLE_FILE

_PICKLED = ("adapter_model.bin", "adapter_model.pt")
_BASE = "base_model_name_or_path"
_TASKS = {
    "SEQ_CLS": worded("a text classifier or reward model"),
    "TOKEN_CLS": worded("a token classifier"),
    "QUESTION_ANS": worded("a question-answering model"),
    "FEATURE_EXTRACTION": worded("an embedding model"),
    "SEQ_2_SEQ_LM": worded("an encoder-decoder"),
}
_QUANTISED_BASE = re.compile(r"-(?:unsloth-)?bnb-(?P<bits>[48])bit$")


def is_adapter(folder: Path) -> bool:
    """Return whether ``folder`` holds an adapter and no model; an adapter beside a complete model is ignored."""
    has_adapter = any((folder / name).is_file() for name in (ADAPTER_CONFIG, ADAPTER_WEIGHTS))
    return has_adapter and not any((folder / name).is_file() for name in (SINGLE_FILE, INDEX_FILE))


def read_adapter_config(folder: Path) -> dict[str, Any]:
    """Return the content of an adapter's config.

    Raises:
        BadInput: It is missing or damaged, or the adapter was not trained for generating text.
    """
    if not (folder / ADAPTER_CONFIG).is_file():
        raise BadInput(
            worded(
                "{0} holds the weights of a LoRA adapter without {1}; copy that file there too, or give "
                "the folder of a model.",
                folder,
                ADAPTER_CONFIG,
            )
        )
    stated = read_json(folder / ADAPTER_CONFIG)
    task = stated.get("task_type")
    if isinstance(task, str) and task in _TASKS:
        raise BadInput(
            worded(
                "The adapter in {0} was trained for {1} (task_type {2}), not for a language model that "
                "generates text; give one that was.",
                folder,
                _TASKS[task],
                task,
            )
        )
    return stated


def check_adapter_files(folder: Path, stated: Mapping[str, Any]) -> tuple[str, tuple[TensorEntry, ...]]:
    """Check an adapter without reading its weights.

    Args:
        folder: The adapter's folder.
        stated: The content of its config.

    Returns:
        The base model that it names, and its tensors.

    Raises:
        BadInput: It does not name its base model, or its weights are missing or damaged.
    """
    base = _base(folder, stated)
    weights = folder / ADAPTER_WEIGHTS
    if not weights.is_file():
        raise BadInput(_why_no_weights(folder))
    return base, read_header(weights).tensors


def _base(folder: Path, stated: Mapping[str, Any]) -> str:
    base = stated.get(_BASE)
    if not isinstance(base, str) or not base.strip():
        raise BadInput(
            worded(
                "{0} is a LoRA adapter that does not name its base model; set '{1}' in {2} to the folder "
                "or Hub id of the model that it was trained on.",
                folder,
                _BASE,
                folder / ADAPTER_CONFIG,
            )
        )
    quantised = _QUANTISED_BASE.search(base)
    if quantised and not Path(base).is_dir():
        raise BadInput(
            worded(
                "The adapter in {0} names the base model {1}, whose weights are quantised (bitsandbytes, "
                "{2} bit); set '{3}' in its {4} to the unquantised model, such as {5}.",
                folder,
                base,
                quantised["bits"],
                _BASE,
                ADAPTER_CONFIG,
                base[: quantised.start()],
            )
        )
    return base.strip()


def _why_no_weights(folder: Path) -> Message:
    if any((folder / name).is_file() for name in _PICKLED):
        return worded(
            "The adapter in {0} has no safetensors weights, and LayerSwarm opens no pickled ones because they "
            "can run code; save it again with save_pretrained() of a current PEFT.",
            folder,
        )
    return worded("The adapter in {0} has no weights ({1}); download or copy it again.", folder, ADAPTER_WEIGHTS)
