"""Windows of several texts in turn, each in proportion to its weight."""

from collections.abc import Sequence
from fractions import Fraction

import torch
from torch import Tensor


def turns(weights: Sequence[Fraction], count: int) -> list[int]:
    """Which part gives each of ``count`` windows, so that every beginning of the row is mixed as the whole is.

    At each turn the part that lags most behind its share comes (smooth weighted round robin).
    """
    whole = sum(weights, Fraction(0))
    lag = [Fraction(0)] * len(weights)
    order = []
    for _ in range(count):
        lag = [behind + weight for behind, weight in zip(lag, weights, strict=True)]
        chosen = lag.index(max(lag))
        lag[chosen] -= whole
        order.append(chosen)
    return order


def shares(weights: Sequence[Fraction], count: int) -> list[int]:
    """How many of ``count`` windows each part gives."""
    order = turns(weights, count)
    return [order.count(index) for index in range(len(weights))]


def in_turn(parts: Sequence[Tensor], weights: Sequence[Fraction] = ()) -> Tensor:
    """All windows of all parts [windows, length], in turn by their weights; a part that is at its end is passed over.

    Args:
        parts: [windows, length] each.
        weights: all equal where none are given.
    """
    weights = weights or [Fraction(1)] * len(parts)
    left = [list(part) for part in parts]
    rows: list[Tensor] = []
    total = sum(map(len, parts))
    while len(rows) < total:
        open_parts = [index for index, part in enumerate(left) if part]
        wanted = total - len(rows)
        for place in turns([weights[index] for index in open_parts], wanted):
            part = left[open_parts[place]]
            if not part:
                break  # the others go on among themselves
            rows.append(part.pop(0))
    return torch.stack(rows) if rows else parts[0]
