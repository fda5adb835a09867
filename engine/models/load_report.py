"""Report what transformers does with a set of tensors.

Where each tensor becomes one parameter as it is, names and shapes decide; else its loader runs on the meta device.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from transformers import PreTrainedModel
from transformers.conversion_mapping import get_model_conversion_mapping
from transformers.core_model_loading import WeightConverter, WeightRenaming, rename_source_key

from engine.api.errors import quoted
from engine.api.message import Message
from engine.models.quiet import quiet_transformers

_MOST = 300
"""Characters of an error that are reported."""

Shape = tuple[int, ...]


@dataclass(frozen=True)
class LoadReport:
    """The match between a set of tensors and a model."""

    parameters: Mapping[str, str]
    """Name on disk -> the parameter that the tensor becomes, or the first of those that it is converted into."""
    converted: frozenset[str]
    """Names on disk of the tensors that loading merges or splits, such as the experts of a layer."""
    unknown: tuple[str, ...]
    """Names on disk that the model does not load."""
    missing: tuple[str, ...]
    """Parameters without a tensor, except tied ones."""
    mismatched: tuple[tuple[str, Shape, Shape], ...]
    """(parameter, shape on disk, shape in the config)."""
    failed: tuple[Message, ...]
    """Conversions that failed, in the words of transformers."""


def report_loading(skeleton: PreTrainedModel, shapes: Mapping[str, Shape]) -> LoadReport:
    """Report how tensors match a model, as loading them would.

    Args:
        skeleton: From ``build_skeleton`` or ``build_wrapper``; not changed.
        shapes: Name on disk -> shape.
    """
    parameters, converted = _parameter_names(skeleton, shapes)
    if not converted and _fit(skeleton, shapes, parameters):
        return LoadReport(parameters, converted, _unknown(shapes, parameters), (), (), ())
    empty = {name: torch.empty(shape, device="meta") for name, shape in shapes.items()}
    with quiet_transformers():
        try:
            _, info = _load(skeleton, empty)
        except RuntimeError as error:  # a conversion fails, for example because experts have different shapes
            return LoadReport(parameters, converted, _unknown(shapes, parameters), (), (), (quoted(error, _MOST),))
    return LoadReport(
        parameters,
        converted,
        _unknown(shapes, parameters),
        tuple(sorted(info["missing_keys"])),
        tuple((str(name), tuple(disk), tuple(own)) for name, disk, own in sorted(info["mismatched_keys"])),
        tuple(quoted(error, _MOST) for error in info["error_msgs"]),
    )


def _fit(skeleton: PreTrainedModel, shapes: Mapping[str, Shape], parameters: Mapping[str, str]) -> bool:
    """Return whether each tensor has the shape of its parameter, and each parameter a tensor, be it by a tie."""
    known, tied, given = skeleton.state_dict(), skeleton.all_tied_weights_keys, set(parameters.values())
    return all(shapes[name] == tuple(known[parameter].shape) for name, parameter in parameters.items()) and all(
        parameter in given or tied.get(parameter) in given for parameter in known
    )


def _load(skeleton: PreTrainedModel, tensors: Mapping[str, torch.Tensor]) -> Any:
    return type(skeleton).from_pretrained(
        None,
        config=skeleton.config,
        state_dict=dict(tensors),
        dtype=torch.float32,
        device_map={"": "meta"},
        ignore_mismatched_sizes=True,
        output_loading_info=True,
    )


def _parameter_names(skeleton: PreTrainedModel, names: Iterable[str]) -> tuple[dict[str, str], frozenset[str]]:
    """Follow the renaming in ``transformers.core_model_loading.convert_and_load_state_dict_in_model``."""
    rules = get_model_conversion_mapping(skeleton)
    renamings = [rule for rule in rules if isinstance(rule, WeightRenaming)]
    converters = [rule for rule in rules if isinstance(rule, WeightConverter)]
    known, prefix = skeleton.state_dict(), skeleton.base_model_prefix
    found: dict[str, str] = {}
    converted = set()
    for name in names:
        parameter, pattern = rename_source_key(name, renamings, converters, prefix, known)
        if parameter not in known and name in known:
            parameter, pattern = rename_source_key(name, [], [], prefix, known)
        if parameter in known:
            found[name] = parameter
            if pattern is not None:
                converted.add(name)
    return found, frozenset(converted)


def _unknown(names: Iterable[str], parameters: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in parameters)
