"""What the bar below the pages shows where there is little room."""

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.widgets.bottom_bar import BottomBar
from tests.gui.conftest import SessionMaker

TIMES = ["about 7.3 s left of the whole run", "00:23 elapsed", "479.4 MB"]


def test_the_stage_keeps_its_words_and_the_time_left_is_shown_longest(qtbot: QtBot, make_session: SessionMaker) -> None:
    bar = BottomBar(make_session())
    qtbot.addWidget(bar)
    bar.progress.show()
    bar.stage.setText("Recovering")
    bar.resize(1800, bar.height())
    bar.show()
    bar.show_times(TIMES)
    assert [each in bar.times.text() for each in TIMES] == [True, True, True]
    bar.setFixedWidth(bar.width() - bar.progress.width() + 320)
    QApplication.processEvents()
    assert bar.times.text() == TIMES[0]
    assert "479.4 MB" in bar.times.toolTip()
    assert QLabel.text(bar.stage) == "Recovering"
