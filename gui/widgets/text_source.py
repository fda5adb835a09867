"""Where texts come from: the dense model itself, a local file or a Hub data set."""

from typing import Literal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.session import Session
from gui.settings_info import tooltip
from gui.widgets.buttons import Button
from gui.widgets.setting_fields import FIELD_HEIGHT
from gui.widgets.text import label


class TextSourceField(QWidget):
    """The source of calibration or recovery text. A file or data set counts once it has been named."""

    def __init__(self, session: Session, part: Literal["calibration", "recovery"]) -> None:
        super().__init__()
        self._session, self._part = session, part
        self.source = QComboBox()
        self.source.setAccessibleName(self.tr("Source of the text"))
        self.source.setToolTip(tooltip(f"{part}.source"))
        for value, words in (
            ("self", self.tr("Written by the dense model")),
            ("file", self.tr("Local file")),
            ("dataset", self.tr("Hub data set")),
        ):
            self.source.addItem(words, value)
        self.source.setFixedHeight(FIELD_HEIGHT)
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
        self.source.setCurrentIndex(self.source.findData(part.source))
        self._show_name_for(part.source)

    def _show_name_for(self, source: str) -> None:
        part = getattr(self._session.settings, self._part)
        self.name.setVisible(source != "self")
        self.browse.setVisible(source == "file")
        self.name.setText(part.path if source == "file" else part.dataset)
        is_file = source == "file"
        self.name.setAccessibleName(self.tr("Text file") if is_file else self.tr("Hub data set"))
        self.name.setPlaceholderText(self.tr(".txt, .jsonl, .parquet, .csv") if is_file else self.tr("id or id:config"))
        self.name.setToolTip(tooltip(f"{self._part}.{'path' if is_file else 'dataset'}"))
        self.hint.setText(self.tr("Name the file to use it.") if is_file else self.tr("Name the data set to use it."))
        self.hint.setVisible(source != "self" and not self.name.text())

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
            values[f"{self._part}.{'path' if source == 'file' else 'dataset'}"] = name
        self._session.change(values, self.tr("Choose text"))

    @Slot()
    def _browse(self) -> None:
        kinds = self.tr("Texts (*.txt *.md *.jsonl *.json *.parquet *.csv);;All files (*)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Text file"), self.name.text(), kinds)
        if path:
            self.name.setText(path)
            self._save_name()
