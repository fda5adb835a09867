"""The data of a chart as text, for those who do not see it."""

import numpy as np

from gui.charts.chart_table import ChartTable, number_words
from gui.charts.series import FloatArray
from gui.words.translation import tr

_LISTED = 64
"""Values of one column up to which all of them are listed; the layers of a model, for example."""


def table_words(table: ChartTable) -> str:
    """Return the values of a short table of one column, or the course of each column."""
    columns = {name: values for name, values in table.values.items() if not np.isnan(values).all()}
    if not columns:
        return tr("No data yet.")
    if len(columns) == 1 and len(table.places) <= _LISTED:
        (values,) = columns.values()
        cells = (f"{number_words(place)}: {number_words(value)}" for place, value in _pairs(table.places, values))
        return f"{table.x_name} {'; '.join(cells)}.".strip()
    return " ".join(_course(name, table.places, values) for name, values in columns.items())


def _course(name: str, places: FloatArray, values: FloatArray) -> str:
    pairs = _pairs(places, values)
    (first, begin), (last, end) = pairs[0], pairs[-1]
    words = tr("{0}: {1} values, from {2} at {3} to {4} at {5}, lowest {6}, highest {7}.")
    ends = (number_words(begin), number_words(first), number_words(end), number_words(last))
    numbers = [value for _, value in pairs]
    return words.format(name, len(pairs), *ends, number_words(min(numbers)), number_words(max(numbers)))


def _pairs(places: FloatArray, values: FloatArray) -> list[tuple[float, float]]:
    return [(float(place), float(value)) for place, value in zip(places, values, strict=True) if not np.isnan(value)]
