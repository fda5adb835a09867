"""The card for the evaluation: benchmark tasks, texts, prompts and repeats."""

import difflib

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog

from engine.api.commands import ListTasks
from engine.api.evaluation_events import TasksListed
from engine.api.events import AnyEvent
from engine.environment.parts import part_named
from gui.engine_link.jobs import EngineJob
from gui.project.session import Session
from gui.project.settings_info import keys_except
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.list_entry import ListEntry
from gui.widgets.setting_fields import SettingLine, SettingSpin, TwoForms, add_field, form
from gui.widgets.setting_rows import MoreSettings
from gui.widgets.setting_words import SettingWords
from gui.widgets.text import label
from gui.words.formatting import format_bytes, format_whole

_SHOWN = ("tasks", "data_folder", "task_limit", "fewshot", "texts", "prompts", "repeats")


class EvaluationCard(Card):
    """What is measured of every model after the search, beside speed, memory and the held-out windows."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            self.tr("Evaluation"),
            self.tr("What is measured of the dense and the smaller models, beside speed, memory and held-out text."),
        )
        self._session = session
        self._known: tuple[str, ...] = ()
        self._has_lm_eval = True
        change = self.tr("Change evaluation")
        self.tasks = ListEntry(session, "evaluation.tasks", change, self.tr("such as hellaswag"))
        self.tasks.fault_of = self._task_fault
        self.task_note = label("", "caption", wrap=True)
        self.limit = SettingSpin(session, "evaluation.task_limit", change)
        self.limit.setSpecialValueText(self.tr("all"))
        self.fewshot = SettingWords(session, "evaluation.fewshot", change)
        self.data = SettingLine(session, "evaluation.data_folder", change, self.tr("for the local_ tasks"))
        self.texts = ListEntry(session, "evaluation.texts", change, self.tr("Path of a text file"))
        self.prompts = ListEntry(session, "evaluation.prompts", change, self.tr("Beginning of a text"))
        self.repeats = SettingSpin(session, "evaluation.repeats", change)
        self.install = Button(self.tr("Install lm-eval…"))
        self._browse_text = Button(self.tr("Browse…"), "folder")
        self._browse_data = Button(self.tr("Choose the folder of local data…"), "folder")
        self._lay_out()
        more = self.tr("More of the evaluation")
        self.more = MoreSettings(session, more, keys_except("evaluation", _SHOWN), change)
        self.add(self.more)
        self.install.clicked.connect(lambda: session.engine_part_wanted.emit("tasks"))
        self._browse_text.clicked.connect(self._choose_text)
        self._browse_data.clicked.connect(self._choose_data)
        self.tasks.entry.entered.connect(self._list_tasks)
        session.jobs.advanced.connect(self._on_events)
        session.jobs.changed.connect(self._note_tasks)

    def _lay_out(self) -> None:
        self._names, further = form(), form()
        names = self._names
        add_field(names, self.tr("Tasks of lm-eval"), self.tasks)
        names.addRow("", self.task_note)
        names.addRow("", self.install)
        names.setRowVisible(self.install, False)
        left, right = form(), form()
        add_field(left, self.tr("Questions per task"), self.limit)
        add_field(right, self.tr("Solved examples"), self.fewshot)
        add_field(left, self.tr("Timed repeats"), self.repeats)
        add_field(right, self.tr("Local data"), self.data)
        self.texts.put_beside(self._browse_text)
        add_field(further, self.tr("Texts"), self.texts)
        add_field(further, self.tr("Prompts"), self.prompts)
        self.add(names)
        self.add(TwoForms(left, right))
        self.header.addWidget(self._browse_data)
        self.add(further)

    def refresh(self) -> None:
        """Show the current settings."""
        self._note_tasks()

    @Slot()
    def _list_tasks(self) -> None:
        """Have the engine list the tasks once somebody is about to choose one."""
        if not self._known or not self._has_lm_eval:
            self._session.jobs.start("tasks", ListTasks())

    @Slot(object, object)
    def _on_events(self, job: EngineJob, events: list[AnyEvent]) -> None:
        if job.kind != "tasks":
            return
        for event in events:
            if isinstance(event, TasksListed):
                self.note_listed(event)

    def note_listed(self, event: TasksListed) -> None:
        """Offer the tasks that the engine knows, and lm-eval where it is missing."""
        self._known, self._has_lm_eval = event.names, event.has_lm_eval
        self.tasks.offer(event.names)
        self._note_tasks()

    @Slot()
    def _note_tasks(self) -> None:
        """Show how many tasks can be chosen, and name chosen ones that do not exist."""
        unknown = [task for task in self._session.settings.evaluation.tasks if self._task_fault(task)]
        self._names.setRowVisible(self.install, not self._has_lm_eval)
        if not self._has_lm_eval:
            words = self.tr("Tasks need lm-eval, which is not installed. It is a part of the engine of about {0}.")
            self.task_note.setText(words.format(format_bytes(part_named("tasks").disk)))
        elif unknown:
            self.task_note.setText(self._task_fault(unknown[0]))
        elif self._known:
            words = self.tr("Type a part of a name: {0} tasks are known. Those that begin with local_ read local data.")
            self.task_note.setText(words.format(format_whole(len(self._known))))
        elif self._session.jobs.running("tasks") is not None:
            self.task_note.setText(self.tr("The engine is listing the tasks…"))
        else:
            self.task_note.setText("")
        self._names.setRowVisible(self.task_note, bool(self.task_note.text()))

    def _task_fault(self, task: str) -> str:
        """Return that there is no such task; empty while the tasks are unknown, or a folder of tasks adds others."""
        if not self._known or task in self._known or self._session.settings.evaluation.task_folder:
            return ""
        near = difflib.get_close_matches(task, self._known, n=1)
        if near:
            return self.tr("There is no task “{0}”; did you mean {1}?").format(task, near[0])
        return self.tr("There is no task “{0}”.").format(task)

    @Slot()
    def _choose_text(self) -> None:
        kinds = self.tr("Texts (*.txt *.md *.jsonl *.json *.parquet *.csv *.tsv *.gz *.zst);;All files (*)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Text file"), "", kinds)
        if path:
            self.texts.add_item(path)

    @Slot()
    def _choose_data(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of local data"), self.data.text())
        if folder:
            self._session.change({"evaluation.data_folder": folder}, self.tr("Change evaluation"))
