"""Start the window: ``main(["my-model"])`` opens that project."""

import faulthandler
import gc
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication

from engine.api.offline import begin
from gui.engine_link.jobs import EngineJobs
from gui.look.icons import application_icon
from gui.look.theme import ThemeManager
from gui.project.preferences import Preferences
from gui.project.session import Session
from gui.scheduling.garbage_collection import GarbageCollection
from gui.shell.application import Application
from gui.shell.main_window import MainWindow
from gui.shell.single_instance import SingleInstance
from gui.shell.start_failure import explained_failure
from gui.widgets.painted import describe_painted_widgets
from gui.words.translation import install_translators

_SWITCH = 0.0005
"""Switch interval in seconds.

With Python's default of 5 ms, a thread of the pool that imports or loads runs could delay the window's thread by that
much whenever it returns from Qt.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Show the window until it is closed.

    If a window is open already, pass the project to it and return.

    Args:
        argv: At most one argument, the project's folder or its ``project.layerswarm``; None for the command line's.

    Returns:
        The exit code of the application.
    """
    if sys.stderr is not None:
        faulthandler.enable()  # a crash inside Qt prints where it happened
    arguments = list(sys.argv[1:] if argv is None else argv)
    project = Path(arguments[0]) if arguments else None
    begin()
    application = make_application()
    preferences = Preferences()
    instance = SingleInstance(preferences.path)
    if instance.forward(project):
        return 0
    instance.listen()
    translators = install_translators(application, preferences.language)
    themes = ThemeManager(application, preferences.theme)
    window = MainWindow(Session(EngineJobs(), preferences), themes)
    instance.second_start.connect(window.on_second_start)
    if isinstance(application, Application):
        application.file_wanted.connect(window.on_second_start)
    window.completed.connect(freeze_garbage_collector)
    GarbageCollection(application)
    window.show()
    if project is not None:
        window.projects.open_path(project)
    window.helps.offer_engine()
    exit_code = application.exec()
    instance.close()  # from here on, starting LayerSwarm opens a new window
    QThreadPool.globalInstance().waitForDone()
    for translator in translators:
        application.removeTranslator(translator)
    return exit_code


def freeze_garbage_collector() -> None:
    """Exclude all current objects from full garbage collections, which would stall the window and free none of them."""
    gc.freeze()


def make_application() -> QApplication:
    """Return the QApplication, named so that the desktop groups its windows."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    sys.setswitchinterval(_SWITCH)
    describe_painted_widgets()
    # Ctrl+C ends the window; the engine ends when its standard input closes
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with explained_failure():
        application = Application(["layerswarm"])
    application.setApplicationName("LayerSwarm")
    application.setDesktopFileName("layerswarm")
    application.setWindowIcon(application_icon())
    return application
