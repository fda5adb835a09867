"""The data of a chart as numbers, for the read-out and for CSV files."""

import csv
import io
from dataclasses import dataclass, field

import numpy as np
import pyqtgraph as pg

from gui.charts.series import FloatArray
from gui.words.formatting import format_number, format_whole


@dataclass(frozen=True)
class Column:
    """A named item of a plot."""

    name: str
    item: pg.PlotDataItem


@dataclass(frozen=True)
class ChartTable:
    """Rows at ascending ``places`` on the x axis, [rows], with ``values`` by name, [rows] each; NaN where missing."""

    x_name: str = ""
    places: FloatArray = field(default_factory=lambda: np.empty(0))
    values: dict[str, FloatArray] = field(default_factory=dict)

    @classmethod
    def of_columns(cls, x_name: str, columns: list[Column]) -> "ChartTable":
        """Join the data of several items by their x values."""
        points = {}
        for column in columns:
            x, y = column.item.getOriginalDataset()
            if x is not None and len(x) and column.item.isVisible():
                points[column.name] = (x, y)
        if not points:
            return cls(x_name)
        places = np.unique(np.concatenate([x for x, _ in points.values()]))
        values = {}
        for name, (x, y) in points.items():
            values[name] = np.full(len(places), np.nan)
            values[name][np.searchsorted(places, x)] = y
        return cls(x_name, places, values)

    def words(self, row: int) -> str:
        """Return one row as text, one line per value."""
        lines = [f"{self.x_name} {number_words(self.places[row])}".strip()]
        lines += [
            f"{name} {number_words(column[row])}" for name, column in self.values.items() if not np.isnan(column[row])
        ]
        return "\n".join(lines)

    def as_csv(self) -> str:
        """Return comma-separated text with full precision; missing values are empty fields."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([self.x_name, *self.values])
        for row, place in enumerate(self.places):
            cells = [float(column[row]) for column in self.values.values()]
            writer.writerow([_plain(float(place)), *("" if np.isnan(cell) else _plain(cell) for cell in cells)])
        return text.getvalue()


def number_words(value: float) -> str:
    """Format a whole number exactly, any other with four significant digits."""
    if np.isfinite(value) and value == round(value) and abs(value) < 1e15:
        return format_whole(int(value))
    return format_number(float(value), 4)


def _plain(value: float) -> str:
    return str(int(value)) if np.isfinite(value) and value == int(value) else repr(value)
