"""Interleave windows of several texts in proportion to their weights."""

from collections.abc import Sequence
from fractions import Fraction

import torch
from torch import Tensor


def turns(weights: Sequence[Fraction], count: int) -> list[int]:
    """Return which part provides each of ``count`` windows, so that every prefix is mixed like the whole.

    Each window comes from the part that lags most behind its share (smooth weighted round robin).
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
    """Return how many of ``count`` windows each part provides."""
    order = turns(weights, count)
    return [order.count(index) for index in range(len(weights))]


def in_turn(parts: Sequence[Tensor], weights: Sequence[Fraction] = ()) -> Tensor:
    """Return all windows of all parts [windows, length], interleaved by weight; exhausted parts are skipped.

    Args:
        parts: [windows, length] each.
        weights: Equal by default.
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
                break  # continue with the other parts
            rows.append(part.pop(0))
    return torch.stack(rows) if rows else parts[0]
