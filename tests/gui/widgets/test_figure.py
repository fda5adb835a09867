"""Figures in large type."""

from pytestqt.qtbot import QtBot

from gui.widgets.figure import Figure, FigureRow


def test_a_note_that_is_wider_than_its_column_wraps(qtbot: QtBot) -> None:
    figures = [Figure("Lowest KL"), Figure("Iteration")]
    row = FigureRow(*figures)
    qtbot.addWidget(row)
    figures[0].show_value("0.112", "on all of the sixteen windows")
    figures[1].show_value("3")
    row.resize(200, row.heightForWidth(200))
    row.show()
    note = figures[0]._note
    assert note.text() == "on all of the sixteen windows"
    assert note.height() >= note.heightForWidth(note.width()) > note.fontMetrics().height()
