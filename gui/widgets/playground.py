"""The playground: a prompt, and what the variants of the model generate from it, side by side."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QBoxLayout,
    QCheckBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
)

from engine.api.commands import GenerateText
from engine.api.events import AnyEvent, MessageLogged, PieceWritten
from gui.engine_link.job_end import JobEnd
from gui.engine_link.jobs import EngineJob
from gui.project.session import Session
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.generated_text import GeneratedText
from gui.widgets.setting_fields import FIELD_HEIGHT
from gui.widgets.text import label
from gui.words.messages import message_words
from gui.words.variant_names import variant_names

_PROMPT_HEIGHT = 84
_FIELD_WIDTH = 100
_SIDE_BY_SIDE = 600
"""Width in pixels from which the texts are shown side by side."""


class PlaygroundCard(Card):
    """Has the engine generate text with the shown run's models while no main job is running."""

    def __init__(self, session: Session) -> None:
        super().__init__(self.tr("Try it"), self.tr("Compare what each model generates from the same prompt."))
        self._session = session
        self._writes = False
        self._tries = 0
        self._outcome = ""
        self._warning = ""
        self._run = ""
        self.prompt = PromptField()
        self.prompt.setPlaceholderText(self.tr("Type a prompt; Ctrl+Enter sends it."))
        self.prompt.setAccessibleName(self.tr("Prompt"))
        self.length = QSpinBox()
        self.length.setRange(1, 8192)
        self.length.setValue(128)
        self.length.setToolTip(self.tr("Maximum number of tokens that each model generates."))
        self.temperature = QDoubleSpinBox()
        self.temperature.setRange(0.0, 2.0)
        self.temperature.setSingleStep(0.1)
        self.temperature.setToolTip(self.tr("0 always picks the most likely token; higher values add randomness."))
        self.chat = QCheckBox(self.tr("As a chat"))
        self.chat.setChecked(True)
        self.chat.setToolTip(self.tr("Applies the model's chat template to the prompt, if it has one."))
        self.generate = Button(self.tr("Generate"), "play", primary=True)
        self.status = label("", "muted", wrap=True)
        self.texts = {variant: GeneratedText(name) for variant, name in variant_names().items()}
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self.prompt.sent.connect(self._send)
        self.prompt.textChanged.connect(self._update_buttons)
        self.generate.clicked.connect(self._send_or_stop)
        session.jobs.advanced.connect(self._on_events)
        session.jobs.changed.connect(self._make_room)
        session.job_ended.connect(self._on_job_ended)
        session.run_loaded.connect(self._forget)
        self._forget()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(16)
        fields: list[tuple[str, QAbstractSpinBox]] = [
            (self.tr("Length in tokens"), self.length),
            (self.tr("Temperature"), self.temperature),
        ]
        for name, field in fields:
            field.setMinimumWidth(_FIELD_WIDTH)
            field.setFixedHeight(FIELD_HEIGHT)
            field.setAccessibleName(name)
            column = QVBoxLayout()
            column.setSpacing(4)
            caption = label(name, "caption")
            caption.setBuddy(field)
            column.addWidget(caption)
            column.addWidget(field)
            row.addLayout(column)
        row.addWidget(self.chat, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        row.addWidget(self.generate, 0, Qt.AlignmentFlag.AlignBottom)
        self.chat.setFixedHeight(FIELD_HEIGHT)
        self._columns.setSpacing(16)
        for text in self.texts.values():
            self._columns.addWidget(text, 1)
        for part in (self.prompt, row, self.status, self._columns):
            self.add(part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the texts when there is no room side by side."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        wide = event.size().width() >= _SIDE_BY_SIDE
        self._columns.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

    @Slot()
    def _send_or_stop(self) -> None:
        jobs = self._session.jobs
        job = jobs.running("try")
        if job is None:
            self._send()
        elif job.stopping is None:
            jobs.stop("try", "pause")
        else:
            job.end_now()

    @Slot()
    def _send(self) -> None:
        project, run = self._session.project, self._session.shown_run
        if project is None or run is None or not self._may_send():
            return
        command = GenerateText(
            project=str(project.folder),
            run=run.name,
            prompt=self.prompt.toPlainText(),
            chat=self.chat.isChecked(),
            max_tokens=self.length.value(),
            temperature=self.temperature.value(),
            seed=self._tries,
        )
        for text in self._offered():
            text.begin()
            text.show()
        self._writes, self._warning = True, ""
        self._tries += 1
        self.status.setText(self.tr("The engine is loading the model…"))
        self._session.jobs.start("try", command)

    def _offered(self) -> list[GeneratedText]:
        """Return the texts of the models that the run has."""
        return [text for variant, text in self.texts.items() if self._session.state.has_variant(variant)]

    def _may_send(self) -> bool:
        jobs = self._session.jobs
        return bool(self.prompt.toPlainText().strip()) and jobs.main is None and jobs.running("try") is None

    @Slot()
    def _make_room(self) -> None:
        """Stop generating when a main job starts, because it needs the memory of the second model."""
        jobs = self._session.jobs
        job = jobs.running("try")
        if job is not None and job.stopping is None and jobs.main is not None:
            job.stop("pause")
        self._update_buttons()

    @Slot()
    def _update_buttons(self) -> None:
        job = self._session.jobs.running("try")
        words = self.tr("Generate") if job is None else self.tr("Stop") if job.stopping is None else self.tr("End now")
        self.generate.setText(words)
        self.generate.set_icon_name("play" if job is None else "stop")
        self.generate.set_primary(job is None)
        self.generate.setEnabled(job is not None or self._may_send())
        if not self._writes:
            self.status.setText(self._idle_words())

    def _idle_words(self) -> str:
        if self._session.jobs.main is not None:
            return self.tr("Available when the current job has finished.")
        if all(text.isHidden() for text in self.texts.values()):
            return self.tr("The models generate in turn; their texts appear here side by side.")
        return self._outcome

    @Slot(object, object)
    def _on_events(self, job: EngineJob, events: list[AnyEvent]) -> None:
        if job.kind != "try" or not self._writes:
            return
        for event in events:
            if isinstance(event, PieceWritten):
                self.texts[event.variant].add_piece(event)
                words = self.tr("{0}: generating…").format(self.texts[event.variant].name)
                self.status.setText(f"{words} {self._warning}".rstrip())
            elif isinstance(event, MessageLogged) and event.level == "warning":
                self._warning = message_words(event.message, event.template)
                self.status.setText(self._warning)

    @Slot(object, object)
    def _on_job_ended(self, job: EngineJob, end: JobEnd) -> None:
        if job.kind != "try" or not self._writes:
            return
        self._writes, self._outcome = False, end.title
        for text in self.texts.values():
            text.end()
        self._update_buttons()

    @Slot()
    def _forget(self) -> None:
        """Hide the texts when another run is shown, since they belong to the previous run's models."""
        run = self._session.shown_run
        name = str(run.folder) if run is not None else ""
        if name != self._run:
            self._run, self._writes = name, False
            self._session.jobs.stop("try", "pause")
            for text in self.texts.values():
                text.hide()
        self._update_buttons()


class PromptField(QPlainTextEdit):
    """A text field of several lines; Ctrl+Enter sends them."""

    sent = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("field", True)
        self.setTabChangesFocus(True)
        self.setFixedHeight(_PROMPT_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send on Ctrl+Enter, otherwise edit."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.sent.emit()
        else:
            super().keyPressEvent(event)
