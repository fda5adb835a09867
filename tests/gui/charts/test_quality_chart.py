"""The picture of a run's models: every point can be read with mouse, keys and screen reader."""

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.api.events import TaskEvaluated
from engine.api.run_state import RunState
from engine.api.settings import Settings
from engine.results.overview import Overview, overview
from gui.charts.quality_chart import QualityChart
from tests.gui import canned

pytestmark = pytest.mark.slow

WHOLE = canned.run_events(Settings())


def picture(load: float | None = None) -> Overview:
    return overview(RunState.replay([*WHOLE, *canned.speeds(load)]))


def chart_of(qtbot: QtBot, shown: Overview, against_speed: bool = False) -> QualityChart:
    chart = QualityChart(against_speed)
    qtbot.addWidget(chart)
    chart.resize(500, 230)
    chart.show_overview(shown)
    chart.show()
    return chart


def test_the_axis_names_the_quality_that_was_measured(qtbot: QtBot) -> None:
    chart = chart_of(qtbot, picture())
    assert chart.labels["left"] == "accuracy (higher is better)"
    chart.show_overview(Overview("KL", (), ()))
    assert chart.labels["left"] == "held-out KL (lower is better)"
    assert not chart.has_points


def test_the_picture_is_also_text(qtbot: QtBot) -> None:
    words = chart_of(qtbot, picture()).accessible_text()
    assert words.startswith("Dense: accuracy 0.412, 269.0\u202fMB, 31.0 (30.0 to 32.0) tokens/s\nPruned: accuracy")
    assert "Left and Right read out values" in words


def test_the_keys_go_from_model_to_model_even_where_they_are_of_one_size(qtbot: QtBot) -> None:
    chart = chart_of(qtbot, picture())
    read = []
    for _ in range(4):
        qtbot.keyClick(chart, Qt.Key.Key_Right)
        assert chart.read_out.reading is not None
        read.append(chart.read_out.reading.words.partition(":")[0])
    assert read == ["Dense", "Pruned", "Recovered", "Recovered"]


def test_the_pointer_reads_the_point_beside_it(qtbot: QtBot) -> None:
    chart = chart_of(qtbot, picture(), against_speed=True)
    reading = chart.reading_at(31.2, 0.41)
    assert reading is not None
    assert reading.words.startswith("Dense")


def test_a_speed_has_its_spread_and_is_hollow_where_the_computer_was_busy(qtbot: QtBot) -> None:
    chart = chart_of(qtbot, picture(), against_speed=True)
    (left, right), _ = chart.getPlotItem().getViewBox().viewRange()
    assert left < 30.0
    assert right > 32 / 0.87
    fillings = {point.brush().color().name() for point in chart._own.points()}
    chart.show_overview(picture(load=0.5))
    hollow = {point.brush().color().name() for point in chart._own.points()}
    assert len(hollow) == 1
    assert not hollow & fillings


def test_models_without_a_speed_are_left_out_of_the_speeds(qtbot: QtBot) -> None:
    untimed = overview(RunState.replay(WHOLE))
    assert not chart_of(qtbot, untimed, against_speed=True).has_points
    table = chart_of(qtbot, untimed).table()
    assert list(table.values) == ["Pruned", "Recovered", "Dense"]
    assert [float(column[np.isfinite(column)][0]) for column in table.values.values()] == [0.338, 0.391, 0.412]


def test_the_name_of_an_axis_is_whole_after_it_has_changed(qtbot: QtBot) -> None:
    chart = chart_of(qtbot, Overview("KL", (), ()))
    chart.show_overview(picture())
    axis = chart.getPlotItem().getAxis("left")
    name = axis.label.mapRectToParent(axis.label.boundingRect())
    assert name.top() >= 0
    assert name.bottom() <= axis.size().height()


def test_names_do_not_touch_each_other_or_a_spread(qtbot: QtBot) -> None:
    events = [*WHOLE, *canned.compensation(), *canned.speeds()]
    shown = overview(RunState.replay([event for event in events if not isinstance(event, TaskEvaluated)]))
    for against_speed in (False, True):
        chart = chart_of(qtbot, shown, against_speed)
        chart.grab()  # names find their places when they are painted
        boxes = [item.mapRectToScene(item.boundingRect()) for item in chart._names]
        assert len(boxes) == (3 if against_speed else 4)
        touching = [(one, other) for one, other in combinations(boxes, 2) if one.intersects(other)]
        assert touching == []
        area = chart.getPlotItem().getViewBox().sceneBoundingRect()
        assert all(area.left() <= box.left() and box.right() <= area.right() for box in boxes)
