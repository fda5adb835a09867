"""Read journal lines of earlier versions, whose fields had other names."""

from typing import Any

import msgspec

_RENAMED = {
    "recovery_measured": {"heldout_kl": "validation_kl", "heldout_perplexity": "validation_perplexity"},
    "recovery_finished": {
        "heldout_kl_before": "validation_kl_before",
        "heldout_kl_after": "validation_kl_after",
    },
}
"""Old field names and today's, by kind of event. Recovery's windows choose its best step, so they are not held out."""


def with_current_names(line: bytes) -> dict[str, Any] | None:
    """Return an event with its fields under today's names; None where none of them was renamed.

    Raises:
        msgspec.DecodeError: The line is not JSON.
    """
    event = msgspec.json.decode(line)
    kind = event.get("event") if isinstance(event, dict) else None
    names = _RENAMED.get(kind, {}) if isinstance(kind, str) else {}
    if names.keys().isdisjoint(event):
        return None
    return {names.get(name, name): value for name, value in event.items()}
