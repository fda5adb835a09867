"""A person in front of the real window with the real engine; nothing is canned and nothing comes from the network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.engine_link.jobs import EngineJobs
from gui.look.theme import ThemeManager
from gui.project.preferences import Preferences
from gui.project.session import Session
from gui.shell.main_window import MainWindow
from tests.gui.conftest import IGNORED_QT_MESSAGES
from tests.gui.conftest import nothing_is_left_behind as nothing_is_left_behind
from tests.gui.driving import Person

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Make any Qt warning fail a test of the window."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore(*IGNORED_QT_MESSAGES, extend=True))


@pytest.fixture
def person(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Person]:
    """Return a person who has just started LayerSwarm for the first time, on an offline computer."""
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    for name in ("confirm", "confirm_loss"):
        monkeypatch.setattr(f"gui.shell.action_handlers.{name}", lambda *_: True)
    session = Session(EngineJobs(), Preferences(tmp_path / "window.ini"))
    window = MainWindow(session, ThemeManager(qapp, "light"))
    qtbot.addWidget(window)
    window.resize(1180, 800)  # the offscreen screen is smaller than anyone's
    window.show()
    yield Person(qtbot, window, patience=240_000)
    session.jobs.end_all()
