"""Recognise a format that an earlier export has finished, so that one which was ended between two of them goes on."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput, LayerSwarmError, quoted
from engine.api.events import ExportVerified
from engine.api.export_targets import ExportFormat
from engine.api.message import worded
from engine.export.manifest import ExportFacts, manifest_content
from engine.model_files.folder_content import read_json
from engine.models.companion_files import MANIFEST_FILE
from engine.models.folder import ModelFolder
from engine.results.check_titles import check_title

PLAIN = ExportFormat(target="safetensors")
_MEASURED = frozenset({"checks", "file_bytes"})
"""What a manifest states of the files after they were written."""


def holds_format(place: Path, wanted: ExportFormat, source: ModelFolder) -> bool:
    """Return whether a folder holds an export of the same model in this format."""
    found = _manifest(place)
    return (found.get("file_format", str(PLAIN)), found.get("source_digest")) == (str(wanted), source.digest)


def may_be_finished(place: Path, wanted: ExportFormat, facts: ExportFacts) -> bool:
    """Return whether a folder holds this format of the same model without the same layers.

    It is all that is known before the weights are: they may have been changed otherwise.
    """
    return holds_format(place, wanted, facts.source) and _text(_manifest(place).get("removed")) == _text(facts.removed)


def is_finished(place: Path, wanted: ExportFormat, facts: ExportFacts, given: Mapping[str, object]) -> bool:
    """Return whether a folder holds the export that would be written: its manifest is the same.

    Args:
        place: The folder; it need not exist.
        wanted: The format.
        facts: The counts.
        given: What the caller adds to the manifest.
    """
    found = _manifest(place)
    expected = manifest_content(facts, given if wanted == PLAIN else {**given, "file_format": str(wanted)})
    if wanted != PLAIN and not isinstance(found.get("file_bytes"), int):
        return False
    return _text({key: value for key, value in found.items() if key not in _MEASURED}) == _text(expected)


def finished_bytes(place: Path) -> int:
    """Return the bytes of the files of a finished format other than safetensors, as its manifest states them."""
    return int(_manifest(place)["file_bytes"])


def verify_again(place: Path, verify: Callable[[], Sequence[ExportVerified]]) -> Sequence[ExportVerified]:
    """Return the checks of a finished format, all of which pass now; nothing in it is changed.

    Raises:
        BadInput: A check fails, or cannot be made since files are missing or damaged.
    """
    try:
        checks = verify()
    except (LayerSwarmError, OSError, LookupError, ValueError) as error:
        reason = error.sentence if isinstance(error, LayerSwarmError) else quoted(error, 200)
        raise _damaged(place, reason) from error
    failed = next((check for check in checks if not check.passed), None)
    if failed is not None:
        raise _damaged(place, worded("{0}: {1}", check_title(failed.check), failed.detail_words))
    return checks


def _damaged(place: Path, reason: str) -> BadInput:
    return BadInput(
        worded("{0} holds this export from before, but it is damaged ({1}); remove that folder.", place, reason)
    )


def _manifest(place: Path) -> dict[str, Any]:
    """Return the manifest in a folder; an empty one where there is none, or it cannot be read."""
    file = place / MANIFEST_FILE
    try:
        return read_json(file) if file.is_file() else {}
    except BadInput:
        return {}


def _text(value: object) -> str:
    """Return a value as it is compared: nan equals nan, and a tuple the list that was read."""
    return json.dumps(value, sort_keys=True)
