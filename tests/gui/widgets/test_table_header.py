"""No heading of a table is cut off, and no figure gives way to another column."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.widgets.record_table import RecordColumn, RecordTable
from gui.widgets.table_header import TableHeader, share_width
from gui.widgets.text_table import PlainTable, TextModel

HEADINGS = ("Lauf", "Algorithmus", "Zurückgehaltene KL", "Perplexität")
ROWS = [("0001-pso", "PSO", "0.316", "11.6"), ("0002-woa", "WOA", "0.4", "12.1")]


@pytest.fixture
def table(qtbot: QtBot) -> PlainTable:
    """Return a table of two runs."""
    model = TextModel()
    model.show_rows(HEADINGS, ROWS)
    table = PlainTable("Runs", model)
    model.setParent(table)
    qtbot.addWidget(table)
    table.show()
    table.fit()
    return table


def cut_off(table: PlainTable) -> list[str]:
    """Return the headings that have a word without enough room."""
    header = table.horizontalHeader()
    assert isinstance(header, TableHeader)
    shown = [place for place in range(header.count()) if not header.isSectionHidden(place)]
    return [HEADINGS[place] for place in shown if header.sectionSize(place) < header.need(place)]


@pytest.mark.parametrize("width", [460, 520, 700, 1200])
def test_every_word_of_a_heading_has_room(table: PlainTable, width: int) -> None:
    table.resize(width, table.height())
    assert cut_off(table) == []
    assert table.horizontalScrollBar().maximum() == 0


def test_a_heading_without_room_for_one_line_is_set_in_two(table: PlainTable) -> None:
    table.resize(1200, table.height())
    high = table.horizontalHeader().height()
    tall = table.height()
    table.resize(460, table.height())
    assert table.horizontalHeader().height() > high
    assert table.height() - tall == table.horizontalHeader().height() - high, "the rows have lost their room"


def test_columns_are_hidden_before_figures_are_cut(
    qtbot: QtBot, table: PlainTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(table), "hidden_first", lambda _: (3,))
    table.resize(330, table.height())
    assert table.isColumnHidden(3)
    table.resize(1200, table.height())
    assert not table.isColumnHidden(3)


def test_the_whole_name_of_a_row_is_its_tooltip(table: PlainTable) -> None:
    assert table.model().index(1, 2).data(Qt.ItemDataRole.ToolTipRole) == "0002-woa"


@pytest.mark.parametrize(
    ("needs", "room", "widths"),
    [
        ((100, 50, 50), 400, [100, 150, 150]),
        ((100, 50, 200), 400, [100, 100, 200]),
        ((100, 50, 50), 180, [80, 50, 50]),  # the name gives way
        ((100, 50, 50), 120, [60, 50, 50]),  # no further than to the least of a name
        ((40, 50, 50), 120, [40, 50, 50]),
        ((100,), 400, [100]),
        ((), 400, []),
    ],
)
def test_columns_share_the_room(needs: Sequence[int], room: int, widths: list[int]) -> None:
    assert share_width(needs, room, least_first=60) == widths


def test_a_table_of_records_has_its_headings_in_one_line_where_there_is_room(qtbot: QtBot) -> None:
    columns = [RecordColumn("Model", str, right=False), RecordColumn("Auf der Platte des Rechners", str, width=60)]
    table = RecordTable(columns, rows=2)
    qtbot.addWidget(table)
    table.show()
    table.resize(900, table.height())
    wide = table.horizontalHeader().height()
    table.resize(400, table.height())
    assert table.horizontalHeader().height() > wide
    assert table.horizontalHeader().sectionSize(0) > table.horizontalHeader().sectionSize(1)
