"""The window's actions: text, shortcut, and the method that each one calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from engine.api.offline import is_fixed
from engine.api.socket_guard import is_offline
from gui.look.theme import ThemeChoice, ThemeManager
from gui.project.session import Session
from gui.shell.action_handlers import ProjectHandlers, RunHandlers
from gui.shell.help_handlers import HelpHandlers
from gui.shell.undo_action import UndoAction
from gui.shell.view_handlers import ViewHandlers
from gui.widgets.log_dock import LogDock
from gui.words.translation import LanguageChoice, tr

Key = QKeySequence.StandardKey


@dataclass(frozen=True)
class Actions:
    """All actions of the window."""

    new: QAction
    demo: QAction
    open: QAction
    save_as: QAction
    quit: QAction
    undo: UndoAction
    redo: UndoAction
    start: QAction
    pause: QAction
    keep_best: QAction
    discard: QAction
    theme_system: QAction
    theme_light: QAction
    theme_dark: QAction
    language_system: QAction
    language_english: QAction
    language_german: QAction
    log: QAction
    offline: QAction
    guide: QAction
    glossary: QAction
    shortcuts: QAction
    engine: QAction
    diagnostics: QAction
    about: QAction


class ActionTarget(Protocol):
    """The parts of the main window that its actions call."""

    session: Session
    themes: ThemeManager
    projects: ProjectHandlers
    runs: RunHandlers
    helps: HelpHandlers
    views: ViewHandlers
    log: LogDock

    def quit(self) -> None:
        """Close the window."""


def create_actions(target: ActionTarget, parent: QObject) -> Actions:
    """Create all actions as children of ``parent``, the window in which their shortcuts work."""
    make = _ActionMaker(target, parent)
    projects, runs, helps = target.projects, target.runs, target.helps
    return Actions(
        new=make.action(tr("&New project…"), projects.new, Key.New),
        demo=make.action(tr("Try the &demo…"), projects.demo),
        open=make.action(tr("&Open project…"), projects.open, Key.Open),
        save_as=make.action(tr("Save project &as…"), projects.save_as, Key.SaveAs),
        quit=make.action(tr("&Quit"), target.quit, Key.Quit, QAction.MenuRole.QuitRole),
        undo=make.undo("undo", tr("Undo"), Key.Undo),
        redo=make.undo("redo", tr("Redo"), Key.Redo),
        start=make.action(tr("&Start"), runs.start, "Ctrl+R"),
        pause=make.action(tr("&Pause"), runs.pause, "Ctrl+."),
        keep_best=make.action(tr("Stop and &keep best…"), runs.keep_best),
        discard=make.action(tr("&Discard run…"), runs.discard),
        theme_system=make.theme("system", tr("Same as the desktop")),
        theme_light=make.theme("light", tr("Light")),
        theme_dark=make.theme("dark", tr("Dark")),
        language_system=make.language("system", tr("Same as the system")),
        language_english=make.language("en", "English"),
        language_german=make.language("de", "Deutsch"),
        log=make.log(tr("&Log")),
        offline=make.switch(tr("Work &offline"), is_offline(), is_fixed(), runs.work_offline),
        guide=make.action(tr("User &guide"), helps.show_guide, Key.HelpContents),
        glossary=make.action(tr("G&lossary"), helps.show_glossary, "Shift+F1"),
        shortcuts=make.action(tr("&Keyboard shortcuts…"), helps.show_shortcuts, "Ctrl+/"),
        engine=make.action(tr("&Engine…"), helps.show_engine),
        diagnostics=make.action(tr("&Diagnostics…"), helps.show_diagnostics),
        about=make.action(tr("&About LayerSwarm…"), helps.show_about, role=QAction.MenuRole.AboutRole),
    )


class _ActionMaker:
    """Creates the actions of one window."""

    def __init__(self, target: ActionTarget, parent: QObject) -> None:
        self._target, self._parent = target, parent
        self._themes, self._languages = QActionGroup(parent), QActionGroup(parent)

    def action(
        self, text: str, slot: Callable[[], None], key: Key | str | None = None, role: QAction.MenuRole | None = None
    ) -> QAction:
        """Create an action that calls ``slot``."""
        action = QAction(text, self._parent)
        if key is not None:
            action.setShortcut(QKeySequence(key))
        if role is not None:
            action.setMenuRole(role)
        action.triggered.connect(slot)
        return action

    def switch(self, text: str, is_on: bool, is_fixed: bool, slot: Callable[[bool], None]) -> QAction:
        """Create an action that is on or off, and calls ``slot`` with its new state."""
        action = QAction(text, self._parent)
        action.setCheckable(True)
        action.setChecked(is_on)
        action.setEnabled(not is_fixed)
        action.toggled.connect(slot)
        return action

    def undo(self, which: Literal["undo", "redo"], text: str, key: Key) -> UndoAction:
        """Create the action that undoes or redoes a change of the settings."""
        action = UndoAction(self._target.session, which, text, self._parent)
        action.setShortcut(QKeySequence(key))
        return action

    def theme(self, choice: ThemeChoice, text: str) -> QAction:
        """Create the action that chooses a colour scheme."""
        is_chosen = choice == self._target.themes.choice
        return self._choice(self._themes, choice, text, is_chosen, self._target.views.apply_theme)

    def language(self, choice: LanguageChoice, text: str) -> QAction:
        """Create the action that chooses the language of the window."""
        is_chosen = choice == self._target.session.preferences.language
        return self._choice(self._languages, choice, text, is_chosen, self._target.views.choose_language)

    def log(self, text: str) -> QAction:
        """Return the dock's own action, which shows or hides the log."""
        action = self._target.log.toggleViewAction()
        action.setText(text)
        action.setShortcut(QKeySequence("Ctrl+L"))
        return action

    def _choice(self, group: QActionGroup, value: str, text: str, is_chosen: bool, slot: Callable[[], None]) -> QAction:
        action = QAction(text, self._parent)
        action.setCheckable(True)
        action.setData(value)
        action.setChecked(is_chosen)
        action.triggered.connect(slot)
        group.addAction(action)
        return action
