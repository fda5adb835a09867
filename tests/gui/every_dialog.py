"""A factory for every dialog of the window."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog

from engine.api.run_notes import RunNotes
from engine.environment.machine import Machine
from gui.dialogs.about import AboutDialog
from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.details import DetailsDialog
from gui.dialogs.engine_dialog import EngineDialog
from gui.dialogs.help_browser import HelpBrowser
from gui.dialogs.hub_token import HubTokenDialog
from gui.dialogs.new_project import NewProjectDialog
from gui.dialogs.run_notes import RunNotesDialog
from gui.dialogs.shortcuts import ShortcutsDialog
from gui.engine_link.engine_setup import EngineSetup
from gui.project.hub_client import HubClient
from gui.project.session import Session
from gui.words.help_texts import GUIDE


def _shortcuts(_session: Session) -> QDialog:
    action = QAction("An action of the window")
    action.setShortcut(QKeySequence("Ctrl+Shift+X"))
    return ShortcutsDialog([action])


def _help(_session: Session) -> QDialog:
    browser = HelpBrowser()
    browser.open_document(GUIDE)
    return browser


DIALOGS: Mapping[str, Callable[[Session], QDialog]] = {
    "about": lambda _: AboutDialog(),
    "confirm": lambda _: ConfirmDialog("Discard the run?", "Its scores are deleted.", "Kept: all else.", "Discard"),
    "details": lambda _: DetailsDialog("Last output", "Killed"),
    "engine_dialog": lambda _: EngineDialog(EngineSetup(), Machine("linux", "x86_64")),
    "help_browser": _help,
    "hub_token": lambda session: HubTokenDialog(HubClient(session)),
    "new_project": lambda _: NewProjectDialog(
        "New project", "A project is a folder that holds its settings, runs and exports.", "my-model", Path("/projects")
    ),
    "run_notes": lambda _: RunNotesDialog("0001-pso", RunNotes(title="Without layer 9", note="Better.")),
    "shortcuts": _shortcuts,
}
