"""The product leaves: which model, to which folder, and the proof that it loads."""

from itertools import chain, count
from pathlib import Path
from typing import Literal, cast

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QRadioButton

from engine.api.events import ExportWritten
from engine.api.run_state import RunState
from gui.formatting import format_bytes, format_count
from gui.pages.page import Page
from gui.session import Session
from gui.settings_info import tooltip
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.checks import CheckList
from gui.widgets.empty_state import EmptyState
from gui.widgets.text import label

_SNIPPET = """from transformers import AutoModelForCausalLM, AutoTokenizer

folder = {folder!r}
tokenizer = AutoTokenizer.from_pretrained(folder)
model = AutoModelForCausalLM.from_pretrained(folder)"""


class ExportPage(Page):
    """Exports the shown run's model and shows each check of the reloaded folder."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            self.tr("Export"),
            self.tr("A plain safetensors folder. Each export is loaded again and checked before it is called done."),
        )
        self.variants = QButtonGroup(self)
        self.folder = QLineEdit()
        self.browse = Button(self.tr("Browse…"), "folder")
        self.export = Button(self.tr("Export"), "export", primary=True)
        self.checks = CheckList()
        self._written = label("", "body", wrap=True)
        self.snippet = label("", "code")
        self.copy = Button(self.tr("Copy"), "copy")
        self.open_folder = Button(self.tr("Open folder"), "folder")
        self._suggested = ""
        self._lay_out()
        self.set_empty_state(
            EmptyState(
                self.tr("Nothing to export yet"),
                self.tr("Once the search has found a removal set, the smaller model can leave from here."),
            )
        )
        self.export.clicked.connect(self._export)
        self.browse.clicked.connect(self._browse)
        self.copy.clicked.connect(self._copy)
        self.open_folder.clicked.connect(self._open)
        self.folder.textChanged.connect(self._outdate)
        self.connect_session()
        self.refresh()

    def _lay_out(self) -> None:
        card = Card(self.tr("Which model, and where to"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(1, 1)
        choices = QHBoxLayout()
        choices.setSpacing(20)
        for value, words in (("recovered", self.tr("Recovered")), ("pruned", self.tr("Pruned, without recovery"))):
            radio = QRadioButton(words)
            radio.setProperty("value", value)
            radio.setToolTip(tooltip("export.variant"))
            self.variants.addButton(radio)
            choices.addWidget(radio)
        choices.addStretch(1)
        self.folder.setAccessibleName(self.tr("Folder of the export"))
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.folder, 1)
        place.addWidget(self.browse)
        grid.addWidget(label(self.tr("Model"), "muted"), 0, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addLayout(choices, 0, 1)
        grid.addWidget(label(self.tr("Folder"), "muted"), 1, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addLayout(place, 1, 1)
        grid.addWidget(self.export, 2, 1, Qt.AlignmentFlag.AlignLeft)
        card.add(grid)
        self.column.addWidget(card)
        self.column.addWidget(self._make_proof())
        self.column.addWidget(self._make_loading())

    def _make_proof(self) -> Card:
        self._proof = Card(self.tr("Verification"))
        self._proof.add(self._written)
        self._proof.add(self.checks)
        return self._proof

    def _make_loading(self) -> Card:
        self._loading = Card(self.tr("Load it"))
        self._loading.header.addWidget(self.open_folder)
        self._loading.header.addWidget(self.copy)
        self.snippet.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.snippet.setAccessibleName(self.tr("Code that loads the model"))
        self._loading.add(self.snippet)
        return self._loading

    def clear(self) -> None:
        """Forget the run, and with it the choice of variant."""
        self.variants.setExclusive(False)
        for radio in self.variants.buttons():
            radio.setChecked(False)
        self.variants.setExclusive(True)

    def refresh(self) -> None:
        """Show what can be exported, and what has been."""
        state = self.session.state
        self.show_content(state.search is not None)
        self._show_variants(state)
        exporting = self.session.jobs.running("export") is not None
        if not exporting:
            self._suggest_folder()
        project = self.session.project
        idle = self.session.jobs.main is None and not (project is not None and project.read_only)
        for widget in (self.folder, self.browse):
            widget.setEnabled(idle)
        self.export.setEnabled(idle and bool(self.folder.text().strip()))
        written = next(reversed(state.exports.values()), None)
        self._proof.setVisible(written is not None or exporting)
        self._loading.setVisible(written is not None and not exporting)
        self.checks.show_checks(list(state.checks.values()), working=exporting)
        self._written.setText(self._words_for(written, exporting))
        if written is not None:
            self.snippet.setText(_SNIPPET.format(folder=written.folder))

    def _words_for(self, written: ExportWritten | None, exporting: bool) -> str:
        if written is None:
            return self.tr("Writing…") if exporting else ""
        return self.tr("{0} layers, {1} parameters, {2} in {3}").format(
            written.layers, format_count(written.parameters), format_bytes(written.bytes), written.folder
        )

    def _show_variants(self, state: RunState) -> None:
        has_recovered = state.recovery is not None and state.recovery.helped
        for radio in self.variants.buttons():
            radio.setEnabled(radio.property("value") == "pruned" or has_recovered)
        checked = self.variants.checkedButton()
        if checked is None or not checked.isEnabled():
            best = state.best_variant
            next(radio for radio in self.variants.buttons() if radio.property("value") == best).setChecked(True)

    def _suggest_folder(self) -> None:
        """A folder of its own for each run and variant, unless the person has named one."""
        project = self.session.project
        if project is None:
            return
        name = f"{self.session.state.run or project.name}-{self._variant()}"
        suggestion = str(_free(project.exports_folder() / name))
        if self.folder.text() in ("", self._suggested) and suggestion != self.folder.text():
            self._suggested = suggestion
            self.folder.setText(suggestion)

    def _variant(self) -> Literal["pruned", "recovered"]:
        checked = self.variants.checkedButton()
        return cast(Literal["pruned", "recovered"], checked.property("value")) if checked else "pruned"

    @Slot()
    def _export(self) -> None:
        self.session.export(Path(self.folder.text().strip()).expanduser(), self._variant())

    @Slot()
    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of the export"), self.folder.text())
        if folder:
            self.folder.setText(folder)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.snippet.text())

    @Slot()
    def _open(self) -> None:
        written = next(reversed(self.session.state.exports.values()), None)
        if written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(written.folder))


def _free(folder: Path) -> Path:
    """``folder``, or with a number behind its name when something is there: an export overwrites nothing."""
    others = (folder.with_name(f"{folder.name}-{number}") for number in count(2))
    return next(each for each in chain([folder], others) if not each.exists())
