"""A mixture of texts as the settings write it: ``self:2,web:1``."""

import re
from fractions import Fraction

from engine.api.errors import BadInput

_WEIGHTED = re.compile(r"(?P<name>.+):(?P<weight>\d+(?:\.\d+)?)")


def mix_part(text: str) -> tuple[str, Fraction]:
    """The name and the weight of one part of a mixture; 1 where none is given.

    A last ``:number`` is the weight, so a data set whose config is named by a number needs one: ``org/name:2020:1``.

    Raises:
        BadInput: the weight is nothing.
    """
    match = _WEIGHTED.fullmatch(text)
    if match is None:
        return text, Fraction(1)
    weight = Fraction(match["weight"])
    if weight == 0:
        raise BadInput(f"The weight of '{match['name']}' in a mix is 0; give it more, or leave it out.")
    return match["name"], weight
