"""The data of a chart can be read as text."""

import numpy as np

from gui.charts.chart_table import ChartTable
from gui.charts.chart_words import table_words

NAN = float("nan")


def table(x_name: str, places: list[float], **values: list[float]) -> ChartTable:
    return ChartTable(x_name, np.array(places), {name: np.array(column) for name, column in values.items()})


def test_a_short_table_of_one_column_is_listed() -> None:
    assert table_words(table("layer", [0, 1, 5], KL=[0.5, NAN, 0.25])) == "layer 0: 0.5000; 5: 0.2500."


def test_of_several_columns_the_course_is_told() -> None:
    words = table_words(table("iteration", [1, 2, 3], best=[0.9, 0.4, 0.6], mean=[NAN, 2.0, 1.0]))
    assert words == (
        "best: 3 values, from 0.9000 at 1 to 0.6000 at 3, lowest 0.4000, highest 0.9000. "
        "mean: 2 values, from 2 at 2 to 1 at 3, lowest 1, highest 2."
    )


def test_of_a_long_column_the_course_is_told() -> None:
    places = [float(place) for place in range(200)]
    words = table_words(table("step", places, loss=places))
    assert words == "loss: 200 values, from 0 at 0 to 199 at 199, lowest 0, highest 199."


def test_a_chart_without_data_says_so() -> None:
    assert table_words(ChartTable("step")) == "No data yet."
    assert table_words(table("step", [1.0], loss=[NAN])) == "No data yet."
