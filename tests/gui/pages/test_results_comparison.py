"""The comparison of the variants where there is room for every column, and where there is not."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.api.run_state import RunState
from engine.api.settings import Settings
from gui.pages.results_comparison import ComparisonTable
from gui.pages.results_table import ResultsTable
from tests.gui import canned


def shown_headings(qtbot: QtBot, width: int) -> list[str]:
    """The headings that a table of some width shows, after that of the names."""
    model = ResultsTable()
    view = ComparisonTable("Comparison", model)
    qtbot.addWidget(view)
    view.resize(width, 400)
    view.show()
    model.show_state(RunState.replay([*canned.run_events(Settings()), *canned.compensation()]))
    headings = model.as_text().splitlines()[0].split("\t")
    return [heading for place, heading in enumerate(headings) if place and not view.isColumnHidden(place)]


def test_with_room_each_variant_has_its_difference_beside_it(qtbot: QtBot) -> None:
    expected = ["Dense", "Pruned", "difference", "Compensated", "difference", "Recovered", "difference"]
    assert shown_headings(qtbot, 1800) == expected


def test_with_less_room_the_difference_of_the_result_stays_longest(qtbot: QtBot) -> None:
    fewer = [shown_headings(qtbot, width) for width in range(1800, 500, -50)]
    counts = [len(headings) for headings in fewer]
    assert counts == sorted(counts, reverse=True)
    assert fewer[-1] == ["Dense", "Pruned", "Compensated", "Recovered"]
    assert ["Dense", "Pruned", "Compensated", "Recovered", "difference"] in fewer


@pytest.mark.parametrize("width", [640, 800, 1800])
def test_no_figure_and_no_heading_is_cut_off(qtbot: QtBot, width: int) -> None:
    model = ResultsTable()
    view = ComparisonTable("Comparison", model)
    qtbot.addWidget(view)
    view.resize(width, 400)
    view.show()
    model.show_state(RunState.replay([*canned.run_events(Settings()), *canned.compensation(), *canned.measured(0.5)]))
    view.fit()
    shown = [column for column in range(model.columnCount()) if not view.isColumnHidden(column)]
    sizes = {column: view.columnWidth(column) for column in shown}
    assert sum(sizes.values()) <= view.viewport().width()
    assert [column for column in shown[1:] if sizes[column] < view.sizeHintForColumn(column)] == []


def test_a_figure_shows_its_difference_as_a_tool_tip() -> None:
    model = ResultsTable()
    model.show_state(RunState.replay(canned.run_events(Settings())))
    size = next(row for row in range(model.rowCount()) if model.as_text().splitlines()[row + 1].startswith("Size"))
    assert model.data(model.index(size, 2), Qt.ItemDataRole.ToolTipRole) == "−13.2\u202f%"
