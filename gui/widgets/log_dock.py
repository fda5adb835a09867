"""The log of messages from the engine and the window, filtered by level and by text."""

import time
from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDockWidget,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from engine.api.events import AnyEvent, MessageLogged
from gui.engine_link.job_end import JobEnd
from gui.engine_link.jobs import EngineJob
from gui.project.session import Session
from gui.widgets.buttons import Button
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.choice_names import name_choice
from gui.widgets.log_model import Level, LogFilter, LogLine, LogModel
from gui.words.messages import message_words

_ROW_HEIGHT = 22


class LogDock(QDockWidget):
    """Messages of the shown run's journal and of running jobs, how jobs ended, and the engine's last output."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Log"))
        self.setObjectName("logDock")
        self.setAllowedAreas(Qt.DockWidgetArea.BottomDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self._session = session
        self.model = LogModel(self)
        self.filter = LogFilter(self.model, self)
        self.level = ChoiceBox()
        self.words = QLineEdit()
        self.copy = Button(self.tr("Copy"), "copy")
        self.clear = Button(self.tr("Clear"))
        self.view = QTableView()
        self._lay_out()
        self.level.activated.connect(self._choose)
        self.words.textChanged.connect(self._choose)
        self.copy.clicked.connect(self._copy)
        self.clear.clicked.connect(self.model.clear)
        session.run_loaded.connect(self._load)
        session.jobs.advanced.connect(self._on_events)
        session.job_ended.connect(self._on_job_ended)
        session.problem.connect(self._on_problem)

    def _lay_out(self) -> None:
        names: dict[Level, str] = {
            "debug": self.tr("Everything"),
            "info": self.tr("Messages"),
            "warning": self.tr("Warnings and errors"),
            "error": self.tr("Errors"),
        }
        for level, words in names.items():
            self.level.addItem(words, level)
        self.level.setCurrentIndex(1)
        name_choice(self.level, self.tr("Minimum level"))
        self.words.setPlaceholderText(self.tr("Filter lines…"))
        self.words.setAccessibleName(self.tr("Filter text"))
        self.words.setClearButtonEnabled(True)
        view = self.view
        view.setModel(self.filter)
        view.setAccessibleName(self.tr("Lines of the log"))
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        view.horizontalHeader().hide()
        view.horizontalHeader().setStretchLastSection(True)
        view.setColumnWidth(0, 80)
        view.setColumnWidth(1, 80)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.level)
        row.addWidget(self.words, 1)
        row.addWidget(self.copy)
        row.addWidget(self.clear)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(view, 1)
        self.setWidget(body)

    def add(self, *lines: LogLine) -> None:
        """Add lines, and keep following the last line if it is visible."""
        bar = self.view.verticalScrollBar()
        follows = bar.value() >= bar.maximum()
        self.model.add(lines)
        if follows and self.isVisible():
            self.view.scrollToBottom()

    @Slot(object)
    def _load(self, _events: list[AnyEvent]) -> None:
        """Replace the lines of another run by those of the run that was opened."""
        self.model.clear()
        self.add(*_lines_of(self._session.state.messages))

    @Slot(object, object)
    def _on_events(self, _job: EngineJob, events: list[AnyEvent]) -> None:
        lines = _lines_of(events)
        if lines:
            self.add(*lines)

    @Slot(object, object)
    def _on_job_ended(self, job: EngineJob, end: JobEnd) -> None:
        level: Level = "error" if end.is_problem else "warning" if end.ending == "ended" else "info"
        least: Level = "info" if end.is_problem or end.ending == "ended" else "debug"
        now = time.time()
        lines = [LogLine(now, least, line) for line in end.detail.splitlines() if line.strip()]
        if job.kind in ("run", "export") or end.is_problem:
            lines.append(LogLine(now, level, f"{end.title}. {end.sentence}"))
        self.add(*lines)

    @Slot(object)
    def _on_problem(self, sentence: str) -> None:
        self.add(LogLine(time.time(), "warning", sentence))

    @Slot()
    def _choose(self) -> None:
        self.filter.show_only(self.level.currentData(), self.words.text().strip())
        self.view.scrollToBottom()

    @Slot()
    def _copy(self) -> None:
        rows = range(self.filter.rowCount())
        lines = ["\t".join(str(self.filter.index(row, column).data()) for column in range(3)) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))


def _lines_of(events: Sequence[AnyEvent]) -> list[LogLine]:
    return [
        LogLine(event.time or time.time(), event.level, message_words(event.message, event.template))
        for event in events
        if isinstance(event, MessageLogged)
    ]
