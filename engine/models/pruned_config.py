"""The config of the pruned model: the source's own JSON, edited field by field."""

import copy
from typing import Any

from transformers import PreTrainedConfig
from transformers.models.auto.configuration_auto import CONFIG_MAPPING

from engine.api.errors import BadInput
from engine.api.events import RemovalSet
from engine.models.families import DERIVED_LISTS, FIELD_EDITS, PERIODS, refuse_tied_layers
from engine.models.layer_kinds import check_layer_kinds
from engine.models.removal import Removal

_ATTENTION_KERNELS = ("_attn_implementation", "attn_implementation", "_attn_implementation_autoset")


def complete_config(config: dict[str, Any]) -> PreTrainedConfig:
    """Read config.json's content as transformers does, with every default filled in.

    Raises:
        BadInput: transformers does not know the model type, or refuses the values.
    """
    model_type = config.get("model_type", "")
    try:
        config_class = CONFIG_MAPPING[model_type]
    except KeyError:
        raise BadInput(f"This version of transformers does not know the model type '{model_type}'.") from None
    try:
        complete = config_class.from_dict(_decoded(_without_attention_kernels(config)))
        for part in (complete, _text(complete)):
            part.allow_global_per_layer_attribute_access = True  # else reading what some layers have otherwise raises
        return complete
    except Exception as error:  # each config class checks itself in its own way
        reason = " ".join(str(error).split())
        raise BadInput(f"The config of this '{model_type}' model is not valid: {reason}") from error


def _without_attention_kernels(config: dict[str, Any]) -> dict[str, Any]:
    """Leave out which attention code the model was run with: the packages for it may be missing here."""
    return {name: value for name, value in config.items() if name not in _ATTENTION_KERNELS}


def _decoded(value: Any) -> Any:
    """A copy, with infinity as a number where transformers writes ``{"__float__": "Infinity"}`` into the JSON."""
    if isinstance(value, dict):
        tag = value.get("__float__") if len(value) == 1 else None
        return float(tag) if isinstance(tag, str) else {name: _decoded(entry) for name, entry in value.items()}
    return [_decoded(entry) for entry in value] if isinstance(value, list) else value


def text_section(config: dict[str, Any]) -> dict[str, Any]:
    """The part of config.json that describes the text decoder: all of it, or a nested one such as ``text_config``."""
    complete = complete_config(config)
    text = _text(complete)
    if text is complete:
        return config
    key = next((name for name in complete.sub_configs if getattr(complete, name, None) is text), None)
    if key is None:
        raise BadInput(f"The text decoder of a '{complete.model_type}' model is not a part of its own; not supported.")
    if key not in config and _layer_count_name(text) in config:
        return config  # an older form, with the text decoder's fields beside the others
    section: dict[str, Any] = config.setdefault(key, {})
    section.setdefault("model_type", text.model_type)
    return section


def pruned_config(config: dict[str, Any], removed: RemovalSet) -> dict[str, Any]:
    """Edit ``config`` (config.json as a dict; not changed) for the model without the layers ``removed``.

    Only what must change changes: the layer count, the per-layer fields of ``FIELD_EDITS``, and those per-layer
    fields that the source leaves to a default which would now come out differently.

    Raises:
        BadInput: the removal set is not valid for this model, or the family ties its layers together so that no
            config can describe the result.
    """
    edited = copy.deepcopy(_without_attention_kernels(config))
    section = text_section(edited)
    whole = complete_config(config)
    dense = _text(whole)
    for part in (dense,) if dense is whole else (dense, whole):
        refuse_tied_layers(part)
    removal = Removal(dense.num_hidden_layers, removed)
    check_layer_kinds(dense, removal)
    _spell_out_sparse_steps(section)
    _set_layer_count(section, dense, len(removal.kept))
    for field in FIELD_EDITS.keys() & section.keys():
        section[field] = FIELD_EDITS[field](section[field], removal)
    _spell_out_defaults(section, dense, removal)
    _check_patterns(section, dense, removal)
    return edited


def _text(config: PreTrainedConfig) -> PreTrainedConfig:
    return config.get_text_config(decoder=True)


def _set_layer_count(section: dict[str, Any], dense: PreTrainedConfig, count: int) -> None:
    """Under every name that the family reads it by: ``num_hidden_layers``, ``n_layer``, ``num_layers``, ..."""
    own_name = _layer_count_name(dense)
    present = {own_name, "num_hidden_layers"} & section.keys()
    for name in present or {own_name}:
        section[name] = count


def _layer_count_name(text: PreTrainedConfig) -> str:
    return text.attribute_map.get("num_hidden_layers", "num_hidden_layers")


def _spell_out_sparse_steps(section: dict[str, Any]) -> None:
    """Qwen's MoE puts experts in every ``decoder_sparse_step``-th layer: say the dense ones by number instead."""
    complete = _text(complete_config(section))
    step = getattr(complete, "decoder_sparse_step", 1)
    if isinstance(step, int) and step > 1:
        named = set(complete.mlp_only_layers or ())
        layers = range(complete.num_hidden_layers)
        section["mlp_only_layers"] = [layer for layer in layers if layer in named or (layer + 1) % step]
        section["decoder_sparse_step"] = 1


def _spell_out_defaults(section: dict[str, Any], dense: PreTrainedConfig, removal: Removal) -> None:
    """Write out what the JSON left to a default (Gemma's alternating ``layer_types``), where that would change."""
    pruned = _text(complete_config(section))
    for field, edit in FIELD_EDITS.items():
        if field in section or not _is_own_field(dense, field):
            continue
        wanted = edit(getattr(dense, field), removal)
        if getattr(pruned, field, None) != wanted:
            section[field] = wanted


def _is_own_field(config: PreTrainedConfig, field: str) -> bool:
    """True where the family stores the field, and does not compute it from others or read it by another name."""
    computed = isinstance(getattr(type(config), field, None), property)
    return not computed and field not in config.attribute_map and getattr(config, field, None) is not None


def _check_patterns(section: dict[str, Any], dense: PreTrainedConfig, removal: Removal) -> None:
    if _lists_differ(_text(complete_config(section)), dense, removal) or _periods_break(dense, removal):
        raise BadInput(
            f"Removing the layers {list(removal.removed)} would break the fixed pattern of layer kinds in a "
            f"'{dense.model_type}' model; remove whole periods of the pattern instead."
        )


def _lists_differ(pruned: PreTrainedConfig, dense: PreTrainedConfig, removal: Removal) -> bool:
    """Whether a list of layer kinds, stored or computed, is not that of the layers that stay."""
    for field in DERIVED_LISTS:
        per_layer = getattr(dense, field, None)
        if not isinstance(per_layer, list | tuple) or len(per_layer) < removal.layers:
            continue
        if list(getattr(pruned, field)) != removal.take(per_layer):
            return True
    return False


def _periods_break(dense: PreTrainedConfig, removal: Removal) -> bool:
    """Whether a layer that stays comes to another place in a period that its family counts by layer numbers."""
    periods = [period for field in PERIODS if isinstance(period := getattr(dense, field, None), int) and period > 0]
    return any(old % period != new % period for period in periods for old, new in removal.new_number.items())
