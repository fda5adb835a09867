"""Starts the window: ``main(["my-model"])`` opens that project."""

import gc
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication

from gui.engine_link.jobs import EngineJobs
from gui.look.icons import application_icon
from gui.look.theme import ThemeManager
from gui.project.preferences import Preferences
from gui.project.session import Session
from gui.shell.main_window import MainWindow
from gui.shell.single_instance import SingleInstance
from gui.words.translation import install_translator

_SWITCH = 0.0005
"""Seconds that a thread of the pool (it imports, it reads runs) may keep Python from the window's: of its own accord 5
milliseconds, each time that the window's thread has let go of it to call Qt."""


def main(argv: Sequence[str] | None = None) -> int:
    """Show the window until it is closed; where one is open already, it takes the project and is raised.

    Args:
        argv: at most one argument, the project's folder or its ``project.layerswarm``; the command line's when None.

    Returns:
        The exit code of the application.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    project = Path(arguments[0]) if arguments else None
    application = make_application()
    preferences = Preferences()
    instance = SingleInstance(preferences.path)
    if instance.forward(project):
        return 0
    instance.listen()
    translator = install_translator(application, preferences.language)
    themes = ThemeManager(application, preferences.theme)
    window = MainWindow(Session(EngineJobs(), preferences), themes)
    instance.second_start.connect(window.on_second_start)
    window.completed.connect(freeze_garbage_collector)
    window.show()
    if project is not None:
        window.projects.open_path(project)
    exit_code = application.exec()
    instance.close()  # who starts LayerSwarm now gets a window of their own
    QThreadPool.globalInstance().waitForDone()
    if translator is not None:
        application.removeTranslator(translator)
    return exit_code


def freeze_garbage_collector() -> None:
    """Leave all there is out of full garbage collections: it lives as long as the window, and each would halt that."""
    gc.freeze()


def make_application() -> QApplication:
    """The one QApplication, named so that the desktop groups its windows."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    sys.setswitchinterval(_SWITCH)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends the window; the engine ends at its closed input
    application = QApplication(["layerswarm"])
    application.setApplicationName("LayerSwarm")
    application.setDesktopFileName("layerswarm")
    application.setWindowIcon(application_icon())
    return application
