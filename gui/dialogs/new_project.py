"""A dialog to choose name and location of a new project."""

import tempfile
from pathlib import Path

import platformdirs
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from engine.api.locations import given_path
from engine.api.safe_text import safe_line
from gui.widgets.buttons import Button
from gui.widgets.growing_dialog import grow
from gui.widgets.text import label, set_role
from gui.words.messages import system_reason

_FORBIDDEN = set('/\\:*?"<>|')


class NewProjectDialog(QDialog):
    """Asks for a project's folder. ``folder`` is the answer once the dialog was accepted."""

    def __init__(
        self, title: str, explanation: str, name: str, place: Path | None = None, parent: QWidget | None = None
    ):
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(520)
        self.name = QLineEdit(name)
        self.name.setAccessibleName(self.tr("Project name"))
        self.place = QLineEdit(str(place or platformdirs.user_documents_path()))
        self.place.setAccessibleName(self.tr("Project location"))
        self.verdict = label("", "muted", wrap=True)
        self.accept_button = Button(self.tr("Create"), primary=True)
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self.accept)
        self._lay_out(title, explanation)
        self.name.textChanged.connect(self._validate)
        self.place.textChanged.connect(self._validate)
        self.name.selectAll()
        self._validate()

    def _lay_out(self, title: str, explanation: str) -> None:
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        browse = Button(self.tr("Browse…"), "folder")
        browse.clicked.connect(self._browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(title, "heading"))
        column.addWidget(label(explanation, "muted", wrap=True))
        fields = QFormLayout()
        fields.setHorizontalSpacing(14)
        fields.setVerticalSpacing(10)
        fields.addRow(label(self.tr("Name"), "muted"), self.name)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.place, 1)
        place.addWidget(browse)
        fields.addRow(label(self.tr("Location"), "muted"), place)
        column.addLayout(fields)
        column.addWidget(self.verdict)
        column.addSpacing(4)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.accept_button)
        column.addLayout(buttons)

    def accept(self) -> None:
        """Close the dialog if the folder can be created; else explain why not, and stay open."""
        problem = self._problem() or self._obstacle()
        if problem:
            set_role(self.verdict, "bad")
            self.verdict.setText(problem)
            grow(self)
        else:
            super().accept()

    @property
    def folder(self) -> Path:
        """The folder of the new project."""
        return given_path(self.place.text().strip()) / self.name.text().strip()

    @Slot()
    def _validate(self) -> None:
        """Show where the project will be created, or what is wrong with the input."""
        problem = self._problem()
        self.accept_button.setEnabled(not problem)
        set_role(self.verdict, "warn" if problem else "muted")
        self.verdict.setText(problem or self.tr("The project folder will be {0}.").format(self.folder))
        grow(self)

    def _problem(self) -> str:
        name, place = self.name.text().strip(), self.place.text().strip()
        if not name or not place:
            return self.tr("Enter a name and a location.")
        if name in (".", "..") or _FORBIDDEN & set(name):
            return self.tr('A name cannot contain / \\ : * ? " < > |')
        if any(safe_line(each, len(each)) != each for each in (name, place)):
            return self.tr("Names of folders here cannot contain line breaks or invisible characters.")
        try:
            return self._problem_of(self.folder)
        except OSError as error:
            return self._refusal(error)

    def _problem_of(self, folder: Path) -> str:
        """Return why a project cannot be created in a folder; empty if it can be.

        Raises:
            OSError: The system cannot look there; a name is too long, or the account may not.
        """
        existing = _existing(folder)
        if existing != folder and not existing.is_dir():
            return self.tr("{0} is not a folder; choose another location.").format(existing)
        if existing == folder and existing.exists() and (not existing.is_dir() or any(folder.iterdir())):
            return self.tr("{0} is not empty; choose another name.").format(folder)
        return ""

    def _obstacle(self) -> str:
        """Return why the folder cannot be created, by trying to write where it will be."""
        try:
            with tempfile.TemporaryFile(dir=_existing(self.folder)):
                return ""
        except OSError as error:
            return self._refusal(error)

    def _refusal(self, error: OSError) -> str:
        words = self.tr("{0} cannot be created: {1}. Choose another location.")
        return words.format(self.folder, system_reason(error))

    @Slot()
    def _browse(self) -> None:
        place = QFileDialog.getExistingDirectory(self, self.tr("Project location"), self.place.text())
        if place:
            self.place.setText(place)


def _existing(folder: Path) -> Path:
    """Return the folder, or the nearest of those that it is in that exists."""
    return next((each for each in (folder, *folder.parents) if each.is_symlink() or each.exists()), folder)
