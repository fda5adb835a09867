"""The menu bar, filled from the actions."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from engine.api.safe_text import safe_line
from gui.project.session import Session
from gui.shell.actions import Actions
from gui.widgets.step_list import Step
from gui.words.translation import tr


class RecentMenu(QMenu):
    """The recent projects, read again whenever the menu opens."""

    chosen = Signal(object)
    """The folder of a project."""
    locate_wanted = Signal(object)
    """The folder at which a project was, but is not any more."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(self.tr("Open &recent"), parent)
        self._session = session
        self.aboutToShow.connect(self._fill)
        self.triggered.connect(self._choose)

    @Slot()
    def _fill(self) -> None:
        self.clear()
        for folder in self._session.preferences.recent_projects():
            path = safe_line(str(folder)).replace("&", "&&")  # a single & would mark a keyboard mnemonic
            words = path if folder.is_dir() else self.tr("{0} – moved; locate…").format(path)
            self.addAction(words).setData(folder)
        if self.isEmpty():
            self.addAction(self.tr("No projects yet")).setEnabled(False)

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        folder = Path(action.data())
        (self.chosen if folder.is_dir() else self.locate_wanted).emit(folder)


def fill_menus(
    bar: QMenuBar, actions: Actions, recent: QMenu, steps: Sequence[Step], go_to_page: Callable[[], None]
) -> None:
    """Fill the menu bar."""
    file = bar.addMenu(tr("&File"))
    file.addActions([actions.new, actions.demo, actions.open])
    file.addMenu(recent)
    file.addAction(actions.save_as)
    file.addSeparator()
    file.addAction(actions.quit)
    bar.addMenu(tr("&Edit")).addActions([actions.undo, actions.redo])
    run = bar.addMenu(tr("&Run"))
    run.addActions([actions.start, actions.pause, actions.keep_best, actions.discard])
    view = bar.addMenu(tr("&View"))
    for number, step in enumerate(steps, start=1):
        action = view.addAction(step.title)
        action.setShortcut(f"Ctrl+{number}")
        action.setData(step.key)
        action.triggered.connect(go_to_page)
    view.addSeparator()
    view.addAction(actions.log)
    view.addAction(actions.offline)
    view.addMenu(tr("&Colours")).addActions([actions.theme_system, actions.theme_light, actions.theme_dark])
    languages = view.addMenu(tr("&Language"))
    languages.addActions([actions.language_system, actions.language_english, actions.language_german])
    help_ = bar.addMenu(tr("&Help"))
    help_.addActions([actions.guide, actions.glossary, actions.shortcuts])
    help_.addSeparator()
    help_.addActions([actions.engine, actions.diagnostics, actions.about])
