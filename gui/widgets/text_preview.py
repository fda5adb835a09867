"""How the texts of a plan look before anything is run on them: what was found out, and the first windows."""

from typing import Literal

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from engine.api.commands import PreviewText
from engine.api.events import AnyEvent, TextPreviewed
from gui.engine_link.job_end import JobEnd
from gui.engine_link.jobs import EngineJob
from gui.project.session import Session
from gui.widgets.buttons import Button
from gui.widgets.text import font_of, label, set_role
from gui.words.formatting import format_whole

_HEIGHT = 190


class TextPreview(QWidget):
    """A button, and below it what the engine answers; hidden until it is asked for."""

    def __init__(self, session: Session, part: Literal["calibration", "recovery"]) -> None:
        super().__init__()
        self._session, self._part = session, part
        self._asked = False
        self._of: tuple[object, ...] | None = None
        self._seen: list[TextPreviewed] = []
        self.look = Button(self.tr("Preview the text"))
        self.look.clicked.connect(self._ask)
        self.verdict = label("", "muted", wrap=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(font_of("code"))
        self.text.setFixedHeight(_HEIGHT)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("First windows of the text"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for item in (self.verdict, self.text):
            column.addWidget(item)
            item.hide()
        session.jobs.advanced.connect(self._take)
        session.job_ended.connect(self._end)
        session.jobs.changed.connect(self._lock)
        session.settings_changed.connect(self._invalidate)
        session.project_opened.connect(self._forget)

    @Slot()
    def _ask(self) -> None:
        settings = msgspec.to_builtins(self._session.settings)
        if self._session.jobs.start("preview", PreviewText(settings=settings, part=self._part)) is not None:
            self._asked, self._seen, self._of = True, [], self._wanted()
            self.text.clear()
            self._say(self.tr("The engine is reading it…"), "muted")

    @Slot()
    def _lock(self) -> None:
        self.look.setEnabled(self._session.jobs.running("preview") is None)

    @Slot(object, object)
    def _take(self, job: EngineJob, events: list[AnyEvent]) -> None:
        if job.kind == "preview" and self._asked:
            self._seen += [event for event in events if isinstance(event, TextPreviewed)]

    @Slot(object, object)
    def _end(self, job: EngineJob, end: JobEnd) -> None:
        if job.kind != "preview" or not self._asked:
            return
        self._asked = False
        if end.is_problem or not self._seen:
            self._say(end.sentence, "bad")
            return
        self._say("\n".join(map(self._told, self._seen)), "muted")
        windows = [window for event in self._seen for window in event.windows]
        self.text.setPlainText("\n\n———\n\n".join(windows))
        self.text.setVisible(bool(windows))

    def _told(self, event: TextPreviewed) -> str:
        parts = [event.source, self.tr("read as {0}").format(event.form.replace("_", " "))]
        if event.columns:
            parts.append(self.tr("columns {0}").format(", ".join(event.columns)))
        if event.documents is not None:
            parts.append(self.tr("{0} documents").format(format_whole(event.documents)))
        if event.tokens is not None:
            parts.append(self.tr("about {0} tokens").format(format_whole(event.tokens)))
        if event.chat_template:
            parts.append(self.tr("through the model's chat template"))
        wanted = self.tr("{0} windows of {1} tokens").format(event.windows_wanted, event.window_length)
        if not event.windows:
            wanted = self.tr("{0}; the model writes it when the run begins").format(wanted)
        return "  ·  ".join([*parts, wanted])

    def _say(self, words: str, role: Literal["muted", "bad"]) -> None:
        set_role(self.verdict, role)
        self.verdict.setText(words)
        self.verdict.show()
        self.text.setVisible(bool(self.text.toPlainText()))

    @Slot()
    def _invalidate(self) -> None:
        """What was shown is of another text by now."""
        if self._of is not None and self._of != self._wanted():
            self._forget()

    def _wanted(self) -> tuple[object, ...]:
        """Everything that the text depends on."""
        settings = self._session.settings
        return settings.model, settings.calibration, getattr(settings, self._part)

    @Slot()
    def _forget(self) -> None:
        self._asked = False  # an answer that is still to come is of what was left
        self._seen, self._of = [], None
        self.verdict.hide()
        self.text.hide()
        self.text.clear()
