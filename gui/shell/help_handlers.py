"""Handlers of the Help menu, and of the engine's setup."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from engine.environment.machine import find_machine
from engine.environment.program import engine_state
from gui.dialogs.about import AboutDialog
from gui.dialogs.details import DetailsDialog
from gui.dialogs.engine_dialog import EngineDialog
from gui.dialogs.help_browser import HelpBrowser
from gui.dialogs.shortcuts import ShortcutsDialog
from gui.engine_link.engine_setup import EngineSetup
from gui.engine_link.jobs import MAIN_KINDS, JobKind
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
        self._engine: EngineDialog | None = None
        self._setup = EngineSetup(self)
        self._offered = False
        session.jobs.engine_missing.connect(self._on_engine_missing)
        session.engine_part_wanted.connect(self._add_engine_part)
        application = QApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self._setup.stop)

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
    def show_engine(self) -> None:
        """Show what the engine runs in, and set it up; work goes on while the dialog is closed."""
        self._shown_engine()

    def _shown_engine(self) -> EngineDialog:
        if self._engine is None:
            self._engine = EngineDialog(self._setup, find_machine(), self._window)
            self._engine.ready.connect(self._resume)
        self._engine.refresh()
        self._engine.show()
        self._engine.raise_()
        self._engine.activateWindow()
        return self._engine

    @Slot()
    def offer_engine(self) -> None:
        """Show the setup once where there is no engine yet."""
        if not self._offered and engine_state().problem is not None:
            self._offered = True
            self.show_engine()

    @Slot(object)
    def _on_engine_missing(self, kind: JobKind) -> None:
        """Offer the setup, again whenever the person starts work that is shown in the bottom bar."""
        if kind in MAIN_KINDS:
            self.show_engine()
        else:
            self.offer_engine()

    @Slot()
    def _resume(self) -> None:
        """Ask the new engine what was asked in vain before."""
        session = self._session
        if session.project is not None:
            session.local_devices.list_devices()
            if session.plan_model is None:
                session.inspect_now()

    @Slot(str)
    def _add_engine_part(self, key: str) -> None:
        self._shown_engine().want_part(key)

    @Slot()
    def show_about(self) -> None:
        """Show name, version and licence."""
        about = AboutDialog(self._window)
        about.exec()
        if about.diagnostics_wanted:
            self.show_diagnostics()
