"""A growing series of points, ready for ``setData``: float64 arrays without a copy per redraw."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


MOST_POINTS = 20_000
"""Points of a long series: several for each pixel of the widest screen, and soon drawn."""


class Series:
    """Points in ascending x. A point at a known x replaces the old one, because a resumed run repeats steps.

    Args:
        most: Points that are kept; where there are more, every second one of all so far is dropped. None keeps all.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._x: FloatArray = np.empty(64)
        self._y: FloatArray = np.empty(64)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def clear(self) -> None:
        """Discard all points."""
        self._size = 0

    def put(self, x: float, y: float) -> None:
        """Add a point, or replace the one at ``x``."""
        if self._size == 0 or x > self._x[self._size - 1]:
            self._append(x, y)
            return
        place = int(np.searchsorted(self.x, x))
        if self._x[place] == x:
            self._y[place] = y
            return
        self._append(0.0, 0.0)
        place = int(np.searchsorted(self.x[:-1], x))  # others may have been dropped
        for column, value in ((self._x, x), (self._y, y)):
            column[place + 1 : self._size] = column[place : self._size - 1].copy()
            column[place] = value

    @property
    def x(self) -> FloatArray:
        """The x values, [points]; a view that the next ``put`` may invalidate."""
        return self._x[: self._size]

    @property
    def y(self) -> FloatArray:
        """The y values, [points]."""
        return self._y[: self._size]

    def _append(self, x: float, y: float) -> None:
        if self._most is not None and self._size >= self._most:
            self._thin_out()
        if self._size == len(self._x):
            self._x, self._y = np.resize(self._x, 2 * self._size), np.resize(self._y, 2 * self._size)
        self._x[self._size], self._y[self._size] = x, y
        self._size += 1

    def _thin_out(self) -> None:
        """Keep the first, the third and so on."""
        for column in (self._x, self._y):
            kept = column[: self._size : 2].copy()
            column[: len(kept)] = kept
        self._size = (self._size + 1) // 2
