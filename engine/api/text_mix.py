"""Read and write a mix of texts as in the settings: ``self:2,web:1``."""

import csv
import math
import re
from collections.abc import Sequence
from fractions import Fraction

from engine.api.errors import BadInput
from engine.api.message import worded

_WEIGHT = re.compile(r"[0-9]+(\.[0-9]+)?")


def mix_words(parts: Sequence[str]) -> str:
    """Join the parts of a mixture into one line, separated by commas; quote a name with a comma in it."""
    quoted = ('"' + part.replace('"', '""') + '"' if "," in part or part.startswith('"') else part for part in parts)
    return ", ".join(quoted)


def mix_parts(words: str) -> tuple[str, ...]:
    """Split a line in the form of ``mix_words`` into its parts."""
    parts = next(csv.reader([words], skipinitialspace=True), [])
    return tuple(part.strip() for part in parts if part.strip())


def mix_part(text: str) -> tuple[str, Fraction]:
    """Return the name and the weight of one part of a mix; the default weight is 1.

    A trailing ``:number`` is the weight, so a data set whose configuration is a number needs one: ``org/name:2020:1``.

    Raises:
        BadInput: The weight is not a finite number above 0.
    """
    name, _, written = text.rpartition(":")
    if not name or not _is_number(written):
        return text, Fraction(1)
    if not _WEIGHT.fullmatch(written) or not 0 < float(written) < math.inf:
        shown = written if len(written) <= 20 else f"{written[:20]}…"
        raise BadInput(
            worded(
                "The weight of '{0}' in a mix is {1}; give a number above 0, such as 2 or 0.5, or leave it out.",
                name,
                shown,
            )
        )
    return name, Fraction(written)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
