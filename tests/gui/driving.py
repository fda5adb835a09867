"""A simulated person: opens projects, clicks and waits for the engine."""

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
from gui.widgets.fold import Fold

P = TypeVar("P")
PATIENCE = 20_000
KINDS: tuple[JobKind, ...] = get_args(JobKind)


class Person:
    """Someone in front of a window."""

    def __init__(self, qtbot: QtBot, window: MainWindow, patience: int = PATIENCE) -> None:
        """Set the time limit of each wait to ``patience`` milliseconds; only a failing test waits that long."""
        self.qtbot, self.window, self.session = qtbot, window, window.session
        self._patience = patience

    def opens(self, folder: Path) -> None:
        """Open a project and wait until the engine has answered the window's first requests."""
        self.window.projects.open_path(folder)
        self.waits_for_rest()

    @property
    def folder(self) -> Path:
        """The folder of the open project."""
        assert self.session.project is not None
        return self.session.project.folder

    def clicks(self, button: QAbstractButton) -> None:
        """Click with the mouse, if the button can be clicked."""
        assert button.isVisible(), f"{button.text()} cannot be seen"
        assert button.isEnabled(), f"{button.text()} cannot be clicked"
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def starts(self) -> None:
        """Click Start and wait until the run has begun, which it does once its plan is estimated."""
        self.clicks(self.window.bar.start)
        self.qtbot.waitUntil(lambda: self.session.has_begun, timeout=self._patience)

    def unfolds_everything(self) -> None:
        """Open all collapsed sections of settings."""
        for section in self.window.findChildren(Fold):
            section.toggle.setChecked(True)

    def shows_run(self, name: str) -> None:
        """Show a run of the project."""
        self.session.show_run(name)
        self.waits_for_rest()

    def chooses_model(self, source: str) -> None:
        """Make another model the project's, as every list and button of the Model page does."""
        self.model.hub_client.choice.use(source)

    def waits_for_rest(self) -> None:
        """Wait until no job is running, nothing is being loaded and everything is drawn."""
        self.qtbot.waitUntil(self._rests, timeout=self._patience)

    def _rests(self) -> bool:
        session = self.session
        return (
            not (session.busy_text or session.code_trust.is_checking)
            and session.scheduler.is_idle
            and not any(map(session.jobs.running, KINDS))
        )

    def waits_for(self, event: str) -> None:
        """Wait until the state of the run has something, such as ``iterations``."""
        self.qtbot.waitUntil(lambda: bool(getattr(self.session.state, event)), timeout=self._patience)

    @property
    def model(self) -> ModelPage:
        """The Model page, shown first."""
        return self._page("model", ModelPage)

    @property
    def plan(self) -> PlanPage:
        """The Plan page, shown first."""
        return self._page("plan", PlanPage)

    @property
    def search(self) -> SearchPage:
        """The Search page, shown first."""
        return self._page("search", SearchPage)

    @property
    def recovery(self) -> RecoveryPage:
        """The Recovery page, shown first."""
        return self._page("recovery", RecoveryPage)

    @property
    def results(self) -> ResultsPage:
        """The Results page, shown first."""
        return self._page("results", ResultsPage)

    @property
    def export(self) -> ExportPage:
        """The Export page, shown first."""
        return self._page("export", ExportPage)

    def _page(self, key: str, kind: type[P]) -> P:
        page = self.window.page(key)
        QApplication.processEvents()  # widgets laid out on a visible page are shown by the event loop
        self.qtbot.waitUntil(lambda: not self.session.scheduler.has_work(page), timeout=self._patience)
        assert isinstance(page, kind)
        return page
