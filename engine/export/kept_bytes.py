"""Prove that the weights of an export are the source's own, byte for byte, but for those that were changed."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from torch import Tensor

from engine.api.events import ExportVerified
from engine.api.message import joined, worded, worded_count
from engine.export.replacements import Replacements
from engine.export.rewrite import Kept
from engine.model_files.folder_content import weight_headers
from engine.model_files.safetensors_header import TensorEntry
from engine.models.file_range import read_range
from engine.models.tensor_content import same_content

_Place = tuple[Path, TensorEntry]


def verify_bytes(
    folder: Path, tensors: Iterable[Kept], replaced: Mapping[str, Tensor], progress: Callable[[int], None]
) -> ExportVerified:
    """Read every tensor of an export and of its source once, and compare them, in blocks of a few megabytes.

    The kernel copies most of them, so their bytes were in no memory of ours, and file systems have had faults in that
    (https://github.com/openzfs/zfs/issues/15526). Changed tensors are compared with their new values.

    Args:
        folder: The export.
        tensors: What it must hold.
        replaced: Changed weights by parameter name in the pruned model.
        progress: Called with the bytes of each tensor.
    """
    written = {entry.name: (file, entry) for file, header in weight_headers(folder) for entry in header.tensors}
    replacements, changed, same = Replacements(replaced), 0, 0
    for kept in tensors:
        place = written.pop(kept.name, None)
        is_changed = replacements.holds(kept.stored, kept.parameter)
        if place is None:
            return _failed(worded("{0} is missing", kept.name))
        if not (_holds_change(place, kept, replacements) if is_changed else _is_source(place, kept)):
            return _failed(
                worded("{0} differs from its new values", kept.name)
                if is_changed
                else worded("{0} differs from the one in the source", kept.name)
            )
        changed, same = changed + is_changed, same + (not is_changed)
        progress(kept.stored.entry.size)
    if written:
        return _failed(worded("{0} is not one of its tensors", next(iter(written))))
    equal = worded_count(
        same, "{0} tensor equal to the source byte for byte", "{0} tensors equal to the source byte for byte"
    )
    detail = joined(equal, worded("{0} to the changed weights", changed) if changed else "", between=", ")
    return ExportVerified(check="weights", passed=True, detail=detail)


def _is_source(place: _Place, kept: Kept) -> bool:
    return same_content((kept.stored.file, kept.stored.entry), place)


def _holds_change(place: _Place, kept: Kept, replacements: Replacements) -> bool:
    file, entry = place
    own, done = replacements.bytes_of(kept.stored, kept.parameter), 0
    if (entry.dtype, entry.shape, entry.size) != (kept.stored.entry.dtype, kept.stored.entry.shape, len(own)):
        return False
    with file.open("rb") as stream:
        for block in read_range(stream, entry.start, entry.size):
            if own[done : done + len(block)] != block:
                return False
            done += len(block)
    return True


def _failed(detail: str) -> ExportVerified:
    return ExportVerified(check="weights", passed=False, detail=detail)
