"""What became of each fit of the compensation, as rows."""

import re
from dataclasses import dataclass

from engine.api.compensation_events import REASONS, GapFolded, MapRefitted
from engine.api.run_state import RunState
from engine.results.figures import NOTHING, Translate, format_layers, format_number, typeset, untranslated

HEADINGS = ("Removed layers", "Folded into", "KL before", "KL after", "Ridge", "Note")
UNCHANGED = "no fold lowers the KL"
FOLDED = "layer {0}, {1}"
REFITTED = "fitted after the gaps"


@dataclass(frozen=True)
class GapRow:
    """One gap."""

    event: GapFolded

    def words(self, translate: Translate = untranslated) -> tuple[str, ...]:
        """Return the text of each cell, in the order of ``HEADINGS``."""
        event = self.event
        changed = event.ridge is not None
        note = _translated(event.reason, translate) or ("" if changed else translate(UNCHANGED))
        return (
            format_layers(tuple(range(event.first, event.last + 1))),
            translate(FOLDED).format(event.layer, event.weight) if changed else NOTHING,
            format_number(event.kl_before, 4, translate),
            format_number(event.kl_after, 4, translate),
            typeset(f"{event.ridge:g}", translate) if event.ridge is not None else NOTHING,
            note,
        )


@dataclass(frozen=True)
class RefitRow:
    """Another linear layer beside a gap that was fitted afterwards."""

    event: MapRefitted

    def words(self, translate: Translate = untranslated) -> tuple[str, ...]:
        """Return the text of each cell, in the order of ``HEADINGS``."""
        event = self.event
        return (
            NOTHING,
            translate(FOLDED).format(event.layer, event.weight),
            format_number(event.kl_before, 4, translate),
            format_number(event.kl_after, 4, translate),
            typeset(f"{event.ridge:g}", translate) if event.ridge is not None else NOTHING,
            translate(REFITTED),
        )


def _translated(reason: str, translate: Translate) -> str:
    """Return the reason with its sentence translated; one of another version as it is."""
    for sentence in REASONS:
        found = re.fullmatch(re.escape(sentence).replace(re.escape("{0}"), "(.+)"), reason)
        if found:
            return translate(sentence).format(*found.groups())
    return reason


def gap_rows(state: RunState) -> list[GapRow | RefitRow]:
    """Return a row for each gap that the compensation has come to, from below, and for each refit that helped."""
    gaps = [GapRow(state.folded_gaps[first]) for first in sorted(state.folded_gaps)]
    return [*gaps, *(RefitRow(event) for event in state.refitted_maps.values() if event.ridge is not None)]
