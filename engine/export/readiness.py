"""Check before a run that its export can be made: packages, the model, the folder and the disk."""

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.api.disk import free_disk
from engine.api.errors import BadInput
from engine.api.events import RemovalSet
from engine.api.export_targets import ExportFormat, export_target, title_words
from engine.api.message import ended, worded
from engine.api.system_errors import system_words
from engine.api.temporary import ScratchFolder
from engine.export.room import check_room
from engine.export.runtimes.compare import check_comparing
from engine.export.targets.registry import has_writer, writer_of
from engine.export.targets.target import Plan
from engine.models.pruned_config import pruned_config

_SPARE_BYTES = 1 << 24
"""Disk space for headers, tokenizers, manifests and cards."""
_FLOAT_BYTES = 4


def check_format(wanted: ExportFormat, plan: Plan) -> None:
    """Check that a model can be written in a format, on a miniature of it where its files do not show it.

    Raises:
        BadInput: A package or a tool is missing, or the model cannot be written in this format.
        LayerSwarmError: A tool cannot be fetched now, or the disk has too little space for a miniature.
    """
    if not has_writer(wanted.target):
        return
    writer, title = writer_of(wanted.target), title_words(export_target(wanted.target))
    reason = writer.missing(wanted.precision, plan.llama_cpp) or writer.refused(plan.source, plan.llama_cpp)
    if not reason:
        plan.report(worded("{0}: trying it on a few layers", title), 0, 0)
        try:
            writer.rehearse(plan, wanted.precision)
        except BadInput as error:
            reason = error.sentence
    if reason:
        raise BadInput(worded("{0} cannot be written: {1}", title, ended(reason)))


def check_folder(
    folder: Path,
    formats: Sequence[ExportFormat],
    parameters: int,
    size: int,
    comparing: int = 0,
    memory: float = math.inf,
) -> None:
    """Check that exports can be written into a folder, fit on its disk, and can be compared with their model.

    Args:
        folder: It need not exist yet.
        formats: The formats to write.
        parameters: Parameters of the exported model.
        size: Its bytes as safetensors.
        comparing: Bytes of memory that comparing it with the model takes at least (``comparing_bytes``).
        memory: Bytes of memory that may be used for that, of those that are free.

    Raises:
        BadInput: The folder cannot be written to.
        LayerSwarmError: The disk has too little space, or memory for running the model or a format.
    """
    place = folder.expanduser().absolute()
    existing = next(each for each in (place, *place.parents) if each.exists() or each.is_symlink())
    try:
        with ScratchFolder(existing):
            free = free_disk(existing)
    except OSError as error:
        reason = system_words(error) if existing.is_dir() else worded("it is not a folder")
        raise BadInput(
            worded(
                "The export cannot be written to {0} ({1}); choose another folder, or change its permissions.",
                existing,
                reason,
            )
        ) from None
    check_room(existing, _room(formats, parameters, size), free)
    for each in filter(_is_compared, formats):
        check_comparing(comparing, _bytes_to_run(each, parameters), memory)


def _is_compared(wanted: ExportFormat) -> bool:
    """Return whether a format's runtime will be compared with the model in 32 bits."""
    target = export_target(wanted.target)
    own = target.writer.startswith("engine.") and wanted.target != "safetensors_text"
    return own and not writer_of(wanted.target).unverifiable()


def possible_removals(config: Mapping[str, Any], prunable: Sequence[int], counts: range) -> tuple[RemovalSet, ...]:
    """Return removal sets like those that a search may find: at the beginning, at the end, and spread.

    Args:
        config: The content of config.json.
        prunable: The layers that may be removed.
        counts: Every number of layers that may be removed.
    """
    found: dict[RemovalSet, None] = {}
    for count in {counts[0], counts[-1]} - {0} if counts else ():
        step = len(prunable) / count
        spread = (prunable[int(step * number)] for number in range(count))
        found |= dict.fromkeys((tuple(prunable[:count]), tuple(prunable[-count:]), tuple(spread)))
    return tuple(removed for removed in found if _is_removable(config, removed))


def _is_removable(config: Mapping[str, Any], removed: RemovalSet) -> bool:
    try:
        pruned_config(dict(config), removed)
    except BadInput:
        return False  # a fixed pattern, of which only whole periods may be removed
    return True


def _room(formats: Sequence[ExportFormat], parameters: int, size: int) -> int:
    """Return the most bytes that are on the disk at a time while the formats are written in turn."""
    own = 0 if not all(has_writer(each.target) for each in formats) else size
    written = sum(_bytes_of(each, parameters, size) for each in formats)
    return own + written + max(_scratch(formats, parameters, size), default=0) + _SPARE_BYTES


def _bytes_of(wanted: ExportFormat, parameters: int, size: int) -> int:
    return round(parameters * export_target(wanted.target).precision(wanted.precision).bits / 8) or size


def _bytes_to_run(wanted: ExportFormat, parameters: int) -> int:
    """Return the bytes of memory in which a format is written and run; 0 where its bits are not known."""
    target = export_target(wanted.target)
    return round(
        parameters * (_FLOAT_BYTES if target.in_memory == "float32" else target.precision(wanted.precision).bits / 8)
    )


def _scratch(formats: Sequence[ExportFormat], parameters: int, size: int) -> Iterator[int]:
    """Yield the bytes of what lies between the safetensors and each of the formats."""
    for each in formats:
        yield {"none": 0, "stored": size, "float32": parameters * _FLOAT_BYTES}[export_target(each.target).scratch]
