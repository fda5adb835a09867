"""Make the config of the pruned model by editing the source's own JSON field by field."""

import copy
import json
from functools import lru_cache
from typing import Any

from transformers import PreTrainedConfig
from transformers.models.auto.configuration_auto import CONFIG_MAPPING

from engine.api.errors import BadInput, quoted
from engine.api.events import RemovalSet
from engine.api.message import ended, worded
from engine.models.families import DERIVED_LISTS, FIELD_EDITS, PERIODS, refuse_tied_layers
from engine.models.layer_kinds import check_layer_kinds
from engine.models.quiet import quiet_transformers
from engine.models.removal import Removal

_ATTENTION_KERNELS = ("_attn_implementation", "attn_implementation", "_attn_implementation_autoset")


def complete_config(config: dict[str, Any]) -> PreTrainedConfig:
    """Parse the content of config.json as transformers does, with every default filled in.

    Raises:
        BadInput: transformers does not know the model type, or rejects the values.
    """
    model_type = config.get("model_type", "")
    try:
        config_class = CONFIG_MAPPING[model_type]
    except KeyError:
        raise BadInput(
            worded(
                "This version of transformers does not know the model type '{0}'; update transformers, or choose "
                "another model.",
                model_type,
            )
        ) from None
    try:
        with quiet_transformers():
            complete = config_class.from_dict(_decoded(_without_attention_kernels(config)))
        for part in (complete, _text(complete)):
            part.allow_global_per_layer_attribute_access = (
                True  # else reading an attribute that differs between layers raises
            )
        return complete
    except Exception as error:  # each config class raises its own errors
        reason = quoted(error, 400)
        raise BadInput(worded("The config of this '{0}' model is not valid: {1}", model_type, ended(reason))) from error


def _read_only(config: dict[str, Any]) -> PreTrainedConfig:
    """Return ``complete_config``, shared: a search asks for the same configs for each set of layers that it tries."""
    return _known(json.dumps(config))


@lru_cache(maxsize=16)
def _known(config: str) -> PreTrainedConfig:
    return complete_config(json.loads(config))


def _without_attention_kernels(config: dict[str, Any]) -> dict[str, Any]:
    """Drop the choice of an attention kernel, of every part of the model.

    Its package may not be installed here, and a kernel that is named like a Hub id would be code to fetch and run.
    """
    return {
        name: _without_attention_kernels(value) if isinstance(value, dict) else value
        for name, value in config.items()
        if name not in _ATTENTION_KERNELS
    }


def _decoded(value: Any) -> Any:
    """Return a copy with the numbers that transformers writes as ``{"__float__": "Infinity"}`` decoded."""
    if isinstance(value, dict):
        tag = value.get("__float__") if len(value) == 1 else None
        return float(tag) if isinstance(tag, str) else {name: _decoded(entry) for name, entry in value.items()}
    return [_decoded(entry) for entry in value] if isinstance(value, list) else value


def text_section(config: dict[str, Any]) -> dict[str, Any]:
    """Return the part of ``config`` that describes the text decoder: all of it, or one such as ``text_config``.

    A missing nested part is added to ``config``.

    Raises:
        BadInput: The config is not valid, or its text decoder has no part of its own.
    """
    return _text_section(config, complete_config(config))


def _text_section(config: dict[str, Any], complete: PreTrainedConfig) -> dict[str, Any]:
    text = _text(complete)
    if text is complete:
        return config
    key = next((name for name in complete.sub_configs if getattr(complete, name, None) is text), None)
    if key is None:
        raise BadInput(
            worded(
                "The config of a '{0}' model has no section of its own for the text decoder, so it is not supported; "
                "choose another model.",
                complete.model_type,
            )
        )
    if key not in config and _layer_count_name(text) in config:
        return config  # an older form, with the text decoder's fields at the top level
    section: dict[str, Any] = config.setdefault(key, {})
    section.setdefault("model_type", text.model_type)
    return section


def pruned_config(config: dict[str, Any], removed: RemovalSet) -> dict[str, Any]:
    """Return a copy of ``config``, the content of config.json, edited for the model without the layers ``removed``.

    Only necessary changes are made: to the layer count, to the per-layer fields of ``FIELD_EDITS``, and to per-layer
    fields that the source leaves to a default which would now differ.

    Raises:
        BadInput: The removal set is not valid for this model, or the family ties its layers together so that no
            config can describe the result.
    """
    edited = copy.deepcopy(_without_attention_kernels(config))
    whole = _read_only(config)
    section = _text_section(edited, whole)
    dense = _text(whole)
    for part in (dense,) if dense is whole else (dense, whole):
        refuse_tied_layers(part)
    removal = Removal(dense.num_hidden_layers, removed)
    check_layer_kinds(dense, removal)
    _spell_out_sparse_steps(section, dense)
    _set_layer_count(section, dense, len(removal.kept))
    for field in FIELD_EDITS.keys() & section.keys():
        section[field] = FIELD_EDITS[field](section[field], removal)
    pruned = _spell_out_defaults(section, dense, removal)
    _check_patterns(pruned, dense, removal)
    return edited


def dense_fields(config: dict[str, Any]) -> tuple[PreTrainedConfig, dict[str, Any]]:
    """Return the complete config of the dense text decoder, and its per-layer fields that ``pruned_config`` edits.

    Args:
        config: The content of config.json.

    Raises:
        BadInput: The config is not valid.
    """
    copied = copy.deepcopy(_without_attention_kernels(config))
    whole = _read_only(config)
    section, dense = _text_section(copied, whole), _text(whole)
    _spell_out_sparse_steps(section, dense)
    defaults = {field: getattr(dense, field) for field in FIELD_EDITS if _is_own_field(dense, field)}
    return dense, {**defaults, **{field: section[field] for field in FIELD_EDITS.keys() & section.keys()}}


def _text(config: PreTrainedConfig) -> PreTrainedConfig:
    return config.get_text_config(decoder=True)


def _set_layer_count(section: dict[str, Any], dense: PreTrainedConfig, count: int) -> None:
    """Set the layer count under every name that the family uses: ``num_hidden_layers``, ``n_layer``, ..."""
    own_name = _layer_count_name(dense)
    present = {own_name, "num_hidden_layers"} & section.keys()
    for name in present or {own_name}:
        section[name] = count


def _layer_count_name(text: PreTrainedConfig) -> str:
    return text.attribute_map.get("num_hidden_layers", "num_hidden_layers")


def _spell_out_sparse_steps(section: dict[str, Any], dense: PreTrainedConfig) -> None:
    """List the layers without experts, which Qwen's MoE states as a step (``decoder_sparse_step``)."""
    step = getattr(dense, "decoder_sparse_step", 1)
    if isinstance(step, int) and step > 1:
        named = set(dense.mlp_only_layers or ())
        layers = range(dense.num_hidden_layers)
        section["mlp_only_layers"] = [layer for layer in layers if layer in named or (layer + 1) % step]
        section["decoder_sparse_step"] = 1


def _spell_out_defaults(section: dict[str, Any], dense: PreTrainedConfig, removal: Removal) -> PreTrainedConfig:
    """Add the fields that the JSON leaves to a default which would change, such as Gemma's ``layer_types``.

    Returns:
        The complete config of the edited section.
    """
    pruned = _text(_read_only(section))
    changed = {
        field: wanted
        for field, edit in FIELD_EDITS.items()
        if field not in section
        and _is_own_field(dense, field)
        and getattr(pruned, field, None) != (wanted := edit(getattr(dense, field), removal))
    }
    section.update(changed)
    return _text(_read_only(section)) if changed else pruned


def _is_own_field(config: PreTrainedConfig, field: str) -> bool:
    """Return whether the family stores the field rather than computing it or reading it by another name."""
    computed = isinstance(getattr(type(config), field, None), property)
    return not computed and field not in config.attribute_map and getattr(config, field, None) is not None


def _check_patterns(pruned: PreTrainedConfig, dense: PreTrainedConfig, removal: Removal) -> None:
    if _lists_differ(pruned, dense, removal) or periods_break(dense, removal):
        raise BadInput(
            worded(
                "Removing the layers {0} would break the fixed pattern of layer kinds of a '{1}' model; remove whole "
                "periods of the pattern instead.",
                list(removal.removed),
                dense.model_type,
            )
        )


def _lists_differ(pruned: PreTrainedConfig, dense: PreTrainedConfig, removal: Removal) -> bool:
    """Return whether a stored or computed list of layer kinds is not that of the remaining layers."""
    for field in DERIVED_LISTS:
        per_layer = getattr(dense, field, None)
        if not isinstance(per_layer, list | tuple) or len(per_layer) < removal.layers:
            continue
        if list(getattr(pruned, field)) != removal.take(per_layer):
            return True
    return False


def periods_break(dense: PreTrainedConfig, removal: Removal) -> bool:
    """Return whether a remaining layer moves within a period that the family counts by layer numbers."""
    periods = [period for field in PERIODS if isinstance(period := getattr(dense, field, None), int) and period > 0]
    return any(old % period != new % period for period in periods for old, new in removal.new_number.items())
