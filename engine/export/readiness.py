"""Whether an export can be made: all that can be known before the work that comes first."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.api.disk import free_disk
from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import RemovalSet
from engine.api.export_targets import ExportFormat, export_target
from engine.export.targets.registry import TARGETS
from engine.export.targets.target import Plan
from engine.models.pruned_config import pruned_config

_SPARE_BYTES = 1 << 24
"""Room for headers, tokenizers, manifests and cards."""
_FLOAT_BYTES = 4


def check_format(wanted: ExportFormat, plan: Plan) -> None:
    """Check that a format can be written of a model, on a miniature of it where nothing else shows it.

    Raises:
        BadInput: A package or a tool is missing, or the model cannot leave in this format.
        LayerSwarmError: A tool cannot be fetched now, or there is too little disk space to try.
    """
    target = TARGETS.get(wanted.target)
    if target is None:
        return
    title = export_target(wanted.target).title
    reason = target.missing(wanted.precision, plan.llama_cpp) or target.refused(plan.source, plan.llama_cpp)
    if not reason:
        plan.tell(f"{title}: trying it on a few layers")
        try:
            target.rehearse(plan, wanted.precision)
        except BadInput as error:
            reason = str(error)
    if reason:
        raise BadInput(f"{title} cannot be written: {reason.rstrip('.')}.")


def check_folder(folder: Path, formats: Sequence[ExportFormat], parameters: int, size: int) -> None:
    """Check that exports can be written into ``folder``, which need not be there yet.

    Args:
        parameters: Of the model that is exported.
        size: Its bytes as safetensors.

    Raises:
        BadInput: Nothing can be written there.
        LayerSwarmError: The disk has too little space.
    """
    place = folder.expanduser().absolute()
    existing = next(each for each in (place, *place.parents) if each.exists() or each.is_symlink())
    try:
        with tempfile.TemporaryDirectory(dir=existing, prefix=".layerswarm-"):
            free = free_disk(existing)
    except OSError as error:
        reason = "it is not a folder" if not existing.is_dir() else (error.strerror or str(error)).lower()
        raise BadInput(
            f"The export cannot be written to {existing} ({reason}); choose another folder, or change its permissions."
        ) from None
    needed = _room(formats, parameters, size)
    if free < needed:
        raise LayerSwarmError(
            f"The export needs {needed / 1e6:,.0f} MB but {existing} has {free / 1e6:,.0f} MB free; make room, or "
            "choose a folder on another disk."
        )


def possible_removals(config: Mapping[str, Any], prunable: Sequence[int], counts: range) -> tuple[RemovalSet, ...]:
    """Return sets of layers like those that a search may find: at the beginning, at the end, and spread.

    Args:
        config: The content of config.json.
        prunable: The layers that may go.
        counts: Every number of layers that may go.
    """
    found: dict[RemovalSet, None] = {}
    for count in {counts[0], counts[-1]} - {0} if counts else ():
        step = len(prunable) / count
        spread = (prunable[int(step * number)] for number in range(count))
        found |= dict.fromkeys((tuple(prunable[:count]), tuple(prunable[-count:]), tuple(spread)))
    return tuple(removed for removed in found if _can_go(config, removed))


def _can_go(config: Mapping[str, Any], removed: RemovalSet) -> bool:
    try:
        pruned_config(dict(config), removed)
    except BadInput:
        return False  # a fixed pattern, of which whole periods may go
    return True


def _room(formats: Sequence[ExportFormat], parameters: int, size: int) -> int:
    """Return the most bytes that are on the disk at one time while the formats are written one after the other."""
    own = 0 if any(each.target == "safetensors" for each in formats) else size
    written = sum(_bytes_of(each, parameters, size) for each in formats)
    return own + written + max(_between(formats, parameters, size), default=0) + _SPARE_BYTES


def _bytes_of(wanted: ExportFormat, parameters: int, size: int) -> int:
    bits = next(each.bits for each in export_target(wanted.target).precisions if each.key == wanted.precision)
    return round(parameters * bits / 8) or size


def _between(formats: Sequence[ExportFormat], parameters: int, size: int) -> Iterator[int]:
    """Yield the bytes of what lies between the safetensors and each of the formats."""
    for each in formats:
        if each.target == "gguf":
            yield size
        elif each.target in TARGETS:
            yield parameters * _FLOAT_BYTES
