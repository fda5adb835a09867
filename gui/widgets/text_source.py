"""The source of a text: the dense model itself, a local file, a Hub data set or a mix."""

from typing import Literal

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from engine.api.settings import CalibrationSettings, RecoverySettings
from engine.api.text_mix import mix_parts, mix_words
from gui.project.session import Session
from gui.project.settings_info import tooltip
from gui.widgets.buttons import Button
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.choice_names import name_choice
from gui.widgets.setting_fields import FIELD_HEIGHT
from gui.widgets.text import label

_LEAST_LETTERS = 12
"""Letters of the source that are in sight however narrow the window is."""
_NAMING = {"file": "path", "dataset": "dataset", "mix": "mix"}
"""The setting that names the text of each source."""


class TextSourceField(QWidget):
    """The source of calibration or recovery text. A file or data set is saved once its name is entered."""

    unnamed = Signal(bool)
    """Emitted with whether a source is chosen whose text is not named yet, so that the saved one is another."""

    def __init__(self, session: Session, part: Literal["calibration", "recovery"]) -> None:
        super().__init__()
        self._session, self._part = session, part
        self._shown: CalibrationSettings | RecoverySettings | None = None
        self.source = ChoiceBox()
        name_choice(self.source, self.tr("Source of the text"))
        self.source.setToolTip(tooltip(f"{part}.source"))
        choices = [
            ("self", self.tr("The model's own text")),
            ("file", self.tr("Local file")),
            ("dataset", self.tr("Hub data set")),
            ("mix", self.tr("Mix of several")),
        ]
        for value, words in choices:
            self.source.addItem(words, value)
        self.source.setFixedHeight(FIELD_HEIGHT)
        self.source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.source.setMinimumContentsLength(_LEAST_LETTERS)
        self.source.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.name = QLineEdit()
        self.name.setMinimumWidth(90)
        self.browse = Button(self.tr("Browse…"), "folder")
        self.hint = label("", "warn")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.source)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.name, 1)
        row.addWidget(self.browse)
        column.addLayout(row)
        column.addWidget(self.hint)
        self.source.activated.connect(self._choose)
        self.name.editingFinished.connect(self._save_name)
        self.name.textEdited.connect(self._note_unnamed)
        self.browse.clicked.connect(self._browse)
        session.settings_changed.connect(self.show_setting)
        session.project_opened.connect(self._show_project)
        self.show_setting()

    @Slot()
    def _show_project(self) -> None:
        """Give up what was chosen in another project and not saved."""
        self._shown = None
        self.show_setting()

    @Slot()
    def show_setting(self) -> None:
        """Show the current source."""
        part = getattr(self._session.settings, self._part)
        if part == self._shown:
            return  # another setting was changed: keep what is being chosen or typed here
        self._shown = part
        self.source.setCurrentIndex(self.source.findData(part.source))
        self._show_name_for(part.source)

    def _show_name_for(self, source: str) -> None:
        name = {
            "file": self.tr("Text file"),
            "dataset": self.tr("Hub data set"),
            "mix": self.tr("Texts in the mix"),
        }
        example = {
            "file": self.tr(".txt, .jsonl, .parquet, .csv"),
            "dataset": self.tr("id or id:config"),
            "mix": self.tr("self, web, instructions, a file or a data set"),
        }
        hint = {
            "file": self.tr("Enter the path of the file."),
            "dataset": self.tr("Enter the name of the data set."),
            "mix": self.tr("Enter the texts, separated by commas."),
        }
        self.name.setVisible(source != "self")
        self.browse.setVisible(source == "file")
        self.name.setText(self._named(source))
        self.name.setAccessibleName(name.get(source, self.tr("Text")))
        self.name.setPlaceholderText(example.get(source, ""))
        if source in _NAMING:
            self.name.setToolTip(tooltip(f"{self._part}.{_NAMING[source]}"))
        self.hint.setText(hint.get(source, ""))
        self._note_unnamed()

    @Slot()
    def _note_unnamed(self) -> None:
        """Show that a name is missing, and keep the plan from starting with the source that is still saved."""
        is_unnamed = self.source.currentData() != "self" and not self.name.text().strip()
        self.hint.setVisible(is_unnamed)
        part = {"calibration": self.tr("Calibration"), "recovery": self.tr("Recovery")}[self._part]
        fault = f"{part}: {self.hint.text()}" if is_unnamed else ""
        self._session.plan_faults.note_entry(f"{self._part}.source", fault)
        self.unnamed.emit(is_unnamed)

    def _named(self, source: str) -> str:
        """Return the name of a source's text in the settings."""
        if source == "self":
            return ""
        value = getattr(getattr(self._session.settings, self._part), _NAMING[source])
        return mix_words(value) if source == "mix" else str(value)

    @Slot()
    def _choose(self) -> None:
        source = self.source.currentData()
        self._show_name_for(source)
        if source == "self" or self.name.text():
            self._save_name()
        else:
            self.name.setFocus()

    @Slot()
    def _save_name(self) -> None:
        source, name = self.source.currentData(), self.name.text().strip()
        values: dict[str, object] = {f"{self._part}.source": source}
        if source != "self":
            if not name:
                self._note_unnamed()
                return
            values[f"{self._part}.{_NAMING[source]}"] = mix_parts(name) if source == "mix" else name
        self._session.change(values, self.tr("Choose text"))

    @Slot()
    def _browse(self) -> None:
        kinds = self.tr("Texts (*.txt *.md *.jsonl *.json *.parquet *.csv *.tsv *.gz *.zst);;All files (*)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Text file"), self.name.text(), kinds)
        if path:
            self.name.setText(path)
            self._save_name()
