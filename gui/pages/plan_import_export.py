"""Import and export of the settings as a file, and the equivalent command line."""

from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from engine.api.settings_file import command_line, read_settings, write_settings
from gui.project.session import Session
from gui.widgets.buttons import Button


class PlanImportExport(QWidget):
    """Three buttons at the head of the Plan page."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.import_ = Button(self.tr("Import…"))
        self.import_.setToolTip(self.tr("Import the settings from a file; the model stays the same."))
        self.export = Button(self.tr("Export…"))
        self.export.setToolTip(self.tr("Write all settings to a JSON file."))
        self.copy = Button(self.tr("Command line"), "copy")
        self.copy.setToolTip(self.tr("Copy the commands that create and run this project without the window."))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.import_, self.export, self.copy):
            row.addWidget(button)
        self.import_.clicked.connect(self._import)
        self.export.clicked.connect(self._export)
        self.copy.clicked.connect(self._copy)

    def lock(self, locked: bool) -> None:
        """Disable importing, which changes the plan; the other two buttons only read it."""
        self.import_.setEnabled(not locked)

    @Slot()
    def _import(self) -> None:
        project, kinds = self._session.project, self.tr("Settings (*.json)")
        file, _ = QFileDialog.getOpenFileName(self, self.tr("Import settings"), "", kinds)
        if file and self._session.project is project:  # otherwise another project was opened meanwhile
            self._session.attempt(lambda: self._apply(Path(file)))

    def _apply(self, file: Path) -> None:
        settings = replace(read_settings(file), model=self._session.settings.model)
        self._session.use_settings(settings, self.tr("Import settings"))

    @Slot()
    def _export(self) -> None:
        kinds = self.tr("Settings (*.json)")
        file, _ = QFileDialog.getSaveFileName(self, self.tr("Export settings"), "settings.json", kinds)
        if file:
            self._session.attempt(lambda: write_settings(Path(file), self._session.settings))

    @Slot()
    def _copy(self) -> None:
        project = self._session.project
        if project is not None:
            QGuiApplication.clipboard().setText(command_line(self._session.settings, f"{project.folder}-copy"))
            self.copy.setText(self.tr("Copied"))

    def refresh(self) -> None:
        """Reset the copy button, since the plan may differ from what was copied."""
        self.copy.setText(self.tr("Command line"))
