"""A person's hands: opening, clicking, and waiting for the engine, in the words of the window."""

from pathlib import Path
from typing import TypeVar, get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from gui.engine_link.jobs import JobKind
from gui.pages.export_page import ExportPage
from gui.pages.model_page import ModelPage
from gui.pages.plan_page import PlanPage
from gui.pages.recovery_page import RecoveryPage
from gui.pages.results_page import ResultsPage
from gui.pages.search_page import SearchPage
from gui.shell.main_window import MainWindow
from gui.widgets.setting_rows import MoreSettings

P = TypeVar("P")
PATIENCE = 20_000
KINDS: tuple[JobKind, ...] = get_args(JobKind)


class Person:
    """Someone in front of a window."""

    def __init__(self, qtbot: QtBot, window: MainWindow, patience: int = PATIENCE) -> None:
        """``patience`` is in milliseconds; only a failing test waits so long."""
        self.qtbot, self.window, self.session = qtbot, window, window.session
        self._patience = patience

    def opens(self, folder: Path) -> None:
        """Open a project and wait until the engine has answered what the window asks at once."""
        self.window.projects.open_path(folder)
        self.waits_for_rest()

    @property
    def folder(self) -> Path:
        """Of the open project."""
        assert self.session.project is not None
        return self.session.project.folder

    def clicks(self, button: QAbstractButton) -> None:
        """Click with the mouse, as far as the button lets itself be clicked."""
        assert button.isVisible(), f"{button.text()} cannot be seen"
        assert button.isEnabled(), f"{button.text()} cannot be clicked"
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def unfolds_everything(self) -> None:
        """Open all sections of settings that are folded away."""
        for section in self.window.findChildren(MoreSettings):
            section.toggle.setChecked(True)

    def shows_run(self, name: str) -> None:
        """Turn to a run of the project."""
        self.session.show_run(name)
        self.waits_for_rest()

    def waits_for_rest(self) -> None:
        """Wait until no job is at work, nothing is read and all is drawn."""
        self.qtbot.waitUntil(self._rests, timeout=self._patience)

    def _rests(self) -> bool:
        session = self.session
        return not session.busy_text and session.scheduler.is_idle and not any(map(session.jobs.running, KINDS))

    def waits_for(self, event: str) -> None:
        """Wait until the state of the run has something, such as ``iterations``."""
        self.qtbot.waitUntil(lambda: bool(getattr(self.session.state, event)), timeout=self._patience)

    @property
    def model(self) -> ModelPage:
        """The model page, turned to."""
        return self._page("model", ModelPage)

    @property
    def plan(self) -> PlanPage:
        """The plan page, turned to."""
        return self._page("plan", PlanPage)

    @property
    def search(self) -> SearchPage:
        """The search page, turned to."""
        return self._page("search", SearchPage)

    @property
    def recovery(self) -> RecoveryPage:
        """The recovery page, turned to."""
        return self._page("recovery", RecoveryPage)

    @property
    def results(self) -> ResultsPage:
        """The results page, turned to."""
        return self._page("results", ResultsPage)

    @property
    def export(self) -> ExportPage:
        """The export page, turned to."""
        return self._page("export", ExportPage)

    def _page(self, key: str, kind: type[P]) -> P:
        self.window.show_page(key)
        page = self.window.pages[key]
        QApplication.processEvents()  # what has been laid out on a visible page is shown by the event loop
        self.qtbot.waitUntil(lambda: not self.session.scheduler.has_work(page), timeout=self._patience)
        assert isinstance(page, kind)
        return page
