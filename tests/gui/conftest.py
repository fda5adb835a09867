"""Offscreen Qt that is strict about warnings, and checks that a test leaves nothing running."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before any import of Qt

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QThread, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from engine.api.project import Project
from engine.api.settings import Settings
from gui.engine_link.engine_thread import Timing
from gui.engine_link.jobs import EngineJobs
from gui.look.theme import ThemeManager
from gui.project import project_worker
from gui.project.preferences import Preferences
from gui.project.run_loading import LoadedRun, copy_and_load, load_run
from gui.project.session import Session
from gui.shell.main_window import MainWindow
from gui.words.translation import install_translators
from tests.gui.driving import Person
from tests.gui.every_dialog import DIALOGS
from tests.gui.projects import add_run, new_project
from tests.warm_process import running_children, start_engines_warm

HERE = Path(__file__).parent

IGNORED_QT_MESSAGES = [
    # the offscreen platform has no window manager, so it cannot do what a new window requests
    r"This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)(\(\))?",
    # containers without a desktop have no session bus
    r"QDBusConnection: .*",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Make any Qt warning fail a test of the window."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore(*IGNORED_QT_MESSAGES, extend=True))


@pytest.fixture(autouse=True)
def english_numbers() -> None:
    """Write numbers as in English, whatever the tests before have chosen."""
    QLocale.setDefault(QLocale("en_US"))


@pytest.fixture(autouse=True)
def nothing_is_left_behind() -> Iterator[None]:
    """Check after each test that no thread, active timer, child process, window or menu is left."""
    threads_before = set(threading.enumerate())
    windows_before = QApplication.topLevelWidgets()
    yield
    _delete_what_is_due()
    gc.collect()
    _delete_what_is_due()  # what was collected may have had others deleted in turn
    left = [thread.name for thread in set(threading.enumerate()) - threads_before if not thread.daemon]
    assert not left, f"threads left: {left}"
    living, ticking = _still_active()
    assert not living, f"QThreads left: {living}"
    assert not ticking, f"timers left: {[(each.interval(), each.parent()) for each in ticking]}"
    windows = [each for each in QApplication.topLevelWidgets() if each not in windows_before]
    assert not windows, f"windows or menus left: {windows}"
    children = [child.cmdline() for child in running_children()]
    assert not children, f"processes left: {children}"


def _delete_what_is_due() -> None:
    """Do what the event loop would: it is not running between two tests."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _still_active() -> tuple[list[QThread], list[QTimer]]:
    """Return the running threads and active timers among all objects."""
    threads, timers = [], []
    for each in gc.get_objects():
        kind = type(each)
        if issubclass(kind, QThread) and isValid(each) and each.isRunning():
            threads.append(each)
        elif issubclass(kind, QTimer) and isValid(each) and each.isActive():
            timers.append(each)
    return threads, timers


def canned_engine(*arguments: str) -> list[str]:
    """Return the command of the canned engine."""
    return [sys.executable, str(HERE / "canned_engine.py"), *arguments]


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    """Return empty preferences."""
    return Preferences(tmp_path / "window.ini")


SessionMaker = Callable[..., Session]
BRISK = Timing(batch=0.02)


@pytest.fixture
def calm_after() -> int:
    """Return the milliseconds after which a plan is estimated by itself: longer than any test that is not about it."""
    return 10**6


@pytest.fixture
def make_session(
    qapp: QApplication, preferences: Preferences, monkeypatch: pytest.MonkeyPatch, calm_after: int
) -> Iterator[SessionMaker]:
    """Make sessions with the canned engine, whose processes start warm; their jobs end with the test."""
    start_engines_warm(monkeypatch, ("tests.gui.canned_engine",))
    monkeypatch.setattr("gui.project.plan_estimator.DEBOUNCE_MS", calm_after)
    made: list[Session] = []

    def make(*arguments: str, timing: Timing | None = None) -> Session:
        session = Session(EngineJobs(canned_engine(*arguments), timing or BRISK), preferences)
        made.append(session)
        return session

    yield make
    for session in made:
        session.jobs.end_all()


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer every question of the window with yes, and collect the questions."""
    asked: list[str] = []

    def say_yes(question: str, *_: object) -> bool:
        asked.append(question)
        return True

    for place in ("action_handlers.confirm", "action_handlers.confirm_loss", "start_question.confirm"):
        monkeypatch.setattr(f"gui.shell.{place}", say_yes)
    return asked


@pytest.fixture(params=DIALOGS.values(), ids=DIALOGS)
def dialog(request: pytest.FixtureRequest, qtbot: QtBot, make_session: SessionMaker) -> QDialog:
    """Yield each dialog of the window in turn, not yet shown."""
    made: QDialog = request.param(make_session())
    qtbot.addWidget(made)
    return made


PersonMaker = Callable[..., Person]
WindowMaker = Callable[..., MainWindow]


@pytest.fixture
def ahead() -> bool:
    """Tell whether the window creates pages before they are shown, as it does for a user, or each when it is shown."""
    return False


@pytest.fixture
def make_window(
    qtbot: QtBot, qapp: QApplication, make_session: SessionMaker, questions: list[str], ahead: bool
) -> WindowMaker:
    """Make main windows with the canned engine."""

    def make(*arguments: str, timing: Timing | None = None) -> MainWindow:
        window = MainWindow(make_session(*arguments, timing=timing), ThemeManager(qapp, "light"), ahead)
        qtbot.addWidget(window)
        window.resize(1180, 800)  # the offscreen screen is smaller than anyone's
        window.show()
        return window

    return make


@pytest.fixture
def make_person(qtbot: QtBot, make_window: WindowMaker) -> PersonMaker:
    """Make persons in front of a new window with the canned engine."""

    def make(*arguments: str, timing: Timing | None = None) -> Person:
        return Person(qtbot, make_window(*arguments, timing=timing))

    return make


@pytest.fixture
def canned_project(tmp_path: Path) -> Path:
    """Return the folder of a project with one whole run."""
    project = new_project(tmp_path / "canned")
    add_run(project)
    return project.folder


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Hold back loading and copying until the returned gate is opened."""
    gate = threading.Event()

    def read_later(project: Project, settings: Settings, name: str | None = None) -> LoadedRun:
        gate.wait(20)
        return load_run(project, settings, name)

    def copy_later(project: Project, folder: Path) -> LoadedRun:
        gate.wait(20)
        return copy_and_load(project, folder)

    monkeypatch.setattr(project_worker, "load_run", read_later)
    monkeypatch.setattr(project_worker, "copy_and_load", copy_later)
    yield gate
    gate.set()


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    """Install German for one test."""
    translators = install_translators(qapp, "de")
    assert translators
    yield
    for translator in translators:
        QCoreApplication.removeTranslator(translator)
