"""The dialog for the name and the note of a run."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from engine.api.run_notes import MOST_NOTE, MOST_TITLE, RunNotes
from engine.api.safe_text import safe_line
from gui.widgets.buttons import Button
from gui.widgets.text import label

_NOTE_HEIGHT = 120


class RunNotesDialog(QDialog):
    """Two fields; Return in the first one keeps them, Escape leaves them as they were."""

    def __init__(self, run: str, notes: RunNotes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Name and note of {0}").format(safe_line(run)))
        self.setMinimumWidth(460)
        self._starred = notes.starred
        self.title = QLineEdit(notes.title)
        self.title.setMaxLength(MOST_TITLE)
        self.title.setPlaceholderText(safe_line(run))
        self.title.setAccessibleName(self.tr("Name of the run"))
        self.note = QPlainTextEdit(notes.note)
        self.note.setProperty("field", True)
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(_NOTE_HEIGHT)
        self.note.setAccessibleName(self.tr("Note about the run"))
        cancel, keep = Button(self.tr("Cancel")), Button(self.tr("Keep"), primary=True)
        cancel.clicked.connect(self.reject)
        keep.clicked.connect(self.accept)
        keep.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(8)
        for words, field in ((self.tr("Name"), self.title), (self.tr("Note"), self.note)):
            column.addWidget(label(words, "caption"))
            column.addWidget(field)
        column.addSpacing(8)
        column.addLayout(row)

    @property
    def notes(self) -> RunNotes:
        """The notes as they are in the fields."""
        note = self.note.toPlainText().strip()[:MOST_NOTE]
        return RunNotes(title=self.title.text().strip(), note=note, starred=self._starred)
