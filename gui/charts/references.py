"""Lines that a search is compared with: single sets as dashed levels, other searches as courses."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from gui.charts.plot import Plot, line
from gui.charts.series import FloatArray
from gui.look.theme import Theme

MOST_REFERENCES = 6


@dataclass(frozen=True)
class Reference:
    """A result that a search is compared with, measured on the same windows as the best of the search."""

    name: str
    fitness: float
    """Score of the answer that it came to."""
    course: tuple[float, ...] = ()
    """Fitness of the best set after each iteration; empty for a single set."""
    tokens: tuple[float, ...] = ()
    """Tokens spent after each of these iterations."""

    @property
    def has_course(self) -> bool:
        """Whether there is more to draw than the answer; a set that is built up is one only at its end."""
        return len(self.course) > 1


def reference_colour(place: int, theme: Theme) -> str:
    """Return the colour of a reference, by its place among the shown ones."""
    more = {"light": ("#6a4fb3", "#2f6db5"), "dark": ("#a994e8", "#79b0ee")}[theme.name]
    return (theme.warn, theme.bad, theme.good, *more, theme.muted)[place]


class ReferenceLines:
    """The curves of a chart's references, drawn below its own."""

    def __init__(self, plot: Plot) -> None:
        self.shown: tuple[Reference, ...] = ()
        self.curves: list[pg.PlotDataItem] = []
        self._plot = plot
        self._theme: Theme | None = None
        plot.on_theme(self._paint)

    def show(self, references: Sequence[Reference]) -> None:
        """Show these instead of the previous ones."""
        self.shown = tuple(references)[:MOST_REFERENCES]
        while len(self.curves) < len(self.shown):
            curve = pg.PlotDataItem(connect="finite")
            curve.setZValue(-1)
            self._plot.addItem(curve)
            self.curves.append(curve)
        if self._theme is not None:
            self._paint(self._theme)

    def draw(self, places: FloatArray, by: str) -> list[float]:
        """Draw the references and return the values that they have; courses only ``by`` iteration or tokens."""
        drawn: list[float] = []
        for place, curve in enumerate(self.curves):
            x, y = self._points(place, places, by)
            curve.setData(x, y)
            drawn += [float(value) for value in y if np.isfinite(value)]
        return drawn

    def _points(self, place: int, places: FloatArray, by: str) -> tuple[FloatArray, FloatArray]:
        nothing: FloatArray = np.empty(0)
        if place >= len(self.shown):
            return nothing, nothing
        reference = self.shown[place]
        if not reference.has_course:
            return places, np.full(len(places), reference.fitness)
        y: FloatArray = np.array(reference.course, dtype=np.float64)
        if by == "iteration":
            return np.arange(1, len(y) + 1, dtype=np.float64), y
        return (np.array(reference.tokens, dtype=np.float64), y) if by == "tokens" else (nothing, nothing)

    def _paint(self, theme: Theme) -> None:
        self._theme = theme
        for place, curve in enumerate(self.curves):
            colour = reference_colour(place, theme)
            is_level = place < len(self.shown) and not self.shown[place].has_course
            curve.setPen(_dashed(colour) if is_level else line(colour))


def _dashed(colour: str) -> QPen:
    pen = line(colour)
    pen.setStyle(Qt.PenStyle.DashLine)
    return pen
