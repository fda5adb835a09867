"""The most likely tokens of a row of logits."""

import numpy as np
from numpy.typing import NDArray


def most_likely(logits: NDArray[np.floating], top: int) -> list[tuple[int, float]]:
    """(token, log-probability) of the ``top`` most likely ones, the most likely first; ``logits`` is [vocabulary]."""
    exact = logits.astype(np.float64)
    highest = float(exact.max())
    normaliser = highest + float(np.log(np.exp(exact - highest).sum()))
    count = min(top, exact.size)
    chosen = np.argpartition(-exact, count - 1)[:count]
    ordered = chosen[np.argsort(-exact[chosen], kind="stable")]
    return [(int(token), float(exact[token] - normaliser)) for token in ordered]


def places_as(places: NDArray[np.int64], rows: int) -> NDArray[np.int64]:
    """Return positions [batch, length] as [rows, batch, length], for models that place tokens in time and in pictures.

    Text has the same place in all of them.
    """
    return np.broadcast_to(places, (rows, *places.shape)).copy()
