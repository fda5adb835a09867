"""What users expect of any good desktop application."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from engine.api.events import MessageLogged
from gui.dialogs.about import AboutDialog
from gui.dialogs.shortcuts import ShortcutsDialog, rows_of
from gui.project.preferences import Preferences
from gui.shell.dropped_paths import dropped_project
from gui.shell.single_instance import SingleInstance
from tests.gui.conftest import PersonMaker
from tests.gui.projects import add_run, new_project

pytestmark = pytest.mark.slow


def carried(path: Path) -> QMimeData:
    """Return the data that a drag of ``path`` carries."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    return data


def test_a_project_dropped_on_the_window_is_opened(make_person: PersonMaker, canned_project: Path) -> None:
    person = make_person()
    for dropped in (canned_project, canned_project / "project.layerswarm"):
        data = carried(dropped)
        person.window.dropEvent(
            QDropEvent(
                QPoint(5, 5),
                Qt.DropAction.CopyAction,
                data,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )
        person.waits_for_rest()
        assert person.session.project is not None
        assert person.session.project.folder == canned_project


def test_nothing_else_is_taken(tmp_path: Path, canned_project: Path) -> None:
    (tmp_path / "notes.txt").touch()
    assert dropped_project(carried(tmp_path / "notes.txt")) is None
    assert dropped_project(carried(tmp_path)) is None
    assert dropped_project(QMimeData()) is None


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return the preferences file that identifies an instance."""
    return tmp_path / "window.ini"


def test_a_second_start_hands_its_project_to_the_first(qtbot: QtBot, place: Path, tmp_path: Path) -> None:
    first, second = SingleInstance(place), SingleInstance(place)
    assert not second.forward(tmp_path)
    assert first.listen()
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication; "
        "from gui.shell.single_instance import SingleInstance; application = QCoreApplication([]); "
        "sys.exit(not SingleInstance(Path(sys.argv[1])).forward(Path(sys.argv[2])))"
    )
    with qtbot.waitSignal(first.second_start, timeout=20_000) as called:
        start = subprocess.Popen([sys.executable, "-c", code, str(place), str(tmp_path / "über")])
    assert called.args == [tmp_path / "über"]
    qtbot.waitUntil(lambda: start.poll() is not None, timeout=20_000)
    assert start.returncode == 0
    first.close()
    assert not second.forward(None)


def test_instances_with_other_preferences_are_others(place: Path, tmp_path: Path) -> None:
    first = SingleInstance(place)
    assert first.listen()
    assert not SingleInstance(tmp_path / "other.ini").forward(None)
    first.close()


def test_the_sheet_has_every_key_that_an_action_has(make_person: PersonMaker, qtbot: QtBot) -> None:
    window = make_person().window
    sheet = ShortcutsDialog([window.actions_.undo, window.actions_.open, window.actions_.about], window)
    native = QKeySequence(QKeySequence.StandardKey.Open).toString(QKeySequence.SequenceFormat.NativeText)
    assert ("Open project", native) in sheet.rows
    assert len(sheet.rows) == 2


def test_no_two_actions_have_one_key(make_person: PersonMaker) -> None:
    from PySide6.QtGui import QAction

    window = make_person().window
    keys = [key.toString() for action in window.findChildren(QAction) for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    assert len(rows_of(window.findChildren(QAction))) >= 14


def test_the_diagnostics_can_be_copied(make_person: PersonMaker, canned_project: Path, qtbot: QtBot) -> None:
    from gui.dialogs.details import DetailsDialog

    person = make_person()
    person.opens(canned_project)
    shown: list[str] = []

    def look(dialog: DetailsDialog) -> int:
        dialog._copy()
        shown.append(QGuiApplication.clipboard().text())
        return 0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DetailsDialog, "exec", look)
        person.window.actions_.diagnostics.trigger()
    (text,) = shown
    assert f"Project: {canned_project}" in text
    assert "torch: 2." in text
    assert "Device cuda:0: Graphics card" in text


def test_about_names_the_version(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLabel

    about = AboutDialog()
    qtbot.addWidget(about)
    assert any("Version 0." in part.text() for part in about.findChildren(QLabel))


def test_the_log_shows_what_the_engine_said_by_level_and_by_words(make_person: PersonMaker) -> None:
    log = make_person().window.log
    log._on_events(
        None,  # type: ignore[arg-type]  # any job
        [
            MessageLogged(level="debug", message="batch halved"),
            MessageLogged(level="info", message="12 windows written"),
            MessageLogged(level="warning", message="the disk is nearly full"),
        ],
    )
    assert log.filter.rowCount() == 2
    log.level.setCurrentIndex(0)
    log.level.activated.emit(0)
    assert log.filter.rowCount() == 3
    log.words.setText("DISK")
    assert log.filter.rowCount() == 1
    assert log.filter.index(0, 2).data() == "the disk is nearly full"
    log.copy.click()
    assert QGuiApplication.clipboard().text().endswith("warning\tthe disk is nearly full")


def test_the_log_keeps_the_engines_last_words(make_person: PersonMaker, canned_project: Path) -> None:
    person = make_person("--fault", "crash", "--pace", "0.001")
    person.opens(canned_project)
    person.window.actions_.start.trigger()
    person.waits_for_rest()
    texts = [line.text for line in person.window.log.model.lines]
    assert "RuntimeError: the canned engine was asked to crash" in texts
    assert any("exited unexpectedly" in text for text in texts)


def test_page_and_log_are_as_they_were_left(
    make_person: PersonMaker, preferences: Preferences, canned_project: Path
) -> None:
    person = make_person()
    person.opens(canned_project)
    person.window.show_page("recovery")
    person.window.actions_.log.trigger()
    assert person.window.log.isVisible()
    person.window.close()
    again = make_person()
    again.opens(canned_project)
    assert again.window.pages["recovery"].isVisible()
    assert again.window.log.isVisible()


def test_a_long_job_that_ends_unseen_asks_for_attention(
    make_person: PersonMaker, canned_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alerts: list[object] = []
    monkeypatch.setattr(QApplication, "alert", lambda widget, *_: alerts.append(widget))
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    person = make_person()
    monkeypatch.setattr(person.window, "isActiveWindow", lambda: False)
    person.opens(canned_project)
    person.window.actions_.start.trigger()
    person.waits_for_rest()
    assert alerts == []
    monkeypatch.setattr("gui.shell.notifier.LONG_SECONDS", 0.0)
    person.window.actions_.start.trigger()
    person.waits_for_rest()
    assert alerts == [person.window]


def test_quitting_tells_of_each_job_what_is_kept(
    make_person: PersonMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []
    monkeypatch.setattr("gui.shell.action_handlers.confirm", lambda _question, _happens, words, *_: kept.append(words))
    person = make_person("--pace", "0.02")
    project = new_project(tmp_path / "project")
    add_run(project)
    person.opens(project.folder)
    person.window.actions_.start.trigger()
    person.qtbot.waitUntil(lambda: person.session.jobs.running("run") is not None)
    assert not person.window.close()
    person.session.stop("pause")
    person.waits_for_rest()
    person.shows_run("0001-pso")
    person.clicks(person.export.choice.export)
    assert not person.window.close()
    assert "Continue resumes" in kept[0]
    assert "export again" in kept[1]
    person.session.jobs.end_all()
