"""Charts: what they draw, and how little they do for it."""

import math

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from engine.api.events import IterationFinished, RecoveryMeasured, RecoveryStepped
from engine.api.settings import Settings
from gui.charts.convergence import ConvergenceChart
from gui.charts.layer_bars import LayerBars
from gui.charts.ranges import step_up, stepped_range
from gui.charts.removal_map import RemovalMap
from gui.charts.series import Series
from gui.charts.training import LossChart
from tests.gui import canned

EVENTS = canned.run_events(Settings())
ITERATIONS = [event for event in EVENTS if isinstance(event, IterationFinished)]


@given(st.lists(st.tuples(st.integers(0, 200), st.floats(-10, 10)), max_size=300))
def test_a_series_is_a_sorted_map_where_the_last_word_counts(points: list[tuple[int, float]]) -> None:
    series = Series()
    for x, y in points:
        series.put(x, y)
    expected = dict(sorted(dict(points).items()))
    assert series.x.tolist() == list(expected)
    assert series.y.tolist() == list(expected.values())
    assert series.x.dtype == np.float64


@given(st.floats(min_value=1e-9, max_value=1e12))
def test_a_step_is_at_most_twice_the_value(value: float) -> None:
    assert value * (1 - 1e-6) <= step_up(value) <= 2.01 * value


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_a_range_holds_its_data(low: float, span: float) -> None:
    bottom, top = stepped_range(low, low + span)
    slack = 1e-6 * max(abs(low), span, 1.0)
    assert bottom <= low + slack
    assert top >= low + span - slack
    assert top > bottom


def test_convergence_draws_one_item_per_series(qtbot: QtBot) -> None:
    chart = ConvergenceChart()
    qtbot.addWidget(chart)
    for event in ITERATIONS:
        chart.take(event)
    chart.redraw()
    curves = chart.getPlotItem().listDataItems()
    assert len(curves) == 3
    assert {len(curve.getData()[0]) for curve in curves} == {canned.ITERATIONS}


def test_lines_have_width_one_and_there_is_no_grid(qtbot: QtBot) -> None:
    chart = ConvergenceChart()
    qtbot.addWidget(chart)
    for curve in chart.getPlotItem().listDataItems():
        assert curve.opts["pen"].widthF() == 1
    for side in ("left", "bottom"):
        assert chart.getPlotItem().getAxis(side).grid is False
    assert chart.getPlotItem().getViewBox().autoRangeEnabled() == [False, False]


def test_the_worst_candidates_may_leave_the_chart(qtbot: QtBot) -> None:
    chart = ConvergenceChart()
    qtbot.addWidget(chart)
    for event in ITERATIONS:
        chart.take(msgspec.structs.replace(event, worst_fitness=math.inf if event.iteration else 1e6))
    chart.redraw()
    (_, _), (bottom, top) = chart.getPlotItem().getViewBox().viewRange()
    assert bottom <= min(event.best_fitness for event in ITERATIONS)
    assert max(event.mean_fitness for event in ITERATIONS) <= top < 2.0


def test_a_repeated_iteration_replaces_the_first(qtbot: QtBot) -> None:
    chart = ConvergenceChart()
    qtbot.addWidget(chart)
    for event in [*ITERATIONS, *ITERATIONS]:
        chart.take(event)
    chart.redraw()
    assert len(chart.getPlotItem().listDataItems()[0].getData()[0]) == canned.ITERATIONS


def test_the_map_has_a_cell_for_each_layer_and_iteration(qtbot: QtBot) -> None:
    chart = RemovalMap()
    qtbot.addWidget(chart)
    for event in ITERATIONS:
        chart.take(event)
    chart.redraw()
    cells = chart.getPlotItem().items[0].image
    assert cells.shape == (canned.ITERATIONS, canned.LAYERS)
    removed = {int(layer) for layer in np.flatnonzero(cells[-1] == 2)}
    assert removed == set(ITERATIONS[-1].best_removed)


def test_the_range_of_layer_bars_leaves_protected_layers_out(qtbot: QtBot) -> None:
    bars = LayerBars("bars", "")
    qtbot.addWidget(bars)
    bars.show_values(3, {0: 100.0, 1: 0.4, 2: 0.9}, muted=frozenset({0}))
    (_, _), (bottom, top) = bars.getPlotItem().getViewBox().viewRange()
    assert (bottom, top) == (0.0, pytest.approx(1.0))


def test_the_loss_chart_shows_steps_and_held_out_points(qtbot: QtBot) -> None:
    chart = LossChart()
    qtbot.addWidget(chart)
    for event in EVENTS:
        if isinstance(event, RecoveryStepped | RecoveryMeasured):
            chart.take(event)
    chart.redraw()
    steps, points = (len(item.getData()[0]) for item in chart.getPlotItem().listDataItems())
    assert (steps, points) == (canned.STEPS, 5)
