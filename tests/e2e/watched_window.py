"""LayerSwarm as ``gui.app`` starts it, with a watcher that reports what is visible.

python -m tests.e2e.watched_window [--canned] [PROJECT]

With ``--canned``, its engine is the canned one of the window's tests.

Reads queries from standard input and answers each with one JSON line: ``{"where": NAME, "kind": KIND}`` for the
position of the button or field with this accessible name, ``{"cell": N}`` for the position of layer N in the strip,
``{"handle": NAME}`` for the position of a slider's handle, ``{"focus": true}`` for the widget with the keyboard,
``{"state": true}`` for the progress of the work, ``{"layout": true}`` for what does not fit: see
``tests.e2e.screen_layout``. After ``{"server": ADDRESS}`` engines start from this server of warm processes.
"""

import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect, QSocketNotifier, Slot
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QScrollArea,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QWidget,
)
from shiboken6 import isValid

from gui import app
from gui.engine_link.jobs import EngineJobs
from gui.shell.main_window import MainWindow
from gui.widgets.layer_strip import LayerStrip
from tests.e2e.screen_layout import layout_of
from tests.warm_process import start_engines_from

CANNED_ENGINE = [sys.executable, str(Path(__file__).parents[1] / "gui" / "canned_engine.py")]
_KINDS: dict[str, tuple[type[QWidget], ...]] = {"button": (QAbstractButton,), "field": (QAbstractSpinBox, QLineEdit)}


class Watcher(QObject):
    """Answers queries without changing anything that the window shows."""

    def __init__(self) -> None:
        super().__init__()
        self._rest = b""
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    @Slot()
    def _read(self) -> None:
        content = os.read(sys.stdin.fileno(), 65536)
        if not content:
            QApplication.exit()
            return
        *lines, self._rest = (self._rest + content).split(b"\n")
        for line in lines:
            try:
                answer = self._answer(json.loads(line))
            except Exception as error:  # the caller is waiting for an answer
                answer = {"fault": repr(error)}
            print(json.dumps(answer), flush=True)

    def _answer(self, question: dict[str, Any]) -> dict[str, Any]:
        if "where" in question:
            return _seen(_named(question["where"], _KINDS[question["kind"]]))
        if "handle" in question:
            slider = _named(question["handle"], (QSlider,))
            return _seen(slider, _handle(slider)) if isinstance(slider, QSlider) else {}
        if "focus" in question:
            return _focused()
        if "cell" in question:
            strip = next(each for each in _window().findChildren(LayerStrip) if each.isVisible())
            return _seen(strip, strip.cell(question["cell"]).toRect())
        if "layout" in question:
            return layout_of(_window())
        if "server" in question:
            start_engines_from(question["server"])
        return _state()


def _window() -> MainWindow:
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))


def _top() -> QWidget:
    return QApplication.activeModalWidget() or _window()


def _named(name: str, kinds: tuple[type[QWidget], ...]) -> QWidget | None:
    """Return the visible control with a name, from the open dialog if there is one."""
    found = [widget for kind in kinds for widget in _top().findChildren(kind) if isValid(widget) and widget.isVisible()]
    for widget in found:
        seen = QAccessible.queryAccessibleInterface(widget)
        if seen is not None and seen.text(QAccessible.Text.Name) == name:
            return widget
    return None


def _seen(widget: QWidget | None, part: QRect | None = None) -> dict[str, Any]:
    """Return a widget's position on the screen, and whether a click in its centre would reach it."""
    if widget is None:
        return {}
    middle = (part or widget.rect()).center()
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    place, room = widget.mapToGlobal(middle), _global_rectangle(area) if area is not None else None
    return {
        "place": (place.x(), place.y()),
        "width": widget.width(),
        "enabled": widget.isEnabled(),
        "focus": widget.hasFocus() or widget.isAncestorOf(QApplication.focusWidget() or widget.window()),
        "reachable": widget.visibleRegion().contains(middle),
        "above": room is not None and place.y() < room.top(),
        "room": None if room is None else (room.left() + 8, room.center().y()),
    }


def _is_within_reach(widget: QWidget) -> bool:
    """Return whether a part of a widget is within all that it lies in, so that no scroll area hides it."""
    part, inner = widget.rect(), widget
    while (outer := inner.parentWidget()) is not None and not inner.isWindow():
        part = QRect(inner.mapTo(outer, part.topLeft()), part.size()) & outer.rect()
        inner = outer
    return widget.isVisible() and not part.isEmpty()


def _focused() -> dict[str, Any]:
    """Return the name of the widget with the keyboard, and whether it is on the screen."""
    widget = QApplication.focusWidget()
    seen = QAccessible.queryAccessibleInterface(widget) if widget is not None else None
    if widget is None or seen is None:
        return {"name": "", "visible": False, "number": 0}
    return {
        "name": seen.text(QAccessible.Text.Name),
        "visible": _is_within_reach(widget),
        "number": id(widget),
    }


def _global_rectangle(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def _handle(slider: QSlider) -> QRect:
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    parts = QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider
    return slider.style().subControlRect(*parts)


def _state() -> dict[str, Any]:
    window = _window()
    session, state = window.session, window.session.state
    return {
        "top": int(_top().winId()),
        "page": next((key for key, page in window._stack._pages.items() if page.isVisible()), ""),
        "idle": session.scheduler.is_idle and not session.busy_text and not window._stack._missing,
        "active": window.isActiveWindow(),
        "menu": QApplication.activePopupWidget() is not None,
        "job": session.jobs.main.kind if session.jobs.main else "",
        "platform": QApplication.platformName(),
        "layers": state.model.layers if state.model else 0,
        "settings": {
            "layers": session.settings.budget.layers,
            "algorithm": session.settings.search.algorithm,
            "population": session.settings.search.population,
            "written_tokens": session.settings.evaluation.written_tokens,
        },
        "protected": list(session.settings.analysis.protected or ()),
        "iterations": len(state.iterations),
        "removed": list(state.search.removed) if state.search else [],
        "evaluated": sorted(state.evaluated),
        "exports": list(state.exports),
        "notice": window.notice.title.text() if window.notice.isVisible() else "",
        "sentence": window.notice.sentence.text(),
    }


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if "--canned" in arguments:
        arguments.remove("--canned")
        app.EngineJobs = partial(EngineJobs, CANNED_ENGINE)  # type: ignore[misc]
    application = app.make_application()
    watcher = Watcher()
    sys.exit(app.main(arguments))
