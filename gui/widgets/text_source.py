"""Where texts come from: the dense model itself, a local file or a Hub data set."""

from typing import Literal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from engine.api.settings import CalibrationSettings, RecoverySettings
from engine.api.text_mix import mix_parts, mix_words
from gui.project.session import Session
from gui.project.settings_info import tooltip
from gui.widgets.buttons import Button
from gui.widgets.setting_fields import FIELD_HEIGHT
from gui.widgets.text import label

_NAMING = {"file": "path", "dataset": "dataset", "mix": "mix"}
"""Which setting names the text of a source."""


class TextSourceField(QWidget):
    """The source of calibration or recovery text. A file or data set counts once it has been named."""

    def __init__(self, session: Session, part: Literal["calibration", "recovery"]) -> None:
        super().__init__()
        self._session, self._part = session, part
        self._shown: CalibrationSettings | RecoverySettings | None = None
        self.source = QComboBox()
        self.source.setAccessibleName(self.tr("Source of the text"))
        self.source.setToolTip(tooltip(f"{part}.source"))
        choices = [
            ("self", self.tr("Written by the dense model")),
            ("file", self.tr("Local file")),
            ("dataset", self.tr("Hub data set")),
            ("mix", self.tr("Mix of several")),
        ]
        for value, words in choices:
            self.source.addItem(words, value)
        self.source.setFixedHeight(FIELD_HEIGHT)
        self.source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.source.setMinimumContentsLength(24)
        self.name = QLineEdit()
        self.name.setMinimumWidth(150)
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
        self.browse.clicked.connect(self._browse)
        session.settings_changed.connect(self.show_setting)
        self.show_setting()

    @Slot()
    def show_setting(self) -> None:
        """Show what the settings say."""
        part = getattr(self._session.settings, self._part)
        if part == self._shown:
            return  # something else was changed: what is being chosen or typed here stays
        self._shown = part
        self.source.setCurrentIndex(self.source.findData(part.source))
        self._show_name_for(part.source)

    def _show_name_for(self, source: str) -> None:
        name = {
            "file": self.tr("Text file"),
            "dataset": self.tr("Hub data set"),
            "mix": self.tr("Texts of the mix"),
        }
        example = {
            "file": self.tr(".txt, .jsonl, .parquet, .csv"),
            "dataset": self.tr("id or id:config"),
            "mix": self.tr("self, web, instructions, a file or a data set"),
        }
        hint = {
            "file": self.tr("Name the file to use it."),
            "dataset": self.tr("Name the data set to use it."),
            "mix": self.tr("Name the texts, separated by commas."),
        }
        self.name.setVisible(source != "self")
        self.browse.setVisible(source == "file")
        self.name.setText(self._named(source))
        self.name.setAccessibleName(name.get(source, self.tr("Text")))
        self.name.setPlaceholderText(example.get(source, ""))
        if source in _NAMING:
            self.name.setToolTip(tooltip(f"{self._part}.{_NAMING[source]}"))
        self.hint.setText(hint.get(source, ""))
        self.hint.setVisible(source != "self" and not self.name.text())

    def _named(self, source: str) -> str:
        """What the settings say of a source."""
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
