"""What every chart offers: read values, pan and zoom, follow the data again, save."""

import csv
import io
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QImageReader, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from engine.api.events import IterationFinished
from engine.api.settings import Settings
from gui.charts.chart import Chart
from gui.charts.convergence import ConvergenceChart
from gui.charts.layer_bars import LayerBars
from gui.charts.removal_map import RemovalMap
from tests.gui import canned

pytestmark = pytest.mark.slow

ITERATIONS = [event for event in canned.run_events(Settings()) if isinstance(event, IterationFinished)]


def shown(qtbot: QtBot, chart: ConvergenceChart | RemovalMap) -> ConvergenceChart | RemovalMap:
    """Return the chart, filled and on the screen."""
    qtbot.addWidget(chart)
    chart.resize(700, chart.height())
    for event in ITERATIONS:
        chart.add_event(event)
    chart.redraw()
    chart.show()
    QApplication.processEvents()
    return chart


@pytest.fixture
def chart(qtbot: QtBot) -> Chart:
    """Return the convergence chart of a whole search."""
    return shown(qtbot, ConvergenceChart())


def ranges(chart: Chart) -> list[list[float]]:
    """Return the ranges of x and y."""
    return [list(each) for each in chart.getPlotItem().getViewBox().viewRange()]


def pixel_of(chart: Chart, x: float, y: float) -> QPoint:
    """Return the pixel of a point."""
    return chart.mapFromScene(chart.getPlotItem().getViewBox().mapViewToScene(QPointF(x, y)))


def turn_wheel(chart: Chart, modifier: Qt.KeyboardModifier) -> bool:
    """Turn the wheel by one notch in the middle; return whether the chart accepted it."""
    middle = chart.plot_area().center()
    event = QWheelEvent(
        middle,
        QPointF(chart.mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    event.ignore()
    QApplication.sendEvent(chart.viewport(), event)
    return event.isAccepted()


def test_the_pointer_reads_the_nearest_point(qtbot: QtBot, chart: Chart) -> None:
    qtbot.mouseMove(chart.viewport(), pixel_of(chart, 5.2, ITERATIONS[4].mean_fitness))
    assert chart.read_out.isVisible()
    first, best, *_ = chart.read_out.text().splitlines()
    assert first == "iteration 5"
    assert best.startswith(f"best {ITERATIONS[4].best_fitness:.4f}")
    assert chart.read_out.geometry().right() <= chart.viewport().width()
    qtbot.mouseMove(chart.viewport(), QPoint(2, 2))
    assert not chart.read_out.isVisible()


def test_the_arrow_keys_read_point_by_point(qtbot: QtBot, chart: Chart) -> None:
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.read_out.accessibleName().startswith("iteration 2, best ")
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert not chart.read_out.isVisible()
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.read_out.text().startswith(f"iteration {canned.ITERATIONS}")


def test_a_zoomed_chart_stays_where_it_was_put_until_it_is_told_to_follow(qtbot: QtBot, chart: Chart) -> None:
    whole = ranges(chart)
    assert not chart.follow_button.isVisible()
    assert turn_wheel(chart, Qt.KeyboardModifier.ControlModifier)
    closer = ranges(chart)
    assert closer[0][1] - closer[0][0] < whole[0][1] - whole[0][0]
    chart.redraw()
    assert ranges(chart) == closer
    assert chart.follow_button.isVisible()
    qtbot.mouseClick(chart.follow_button, Qt.MouseButton.LeftButton)
    assert ranges(chart) == whole
    assert not chart.follow_button.isVisible()


def test_the_wheel_alone_is_left_to_the_page(chart: Chart) -> None:
    before = ranges(chart)
    assert not turn_wheel(chart, Qt.KeyboardModifier.NoModifier)
    assert ranges(chart) == before


def test_the_keyboard_pans_zooms_and_follows(qtbot: QtBot, chart: Chart) -> None:
    whole = ranges(chart)
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    closer = ranges(chart)
    qtbot.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert ranges(chart)[0][0] > closer[0][0] > whole[0][0]
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert ranges(chart) == whole


def test_charts_under_the_layer_strip_stay_in_line_with_it(qtbot: QtBot) -> None:
    chart = shown(qtbot, RemovalMap())
    before = ranges(chart)
    chart.zoom(2.0)
    assert ranges(chart)[0] == before[0]
    assert ranges(chart)[1] != before[1]


def test_the_map_reads_a_cell(qtbot: QtBot) -> None:
    chart = shown(qtbot, RemovalMap())
    layer = ITERATIONS[2].best_removed[0]
    qtbot.mouseMove(chart.viewport(), pixel_of(chart, layer, 3))
    assert chart.read_out.text().startswith(f"iteration 3 · layer {layer} removed")
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.read_out.text().startswith(f"iteration {canned.ITERATIONS} · layer {layer + 1} ")


def test_bars_read_a_layer(qtbot: QtBot) -> None:
    bars = LayerBars("KL by layer", "")
    qtbot.addWidget(bars)
    bars.show_values(3, {0: 100.0, 1: 0.4, 2: 0.9})
    reading = bars.reading_at(1.2, 0.0)
    assert reading is not None
    assert reading.words == "layer 1\nKL by layer 0.4000"


def test_an_empty_chart_reads_nothing(qtbot: QtBot) -> None:
    for chart in (ConvergenceChart(), RemovalMap(), LayerBars("bars", "")):
        qtbot.addWidget(chart)
        chart.resize(400, chart.height())
        chart.show()
        qtbot.mouseMove(chart.viewport(), chart.plot_area().center().toPoint())
        qtbot.keyClick(chart, Qt.Key.Key_Right)
        assert not chart.read_out.isVisible()
        assert chart.table().as_csv().count("\n") == 1


def save_with(chart: Chart, words: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose an entry of the menu and enter a file."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    next(action for action in chart.menu.actions() if action.text() == words).trigger()


def test_it_is_saved_as_numbers(chart: Chart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_with(chart, "Save as CSV…", tmp_path / "chart", monkeypatch)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "chart.csv").read_text(encoding="utf-8"))))
    assert [int(row["iteration"]) for row in rows] == list(range(1, canned.ITERATIONS + 1))
    assert [float(row["best"]) for row in rows] == [event.best_fitness for event in ITERATIONS]


def test_it_is_saved_as_a_picture_without_the_read_out(
    qtbot: QtBot, chart: Chart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_with(chart, "Save as PNG…", tmp_path / "plain.png", monkeypatch)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    save_with(chart, "Save as PNG…", tmp_path / "read.png", monkeypatch)
    picture = QImage(str(tmp_path / "plain.png"))
    assert picture.size() == 2 * chart.size()
    assert picture == QImage(str(tmp_path / "read.png"))
    assert len({picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(0, 460, 3)}) > 3


def test_it_is_saved_as_a_drawing(chart: Chart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_with(chart, "Save as SVG…", tmp_path / "chart.svg", monkeypatch)
    drawing = ElementTree.parse(tmp_path / "chart.svg").getroot()
    assert drawing.tag.endswith("svg")
    assert list(drawing.iter("{http://www.w3.org/2000/svg}path"))


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("nowhere/a", "No such file"),
        ("file/a", "ot a directory"),
        ("a\0b", "nvalid"),
        ("\ud800", "nvalid"),
        ("n" * 300, "too long"),
    ],
)
def test_a_place_that_cannot_be_written_is_said(
    chart: Chart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, reason: str
) -> None:
    (tmp_path / "file").touch()
    said: list[str] = []
    monkeypatch.setattr("gui.charts.chart_menu.QMessageBox.warning", lambda *words: said.append(words[-1]))
    for kind in ("csv", "png", "svg"):
        save_with(chart, f"Save as {kind.upper()}…", tmp_path / f"{place}.{kind}", monkeypatch)
    assert len(said) == 3
    assert all(reason in each for each in said), said
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_a_picture_is_in_the_format_that_its_name_has(
    chart: Chart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("gui.charts.chart_menu.QMessageBox.warning", lambda *words: said.append(words[-1]))
    for name in ("a.png", "a.jpg", "a.txt"):
        save_with(chart, "Save as PNG…", tmp_path / name, monkeypatch)
    assert QImageReader(str(tmp_path / "a.jpg")).format() == b"jpeg"
    assert len(said) == 1
    assert not (tmp_path / "a.txt").exists()
