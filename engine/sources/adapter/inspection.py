"""Inspect a PEFT adapter on disk: its kind, its base model, and whether it can be merged."""

import dataclasses
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.api.errors import BadInput, quoted
from engine.api.message import ended, worded
from engine.model_files.adapter_files import check_adapter_files, read_adapter_config
from engine.model_files.safetensors_header import TensorEntry
from engine.model_files.weight_names import ADAPTER_CONFIG

if TYPE_CHECKING:  # importing it takes seconds, and most models are no adapters
    from peft import PeftConfig

_UNMERGEABLE = ("POLY", "XLORA")
"""Kinds that choose their weights for each input."""
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


def read_adapter(folder: Path) -> Adapter:
    """Check the adapter in ``folder`` without reading its weights.

    Raises:
        BadInput: It is incomplete, of a kind that cannot be merged, or does not name its base model.
    """
    stated = read_adapter_config(folder)
    _check_kind(folder, stated)
    base, tensors = check_adapter_files(folder, stated)
    revision = stated.get("revision")
    return Adapter(
        folder,
        base,
        revision if isinstance(revision, str) and revision else "main",
        _config(folder, stated),
        tensors,
    )


def _check_kind(folder: Path, stated: Mapping[str, Any]) -> None:
    from peft.mapping import PEFT_TYPE_TO_CONFIG_MAPPING, PEFT_TYPE_TO_TUNER_MAPPING

    kind = stated.get("peft_type")
    if not isinstance(kind, str) or kind not in PEFT_TYPE_TO_CONFIG_MAPPING:
        raise BadInput(
            worded(
                "{0} is an adapter of a kind that the installed PEFT does not know (peft_type {1}); merge it into "
                "its base model with the tool that made it, and give the merged model.",
                folder,
                kind,
            )
        )
    tuner = PEFT_TYPE_TO_TUNER_MAPPING[kind]
    if kind in _UNMERGEABLE or not hasattr(tuner, "merge_and_unload"):
        raise BadInput(
            worded(
                "The adapter in {0} is of the kind {1}, which cannot be merged into the weights of a model; give a "
                "model, or an adapter such as LoRA.",
                folder,
                kind,
            )
        )
    if stated.get("megatron_config"):
        raise BadInput(
            worded("The adapter in {0} was made for Megatron's layers, which LayerSwarm does not load.", folder)
        )


def _config(folder: Path, stated: Mapping[str, Any]) -> "PeftConfig":
    """Parse the config with PEFT, and refuse options that it would ignore, since they could change every weight."""
    from peft import PeftConfig

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            config = PeftConfig.from_pretrained(str(folder))
        except Exception as error:  # each config class raises its own errors
            reason = quoted(error, 300)
            raise BadInput(
                worded("{0} is not a valid config of an adapter: {1}", folder / ADAPTER_CONFIG, ended(reason))
            ) from error
    known = {field.name for field in dataclasses.fields(config)}
    unknown = [name for name, value in stated.items() if value and name not in known and name not in _IGNORED]
    if unknown:
        raise BadInput(
            worded(
                "{0} states '{1}', which the installed PEFT does not know; upgrade it with 'pip install --upgrade "
                "peft', or merge the adapter with the tool that made it and give the merged model.",
                folder / ADAPTER_CONFIG,
                unknown[0],
            )
        )
    return config
