"""The menu bar, filled from the actions."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from engine.api.safe_text import safe_line
from gui.project.session import Session
from gui.shell.actions import Actions
from gui.widgets.step_list import Step
from gui.words.translation import translate


class RecentMenu(QMenu):
    """The recent projects, read again whenever the menu opens."""

    chosen = Signal(object)
    """The folder of a project."""

    def __init__(self, session: Session) -> None:
        super().__init__(translate("Menus", "Open &recent"))
        self._session = session
        self.aboutToShow.connect(self._fill)
        self.triggered.connect(self._choose)

    @Slot()
    def _fill(self) -> None:
        self.clear()
        for folder in self._session.preferences.recent_projects():
            # a single & would mark a keyboard mnemonic
            self.addAction(safe_line(str(folder)).replace("&", "&&")).setData(folder)
        if self.isEmpty():
            self.addAction(translate("Menus", "No projects yet")).setEnabled(False)

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        self.chosen.emit(Path(action.data()))


def fill_menus(
    bar: QMenuBar, actions: Actions, recent: QMenu, steps: Sequence[Step], go_to_page: Callable[[], None]
) -> None:
    """Fill the menu bar."""
    file = bar.addMenu(translate("Menus", "&File"))
    file.addActions([actions.new, actions.demo, actions.open])
    file.addMenu(recent)
    file.addAction(actions.save_as)
    file.addSeparator()
    file.addAction(actions.quit)
    bar.addMenu(translate("Menus", "&Edit")).addActions([actions.undo, actions.redo])
    run = bar.addMenu(translate("Menus", "&Run"))
    run.addActions([actions.start, actions.pause, actions.keep_best, actions.discard])
    view = bar.addMenu(translate("Menus", "&View"))
    for number, step in enumerate(steps, start=1):
        action = view.addAction(step.title)
        action.setShortcut(f"Ctrl+{number}")
        action.setData(step.key)
        action.triggered.connect(go_to_page)
    view.addSeparator()
    view.addAction(actions.log)
    view.addAction(actions.offline)
    view.addMenu(translate("Menus", "&Colours")).addActions(
        [actions.theme_system, actions.theme_light, actions.theme_dark]
    )
    languages = view.addMenu(translate("Menus", "&Language"))
    languages.addActions([actions.language_system, actions.language_english, actions.language_german])
    bar.addMenu(translate("Menus", "&Help")).addActions([actions.shortcuts, actions.diagnostics, actions.about])
