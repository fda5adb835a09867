"""Charts: what they draw, and how little work they do for it."""

import math
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from engine.api.events import (
    AnyEvent,
    BudgetResolved,
    Heartbeat,
    IterationFinished,
    ParetoPoint,
    RecoveryMeasured,
    RecoveryStepped,
    RunStarted,
    StageStarted,
    WorkerFigures,
    WorkersMeasured,
)
from engine.api.settings import Settings
from engine.results.figures import format_bytes, format_rate
from engine.results.score_levels import ScoreLevels
from gui.charts.convergence import ConvergenceChart, quartiles
from gui.charts.layer_bars import LayerBars
from gui.charts.pareto_front import ParetoFrontChart
from gui.charts.plot import LEFT_AXIS_WIDTH, Plot
from gui.charts.ranges import step_up, stepped_range
from gui.charts.references import Reference
from gui.charts.removal_map import RemovalMap
from gui.charts.series import Series
from gui.charts.training import LossChart
from gui.look.theme import current_theme
from gui.pages.resource_usage_card import ResourceUsageCard
from gui.widgets.layer_strip import mark_colour
from tests.gui import canned

pytestmark = pytest.mark.slow

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


@given(st.lists(st.tuples(st.integers(0, 400), st.floats(-10, 10)), max_size=300), st.integers(8, 40))
def test_a_series_of_bounded_length_keeps_points_of_its_whole_course(
    points: list[tuple[int, float]], most: int
) -> None:
    series = Series(most)
    for x, y in points:
        series.put(x, y)
        assert y in series.y
    assert len(series) <= most
    assert np.all(np.diff(series.x) > 0)
    assert {*zip(series.x.tolist(), series.y.tolist(), strict=True)} <= {*points}
    if points == sorted(points, key=lambda point: point[0]) and points:
        assert series.x[0] == points[0][0]


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
        chart.add_event(event)
    chart.redraw()
    table = chart.table()
    assert list(table.values) == ["best", "mean", "lower quartile", "upper quartile"]
    assert not any(np.isnan(column).any() for column in table.values.values())
    assert len(table.places) == canned.ITERATIONS


def test_lines_have_width_one_and_there_is_no_grid(qtbot: QtBot) -> None:
    chart = ConvergenceChart()
    qtbot.addWidget(chart)
    for curve in chart.getPlotItem().listDataItems():
        assert curve.opts["pen"] is None or curve.opts["pen"].widthF() == 1
    for side in ("left", "bottom"):
        assert chart.getPlotItem().getAxis(side).grid is False
    assert chart.getPlotItem().getViewBox().autoRangeEnabled() == [False, False]


def test_the_band_spans_every_iteration_whatever_the_view_was(qtbot: QtBot) -> None:
    chart = ConvergenceChart()
    qtbot.addWidget(chart)
    chart.show()
    for upto in (3, len(ITERATIONS)):
        for event in ITERATIONS[:upto]:
            chart.add_event(event)
        chart.redraw()
        area = chart.band_area()
        assert (area.left(), area.right()) == (1.0, float(upto))


def drawn_convergence(qtbot: QtBot, events: list[AnyEvent]) -> ConvergenceChart:
    """Return the chart of some events."""
    chart = ConvergenceChart()
    qtbot.addWidget(chart)
    for event in events:
        chart.add_event(event)
    chart.redraw()
    return chart


def shown_range(chart: Plot, axis: int = 1) -> tuple[float, float]:
    low, high = chart.getPlotItem().getViewBox().viewRange()[axis]
    return low, high


def test_the_axis_holds_the_best_line_and_no_hopeless_candidate_stretches_it(qtbot: QtBot) -> None:
    hopeless = [
        msgspec.structs.replace(event, worst_fitness=math.inf, fitness=(math.inf, 1e6, *event.fitness[2:]))
        for event in ITERATIONS
    ]
    bottom, top = shown_range(drawn_convergence(qtbot, [*hopeless]))
    assert bottom <= min(event.best_fitness for event in ITERATIONS)
    assert max(event.best_fitness for event in ITERATIONS) <= top < 2.0


def test_the_axis_is_scaled_where_the_search_is_decided_not_up_to_its_first_random_sets(qtbot: QtBot) -> None:
    wild = [
        msgspec.structs.replace(event, mean_fitness=2.6, fitness=tuple(2.0 + value for value in event.fitness))
        if event.iteration < 2
        else event
        for event in ITERATIONS
    ]
    bottom, top = shown_range(drawn_convergence(qtbot, [*wild]))
    assert 0.2 < bottom < top < 1.3


def grown(count: int) -> list[AnyEvent]:
    """Return the iterations of a search that builds its set up, one layer in each."""
    return [
        msgspec.structs.replace(
            ITERATIONS[0],
            iteration=size - 1,
            iterations=count,
            best_fitness=0.1 * size,
            best_removed=tuple(range(3, 3 + size)),
        )
        for size in range(1, count + 1)
    ]


def test_sets_that_are_built_up_are_not_drawn_as_a_rising_best(qtbot: QtBot) -> None:
    budget = next(event for event in EVENTS if isinstance(event, BudgetResolved))
    chart = drawn_convergence(qtbot, [budget, *grown(5)])
    values = chart.table().values
    assert values["best"].tolist()[-1] == 0.5
    assert np.isnan(values["best"][:-1]).all()
    assert values["best of fewer layers"].tolist()[:-1] == pytest.approx([0.1, 0.2, 0.3, 0.4])
    unfinished = drawn_convergence(qtbot, [budget, *grown(4)])
    assert "best" not in unfinished.table().values


def test_a_line_bears_the_number_of_windows_that_its_scores_were_measured_on(qtbot: QtBot) -> None:
    chart = drawn_convergence(qtbot, [*ITERATIONS])
    chart.show_levels(ScoreLevels(first=4, full=32))
    assert list(chart.table().values)[:2] == ["best on all 32 windows", "mean on 4 of 32 windows"]
    reading = chart.reading_at(1.0, 0.0)
    assert reading is not None
    assert "best on all 32 windows 0." in reading.words


def test_other_results_are_drawn_beside_the_search_where_they_have_a_place(qtbot: QtBot) -> None:
    chart = drawn_convergence(qtbot, [*ITERATIONS])
    level = Reference("Block Influence", 0.9)
    course = Reference("Greedy", 0.5, course=(0.8, 0.5), tokens=(1000.0, 2000.0))
    chart.show_references([level, course])
    chart.redraw()
    values = chart.table().values
    assert set(values["Block Influence"]) == {0.9}
    assert values["Greedy"][:2].tolist() == [0.8, 0.5]
    chart.show_against("minutes")
    assert "Greedy" not in chart.table().values
    chart.show_against("tokens")
    assert chart.table().places[:2].tolist() == [1000.0, 2000.0]


def test_ticks_of_counted_axes_are_whole_numbers(qtbot: QtBot) -> None:
    few = [event for event in ITERATIONS if event.iteration < 2]
    chart = drawn_convergence(qtbot, [msgspec.structs.replace(event, iterations=2) for event in few])
    chart.resize(900, 230)
    axis = chart.getPlotItem().getAxis("bottom")
    ticks = [tick for _, level in axis.tickValues(0.5, 2.5, 800) for tick in level]
    assert ticks
    assert all(tick == int(tick) for tick in ticks)
    chart.show_against("minutes")
    assert any(tick != int(tick) for _, level in axis.tickValues(0.0, 1.0, 800) for tick in level)


def test_convergence_is_drawn_against_what_is_asked_for(qtbot: QtBot) -> None:
    chart = ConvergenceChart()
    qtbot.addWidget(chart)
    start = next(event for event in EVENTS if isinstance(event, StageStarted) and event.stage == "search")
    chart.add_event(msgspec.structs.replace(start, time=1000.0))
    for place, event in enumerate(ITERATIONS, start=1):
        chart.add_event(msgspec.structs.replace(event, time=1000.0 + 30 * place))
    for against, last in (
        ("evaluations", ITERATIONS[-1].evaluations),
        ("tokens", ITERATIONS[-1].tokens),
        ("minutes", len(ITERATIONS) / 2),
        ("iteration", len(ITERATIONS)),
    ):
        chart.show_against(against)  # type: ignore[arg-type]
        assert chart.table().places[-1] == last
        low, high = chart.getPlotItem().getViewBox().viewRange()[0]
        assert low <= chart.table().places[0]
        assert last <= high


def test_an_older_journal_counts_no_tokens(qtbot: QtBot) -> None:
    chart = ConvergenceChart()
    qtbot.addWidget(chart)
    chart.add_event(ITERATIONS[0])
    assert chart.knows_tokens
    chart.clear_data()
    chart.add_event(msgspec.structs.replace(ITERATIONS[0], tokens=None))
    assert not chart.knows_tokens


def test_a_pause_is_no_time_of_the_search(qtbot: QtBot) -> None:
    chart = ConvergenceChart()
    qtbot.addWidget(chart)
    first, second = ITERATIONS[:2]
    begin = RunStarted(run="r", algorithm="pso", resumed=False, device="cpu", versions={}, time=1.0)
    for event in (
        begin,
        StageStarted(stage="search", time=10.0),
        msgspec.structs.replace(first, time=15.0),
        msgspec.structs.replace(begin, resumed=True, time=5000.0),
        StageStarted(stage="search", time=5001.0),
        msgspec.structs.replace(second, time=5004.0),
    ):
        chart.add_event(event)
    chart.show_against("minutes")
    assert chart.table().places.tolist() == pytest.approx([5 / 60, 8 / 60])


def test_a_front_holds_the_best_of_each_size_until_the_search_names_its_own(qtbot: QtBot) -> None:
    chart = ParetoFrontChart()
    qtbot.addWidget(chart)
    first = ITERATIONS[0]
    smaller = msgspec.structs.replace(first, best_removed=first.best_removed[:-1], best_fitness=first.best_fitness / 2)
    chart.add_event(first)
    assert not chart.has_choice
    chart.add_event(smaller)
    assert chart.has_choice
    model = canned.model()
    chart.show_front(model.bytes, model.layer_bytes, ())
    five, four = (model.bytes - off * model.layer_bytes[0] for off in (5, 4))
    assert chart.table().places.tolist() == [five / 1e6, four / 1e6]
    assert chart.table().values["fitness"].tolist() == [first.best_fitness, smaller.best_fitness]
    point = ParetoPoint(removed=(3, 4), fitness=0.2, bytes=200_000_000, time_share=0.9, cost=1.0)
    chart.show_front(model.bytes, model.layer_bytes, (point,))
    reading = chart.reading_at(0.0, 0.0)
    assert reading is not None
    assert "2 layers removed" in reading.words
    assert "without 3" in reading.words
    assert "after the fold" not in reading.words
    chart.show_front(
        model.bytes, model.layer_bytes, (msgspec.structs.replace(point, compensated_fitness=0.125, cost=0.125),)
    )
    reading = chart.reading_at(0.0, 0.0)
    assert reading is not None
    assert "0.125 after the fold" in reading.words


def test_a_repeated_iteration_replaces_the_first(qtbot: QtBot) -> None:
    chart = ConvergenceChart()
    qtbot.addWidget(chart)
    for event in [*ITERATIONS, *ITERATIONS]:
        chart.add_event(event)
    chart.redraw()
    assert len(chart.getPlotItem().listDataItems()[0].getData()[0]) == canned.ITERATIONS


def test_the_map_has_a_cell_for_each_layer_and_iteration(qtbot: QtBot) -> None:
    chart = RemovalMap()
    qtbot.addWidget(chart)
    for event in ITERATIONS:
        chart.add_event(event)
    chart.redraw()
    cells = chart.getPlotItem().items[0].image
    assert cells.shape == (canned.ITERATIONS, canned.LAYERS)
    removed = {int(layer) for layer in np.flatnonzero(cells[-1] == 2)}
    assert removed == set(ITERATIONS[-1].best_removed)


def layer_bars(qtbot: QtBot, values: dict[int, float], **marks: Any) -> LayerBars:
    bars = LayerBars("bars", "")
    qtbot.addWidget(bars)
    bars.show_values(len(values), values, **marks)
    return bars


def test_bars_of_single_layers_share_a_logarithmic_scale_with_the_costliest(qtbot: QtBot) -> None:
    bars = layer_bars(qtbot, {0: 100.0, 1: 0.4, 2: 0.9}, log=True)
    bottom, top = shown_range(bars)
    assert 10**bottom < 0.4
    assert 100 <= 10**top < 300
    (kept,) = (item for item in bars.getPlotItem().items if len(item.opts.get("x", ())) == 3)
    assert all(height > 0.02 * (top - bottom) for height in kept.opts["height"])
    assert bars.getPlotItem().getAxis("left").tickValues(bottom, top, 100)
    assert bars.cut_labels() == {}


def test_a_bar_that_cannot_be_drawn_in_full_reaches_the_top_and_bears_its_value(qtbot: QtBot) -> None:
    assert layer_bars(qtbot, {0: math.inf, 1: 0.4, 2: 0.9}, log=True).cut_labels() == {0: "∞"}
    assert layer_bars(qtbot, {0: 3.0, 1: 0.4}, top=1.0).cut_labels() == {0: "3"}


def test_the_bars_of_chosen_layers_are_coloured_like_removed_layers_elsewhere(qtbot: QtBot) -> None:
    bars = layer_bars(qtbot, {0: 1.0, 1: 0.4, 2: 0.9}, removed={1}, protected={0})
    items = [item for item in bars.getPlotItem().items if len(item.opts.get("x", ()))]
    colours = {round(float(item.opts["x"][0])): item.opts["brush"] for item in items}
    theme = current_theme()
    assert colours == {mark: mark_colour(theme, kind) for mark, kind in ((0, "protected"), (1, "removed"), (2, "kept"))}


def test_the_loss_chart_shows_steps_and_held_out_points(qtbot: QtBot) -> None:
    chart = LossChart()
    qtbot.addWidget(chart)
    for event in EVENTS:
        if isinstance(event, RecoveryStepped | RecoveryMeasured):
            chart.add_event(event)
    chart.redraw()
    steps, smoothed, points = (len(item.getOriginalDataset()[0]) for item in chart.getPlotItem().listDataItems())
    assert (steps, smoothed, points) == (canned.STEPS, canned.STEPS, 5)


def filled_loss_chart() -> LossChart:
    """Return the loss chart of a whole recovery."""
    chart = LossChart()
    for event in EVENTS:
        if isinstance(event, RecoveryStepped | RecoveryMeasured):
            chart.add_event(event)
    chart.redraw()
    return chart


def test_a_long_training_draws_no_more_points_than_pixels_and_reads_out_all(qtbot: QtBot) -> None:
    chart = LossChart()
    qtbot.addWidget(chart)
    chart.resize(800, 260)
    chart.show()
    step = next(event for event in EVENTS if isinstance(event, RecoveryStepped))
    for number in range(1, 20_001):
        chart.add_event(msgspec.structs.replace(step, step=number, steps=20_000, loss=number % 7))
    chart.redraw()
    drawn = [len(x) for item in chart.listDataItems() if (x := item.getData()[0]) is not None]
    assert len(drawn) >= 2
    assert max(drawn) <= 2 * chart.width()
    assert len(chart.table().places) == 20_000


def test_many_validations_are_drawn_without_dots(qtbot: QtBot) -> None:
    chart = LossChart()
    qtbot.addWidget(chart)
    measured = next(event for event in EVENTS if isinstance(event, RecoveryMeasured))
    shown = []
    for number in range(201):
        chart.add_event(msgspec.structs.replace(measured, step=number))
        if number in (199, 200):
            chart.redraw()
            shown.append(chart.listDataItems()[-1].opts["symbol"])
    assert shown == ["o", None]


def test_a_logarithmic_scale_holds_the_same_data_and_reads_the_same_values(qtbot: QtBot) -> None:
    chart = filled_loss_chart()
    qtbot.addWidget(chart)
    linear = chart.reading_at(16, 0.0)
    chart.set_log_y(True)
    chart.redraw()
    assert chart.reading_at(16, 0.0) == linear
    losses = [event.loss for event in EVENTS if isinstance(event, RecoveryStepped)]
    bottom, top = chart.getPlotItem().getViewBox().viewRange()[1]
    assert 10**bottom <= min(losses)
    assert max(losses) <= 10**top <= 10


def test_each_of_several_devices_has_its_line(qtbot: QtBot) -> None:
    card = ResourceUsageCard()
    for _ in card.parts():
        pass
    qtbot.addWidget(card)
    card.add_event(Heartbeat(process_memory=2 * 10**9))
    card.redraw()
    assert card.workers.isHidden()
    own = WorkerFigures(
        name="cuda:0",
        host="here",
        label="H200",
        state="working",
        memory_used=16 * 10**9,
        memory_total=144 * 10**9,
        tokens_per_second=1234.5,
    )
    other = WorkerFigures(name="there/cuda:0", host="there", state="starting")
    card.add_workers(WorkersMeasured(workers=(own, other)))
    card.redraw()
    assert card.workers.text().splitlines() == [
        f"cuda:0 · here · H200 · {format_bytes(16 * 10**9)} of {format_bytes(144 * 10**9)} · {format_rate(1234.5)}",
        "there/cuda:0 · loads the model",
    ]
    assert list(card.paces.table().values) == ["cuda:0"]  # the other has done nothing yet
    card.add_event(Heartbeat(process_memory=2 * 10**9))
    other = msgspec.structs.replace(other, state="working", tokens_per_second=617.0)
    card.add_workers(WorkersMeasured(workers=(own, other)))
    card.redraw()
    paces = card.paces.table()
    assert paces.values["cuda:0"].tolist() == [1234.5, 1234.5]
    assert paces.values["there/cuda:0"][-1] == 617.0
    assert not card.paces.isHidden()
    card.clear_data()
    card.add_event(Heartbeat(process_memory=2 * 10**9))
    card.redraw()
    assert card.workers.isHidden()
    assert not len(card.paces.table().places)


def test_a_sign_of_life_tells_memory_and_load(qtbot: QtBot) -> None:
    card = ResourceUsageCard()
    for _ in card.parts():
        pass
    qtbot.addWidget(card)
    card.redraw()
    assert card.isHidden()
    card.add_event(Heartbeat(process_memory=2 * 10**9))
    card.add_event(
        Heartbeat(
            process_memory=3 * 10**9, device_used=5 * 10**9, device_total=12 * 10**9, cpu_load=0.4, device_load=0.75
        )
    )
    card.redraw()
    memory, load = card.memory.table(), card.load.table()
    assert memory.values["engine"].tolist() == [2.0, 3.0]
    assert memory.values["device, all processes"][1] == 5.0
    assert load.places.tolist() == [2.0]  # the first heartbeat has no load
    assert load.values["processor, all cores"].tolist() == [40.0]
    assert load.values["device"].tolist() == [75.0]
    card.clear_data()
    assert not len(card.memory.table().places)


def test_the_band_of_a_long_search_has_few_corners(qtbot: QtBot) -> None:
    chart = ConvergenceChart()
    qtbot.addWidget(chart)
    for iteration in range(2000):
        chart.add_event(msgspec.structs.replace(ITERATIONS[iteration % 15], iteration=iteration, iterations=2000))
    chart.redraw()
    drawn = [curve.getOriginalDataset()[0] for curve in chart.getPlotItem().listDataItems()]
    lengths = sorted(len(places) for places in drawn if places is not None)
    assert lengths[0] == lengths[1] <= 80
    assert lengths[2:] == [2000, 2000]


@given(st.lists(st.floats(0.0, 5.0) | st.just(math.inf), min_size=1, max_size=24))
def test_the_band_is_the_middle_half_of_the_finite_candidates(fitness: list[float]) -> None:
    lower, upper = quartiles(tuple(fitness))
    finite = [value for value in fitness if math.isfinite(value)]
    if finite:
        assert (lower, upper) == pytest.approx(tuple(np.quantile(finite, (0.25, 0.75))))
    else:
        assert math.isnan(lower)
        assert math.isnan(upper)


@pytest.mark.parametrize("widest", ["24000", "0.0025"])
def test_the_title_of_an_axis_stands_beside_its_numbers(qtbot: QtBot, widest: str) -> None:
    plot = Plot("pace", "step", "tokens/s", 200)
    qtbot.addWidget(plot)
    axis = plot.getPlotItem().getAxis("left")
    numbers = QFontMetricsF(axis.style["tickFont"]).horizontalAdvance(widest)
    beside = axis.style["tickLength"] + axis.style["tickTextOffset"][0]
    assert axis.label.boundingRect().height() * 0.8 + numbers + beside <= LEFT_AXIS_WIDTH
