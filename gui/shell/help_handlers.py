"""Handlers of the Help menu."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from gui.dialogs.about import AboutDialog
from gui.dialogs.details import DetailsDialog
from gui.dialogs.help_browser import HelpBrowser
from gui.dialogs.shortcuts import ShortcutsDialog
from gui.project.session import Session
from gui.words.diagnostics import diagnostics
from gui.words.help_texts import GLOSSARY, GUIDE


class HelpHandlers(QObject):
    """Shows the guide, the glossary, the shortcuts, the diagnostics and the About dialog."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._browser: HelpBrowser | None = None

    @Slot()
    def show_guide(self) -> None:
        """Show the user guide."""
        self._browse(GUIDE)

    @Slot()
    def show_glossary(self) -> None:
        """Show what the terms mean."""
        self._browse(GLOSSARY)

    def _browse(self, name: str) -> None:
        """Show a document in the one window for all of them, which stays open beside the work."""
        if self._browser is None:
            self._browser = HelpBrowser(self._window)
        self._browser.open_document(name)
        self._browser.show()
        self._browser.raise_()
        self._browser.activateWindow()

    @Slot()
    def show_shortcuts(self) -> None:
        """List every action that has a shortcut."""
        ShortcutsDialog(self._window.findChildren(QAction), self._window).exec()

    @Slot()
    def show_diagnostics(self) -> None:
        """Show the information that a bug report needs, ready to copy."""
        project = self._session.project
        devices, preferences = self._session.local_devices.devices.values(), self._session.preferences
        text = diagnostics(devices, str(project.folder) if project else "", str(preferences.path))
        DetailsDialog(self.tr("Diagnostics"), text, self._window).exec()

    @Slot()
    def show_about(self) -> None:
        """Show name, version and licence."""
        about = AboutDialog(self._window)
        about.exec()
        if about.diagnostics_wanted:
            self.show_diagnostics()
