"""The window's actions, one small function each: text, shortcut, and what it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from gui.look.theme import ThemeChoice
from gui.shell.undo_action import UndoAction
from gui.words.translation import LanguageChoice

if TYPE_CHECKING:
    from gui.shell.main_window import MainWindow

Key = QKeySequence.StandardKey


@dataclass(frozen=True)
class Actions:
    """All actions, by what they do."""

    new: QAction
    demo: QAction
    open: QAction
    save_as: QAction
    quit: QAction
    undo: QAction
    redo: QAction
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
    shortcuts: QAction
    diagnostics: QAction
    about: QAction


def create_actions(window: "MainWindow") -> Actions:
    """Make all actions of a window."""
    themes = QActionGroup(window)
    languages = QActionGroup(window)
    return Actions(
        new=_new(window),
        demo=_demo(window),
        open=_open(window),
        save_as=_save_as(window),
        quit=_quit(window),
        undo=_undo(window),
        redo=_redo(window),
        start=_start(window),
        pause=_pause(window),
        keep_best=_keep_best(window),
        discard=_discard(window),
        theme_system=_theme(window, themes, "system", _tr("As the desktop")),
        theme_light=_theme(window, themes, "light", _tr("Light")),
        theme_dark=_theme(window, themes, "dark", _tr("Dark")),
        language_system=_language(window, languages, "system", _tr("As the system")),
        language_english=_language(window, languages, "en", "English"),
        language_german=_language(window, languages, "de", "Deutsch"),
        log=_log(window),
        shortcuts=_shortcuts(window),
        diagnostics=_action(window, _tr("&Diagnostics…"), window.helps.show_diagnostics),
        about=_about(window),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Actions", text)


def _action(window: "MainWindow", text: str, call: Callable[[], None], key: Key | str | None = None) -> QAction:
    action = QAction(text, window)
    if key is not None:
        action.setShortcut(QKeySequence(key))
    action.triggered.connect(call)
    return action


def _new(window: "MainWindow") -> QAction:
    return _action(window, _tr("&New project…"), window.projects.new, Key.New)


def _demo(window: "MainWindow") -> QAction:
    return _action(window, _tr("Try the &demo…"), window.projects.demo)


def _open(window: "MainWindow") -> QAction:
    return _action(window, _tr("&Open project…"), window.projects.open, Key.Open)


def _save_as(window: "MainWindow") -> QAction:
    return _action(window, _tr("Save project &as…"), window.projects.save_as, Key.SaveAs)


def _quit(window: "MainWindow") -> QAction:
    action = _action(window, _tr("&Quit"), window.leave, Key.Quit)
    action.setMenuRole(QAction.MenuRole.QuitRole)
    return action


def _undo(window: "MainWindow") -> QAction:
    action = UndoAction(window.session, "undo", _tr("Undo"), window)
    action.setShortcut(QKeySequence(Key.Undo))
    return action


def _redo(window: "MainWindow") -> QAction:
    action = UndoAction(window.session, "redo", _tr("Redo"), window)
    action.setShortcut(QKeySequence(Key.Redo))
    return action


def _start(window: "MainWindow") -> QAction:
    return _action(window, _tr("&Start"), window.runs.start, "Ctrl+R")


def _pause(window: "MainWindow") -> QAction:
    return _action(window, _tr("&Pause"), window.runs.pause, "Ctrl+.")


def _keep_best(window: "MainWindow") -> QAction:
    return _action(window, _tr("Stop and &keep best…"), window.runs.keep_best)


def _discard(window: "MainWindow") -> QAction:
    return _action(window, _tr("&Discard run…"), window.runs.discard)


def _theme(window: "MainWindow", group: QActionGroup, choice: ThemeChoice, text: str) -> QAction:
    action = QAction(text, window)
    action.setCheckable(True)
    action.setData(choice)
    action.setChecked(choice == window.themes.choice)
    action.triggered.connect(window.take_theme)
    group.addAction(action)
    return action


def _language(window: "MainWindow", group: QActionGroup, choice: LanguageChoice, text: str) -> QAction:
    action = QAction(text, window)
    action.setCheckable(True)
    action.setData(choice)
    action.setChecked(choice == window.session.preferences.language)
    action.triggered.connect(window.take_language)
    group.addAction(action)
    return action


def _log(window: "MainWindow") -> QAction:
    action = window.log.toggleViewAction()
    action.setText(_tr("&Log"))
    action.setShortcut(QKeySequence("Ctrl+L"))
    return action


def _shortcuts(window: "MainWindow") -> QAction:
    return _action(window, _tr("&Keyboard shortcuts…"), window.helps.show_shortcuts, Key.HelpContents)


def _about(window: "MainWindow") -> QAction:
    action = _action(window, _tr("&About LayerSwarm…"), window.helps.show_about)
    action.setMenuRole(QAction.MenuRole.AboutRole)
    return action
