"""Compute what all runtimes need: most likely tokens, and positions in the model's form."""

import numpy as np
from numpy.typing import NDArray


def most_likely(logits: NDArray[np.floating], top: int) -> list[tuple[int, float]]:
    """Return (token, log-probability) of the most likely tokens, in order.

    Args:
        logits: [vocabulary].
        top: Number of tokens.
    """
    exact = logits.astype(np.float64)
    highest = float(exact.max())
    normaliser = highest + float(np.log(np.exp(exact - highest).sum()))
    count = min(top, exact.size)
    chosen = np.argpartition(-exact, count - 1)[:count]
    ordered = chosen[np.argsort(-exact[chosen], kind="stable")]
    return [(int(token), float(exact[token] - normaliser)) for token in ordered]


def places_as(places: NDArray[np.int64], rows: int) -> NDArray[np.int64]:
    """Return positions [batch, length] as [rows, batch, length], for models with positions in time and in pictures.

    Text has the same position in all of them.
    """
    return np.broadcast_to(places, (rows, *places.shape)).copy()
