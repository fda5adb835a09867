"""Inspect a PEFT adapter on disk: its kind, its base model, and whether it can be merged."""

import dataclasses
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.api.errors import BadInput, in_one_line
from engine.models.folder import read_json
from engine.models.safetensors_header import TensorEntry, read_header
from engine.models.weight_names import ADAPTER_CONFIG, ADAPTER_WEIGHTS, INDEX_FILE, SINGLE_FILE

if TYPE_CHECKING:  # importing it takes seconds, and most models are no adapters
    from peft import PeftConfig

_PICKLED = ("adapter_model.bin", "adapter_model.pt")
_BASE = "base_model_name_or_path"
_UNMERGEABLE = ("POLY", "XLORA")
"""Kinds that choose their weights for each input."""
_TASKS = {
    "SEQ_CLS": "a text classifier or reward model",
    "TOKEN_CLS": "a token classifier",
    "QUESTION_ANS": "a question-answering model",
    "FEATURE_EXTRACTION": "an embedding model",
    "SEQ_2_SEQ_LM": "an encoder-decoder",
}
_QUANTISED_BASE = re.compile(r"-(?:unsloth-)?bnb-(?P<bits>[48])bit$")
_IGNORED = ("auto_mapping", "base_model_class", "parent_library", "runtime_config")


@dataclass(frozen=True)
class Adapter:
    """An adapter that can be merged, and the base model that it names."""

    folder: Path
    base: str
    """The base model in adapter_config.json: a folder or a Hub id."""
    revision: str
    config: "PeftConfig"
    tensors: tuple[TensorEntry, ...]

    @property
    def kind(self) -> str:
        """Return PEFT's name of the method, such as ``LORA``."""
        return str(getattr(self.config.peft_type, "value", self.config.peft_type))


def is_adapter(folder: Path) -> bool:
    """Return whether ``folder`` holds an adapter and no model; an adapter beside a complete model is ignored."""
    has_adapter = any((folder / name).is_file() for name in (ADAPTER_CONFIG, ADAPTER_WEIGHTS))
    return has_adapter and not any((folder / name).is_file() for name in (SINGLE_FILE, INDEX_FILE))


def read_adapter(folder: Path) -> Adapter:
    """Check the adapter in ``folder`` without reading its weights.

    Raises:
        BadInput: It is incomplete, of a kind that cannot be merged, or does not name its base model.
    """
    if not (folder / ADAPTER_CONFIG).is_file():
        raise BadInput(
            f"{folder} holds the weights of a LoRA adapter without {ADAPTER_CONFIG}; copy that file there too, or give "
            "the folder of a model."
        )
    stated = read_json(folder / ADAPTER_CONFIG)
    _check_kind(folder, stated)
    base = stated.get(_BASE)
    if not isinstance(base, str) or not base.strip():
        raise BadInput(
            f"{folder} is a LoRA adapter that does not name its base model; set '{_BASE}' in "
            f"{folder / ADAPTER_CONFIG} to the folder or Hub id of the model that it was trained on."
        )
    quantised = _QUANTISED_BASE.search(base)
    if quantised and not Path(base).is_dir():
        raise BadInput(
            f"The adapter in {folder} names the base model {base}, whose weights are quantised (bitsandbytes, "
            f"{quantised['bits']} bit); set '{_BASE}' in its {ADAPTER_CONFIG} to the unquantised model, such as "
            f"{base[: quantised.start()]}."
        )
    weights = folder / ADAPTER_WEIGHTS
    if not weights.is_file():
        raise BadInput(_why_no_weights(folder))
    revision = stated.get("revision")
    return Adapter(
        folder,
        base.strip(),
        revision if isinstance(revision, str) and revision else "main",
        _config(folder, stated),
        read_header(weights).tensors,
    )


def _check_kind(folder: Path, stated: Mapping[str, Any]) -> None:
    from peft.mapping import PEFT_TYPE_TO_CONFIG_MAPPING, PEFT_TYPE_TO_TUNER_MAPPING

    kind, task = stated.get("peft_type"), stated.get("task_type")
    if task in _TASKS:
        raise BadInput(
            f"The adapter in {folder} was trained for {_TASKS[task]} (task_type {task}), not for a language model that "
            "generates text; give one that was."
        )
    if not isinstance(kind, str) or kind not in PEFT_TYPE_TO_CONFIG_MAPPING:
        raise BadInput(
            f"{folder} is an adapter of a kind that the installed PEFT does not know (peft_type {kind}); merge it "
            "into its base model with the tool that made it, and give the merged model."
        )
    tuner = PEFT_TYPE_TO_TUNER_MAPPING[kind]
    if kind in _UNMERGEABLE or not hasattr(tuner, "merge_and_unload"):
        raise BadInput(
            f"The adapter in {folder} is of the kind {kind}, which cannot be merged into the weights of a model; give "
            "a model, or an adapter such as LoRA."
        )
    if stated.get("megatron_config"):
        raise BadInput(f"The adapter in {folder} was made for Megatron's layers, which LayerSwarm does not load.")


def _config(folder: Path, stated: Mapping[str, Any]) -> "PeftConfig":
    """Parse the config with PEFT, and refuse options that it would ignore, since they could change every weight."""
    from peft import PeftConfig

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            config = PeftConfig.from_pretrained(str(folder))
        except Exception as error:  # each config class raises its own errors
            reason = in_one_line(error, 300)
            raise BadInput(f"{folder / ADAPTER_CONFIG} is not a valid config of an adapter: {reason}") from error
    known = {field.name for field in dataclasses.fields(config)}
    unknown = [name for name, value in stated.items() if value and name not in known and name not in _IGNORED]
    if unknown:
        raise BadInput(
            f"{folder / ADAPTER_CONFIG} states '{unknown[0]}', which the installed PEFT does not know; upgrade it with "
            "'pip install --upgrade peft', or merge the adapter with the tool that made it and give the merged model."
        )
    return config


def _why_no_weights(folder: Path) -> str:
    if any((folder / name).is_file() for name in _PICKLED):
        return (
            f"The adapter in {folder} has no safetensors weights, and LayerSwarm opens no pickled ones because they "
            "can run code; save it again with save_pretrained() of a current PEFT."
        )
    return f"The adapter in {folder} has no weights ({ADAPTER_WEIGHTS}); download or copy it again."
