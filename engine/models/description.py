"""Describe a model by its files: names, sizes, licence, number format."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]
from huggingface_hub import metadata_load
from transformers import PreTrainedConfig

from engine.api.events import ModelPrepared
from engine.api.message import worded
from engine.model_files.folder_content import architecture_of, weight_headers
from engine.model_files.hub_id import HUB_ID
from engine.model_files.origin import read_origin
from engine.models.companion_files import files_from_elsewhere, is_own
from engine.models.folder import ModelFolder
from engine.models.fragile_skills import fragile_skills_note
from engine.models.inventory import take_inventory
from engine.models.inventory_notes import inventory_notes
from engine.models.layer_kinds import needed_layers
from engine.models.pruned_config import complete_config
from engine.models.sizes import measure_sizes

_DTYPE_NAMES = {"F64": "float64", "F32": "float32", "F16": "float16", "BF16": "bfloat16"}


def describe_model(folder: ModelFolder) -> ModelPrepared:
    """Describe the model in ``folder`` by its config.json, safetensors headers and model card.

    Raises:
        BadInput: The config or the weights cannot be read.
    """
    config = folder.config()
    text = complete_config(config).get_text_config(decoder=True)
    sizes = measure_sizes(folder.path)
    origin = read_origin(folder.path)
    return ModelPrepared(
        source=folder.source,
        name=folder.name,
        folder=str(folder.path),
        digest=folder.digest,
        model_type=str(config.get("model_type", "")),
        architecture=architecture_of(config),
        licence=licence_of(folder.path),
        layers=sizes.layers,
        hidden_size=int(text.hidden_size),
        vocabulary=int(text.vocab_size),
        context_length=max(0, int(getattr(text, "max_position_embeddings", None) or 0)),
        dtype=stored_dtype(folder.path),
        parameters=sizes.parameters,
        bytes=sizes.bytes,
        layer_parameters=sizes.layer_parameters,
        layer_bytes=sizes.layer_bytes,
        kv_elements=_kv_elements(text),
        needed_layers=needed_layers(text),
        notes=(
            *(origin.notes if origin else ()),
            *inventory_notes(take_inventory(folder.path)),
            *map(_elsewhere_note, files_from_elsewhere(folder.path)),
            *filter(None, [fragile_skills_note(folder.path)]),
        ),
    )


def _elsewhere_note(file: Path) -> str:
    return worded("{0} is a link to a file outside of the model's folder; exports leave it out.", file.name)


def _kv_elements(text: PreTrainedConfig) -> int:
    """Return the elements that one token adds to the KV cache, as if every layer had full attention."""
    layers = getattr(text, "per_layer_config", ()) if getattr(text, "is_heterogeneous", False) else ()
    if layers:
        return sum(_kv_elements_of(layer, 1) for layer in layers)
    return _kv_elements_of(text, int(text.num_hidden_layers))


def _kv_elements_of(text: PreTrainedConfig, layers: int) -> int:
    heads = getattr(text, "num_attention_heads", None)
    if not isinstance(heads, int) or heads <= 0:
        return 0
    key_heads = getattr(text, "num_key_value_heads", None)
    if getattr(text, "multi_query", False) and not getattr(text, "new_decoder_architecture", False):
        key_heads = 1
    width = getattr(text, "head_dim", None) or text.hidden_size // heads
    return 2 * int(width) * int(key_heads if isinstance(key_heads, int) else heads) * layers


def stored_dtype(folder: Path) -> str:
    """Return the number format of most weights on disk by its torch name (``bfloat16``)."""
    elements: Counter[str] = Counter()
    for _, header in weight_headers(folder):
        for tensor in header.tensors:
            elements[tensor.dtype] += tensor.elements
    name = elements.most_common(1)[0][0]
    return _DTYPE_NAMES.get(name, name.lower())


def licence_of(folder: Path) -> str:
    """Return the licence in the front matter of the model card, or an empty text."""
    card = _front_matter(folder)
    stated, named = card.get("license"), card.get("license_name")
    licence = named if named and stated in (None, "other") else stated
    return licence if isinstance(licence, str) else ""


def front_matter(facts: Mapping[str, object]) -> str:
    """Return the YAML of a model card's front matter, with those of ``facts`` that are not empty."""
    known = {name: value for name, value in facts.items() if value}
    text: str = yaml.safe_dump(known, sort_keys=False, allow_unicode=True, width=1000)
    return text.rstrip("\n")


def base_model_of(folder: ModelFolder) -> str:
    """Return the Hub id that the model comes from, or an empty text if that is unknown."""
    if HUB_ID.fullmatch(folder.source) and not Path(folder.source).exists():
        return folder.source
    return stated_base(folder.path)


def stated_base(folder: Path) -> str:
    """Return the Hub id of the base model that the card in ``folder`` names, or an empty text."""
    stated = _front_matter(folder).get("base_model")
    first = stated[0] if isinstance(stated, list) and stated else stated
    return first if isinstance(first, str) else ""


def _front_matter(folder: Path) -> dict[str, Any]:
    card = folder / "README.md"
    try:
        return (metadata_load(card) if card.is_file() and is_own(card, folder) else None) or {}
    except Exception:  # such as errors of the YAML reader; a broken card must not stop the work
        return {}
