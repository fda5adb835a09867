"""The choice of model, format, precision and folder of an export."""

from itertools import chain, count
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from engine.api.commands import ListExportTargets
from engine.api.events import AnyEvent, ExportTargetFound
from engine.api.export_targets import ExportFormat, ExportTarget, Precision, export_target, export_targets
from engine.api.locations import given_path
from engine.api.run_state import RunState
from engine.api.settings import ExportedVariant, Variant
from gui.engine_link.jobs import EngineJob
from gui.project.session import Session
from gui.project.settings_info import tooltip
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.choice_names import name_choice
from gui.widgets.text import as_tooltip, label
from gui.words.formatting import format_place, localised
from gui.words.messages import message_words
from gui.words.translation import engine_text


class ExportChoice(Card):
    """Provides ``variant``, ``format`` and ``folder``."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(self.tr("Model, format and folder"))
        self._session = session
        self._found: dict[str, ExportTargetFound] = {}
        self._asked_source = ""
        self._suggested = ""
        self._variant_is_chosen = False
        self._shown: tuple[RunState, bool, bool] | None = None
        """What was shown last."""
        self.variants = QButtonGroup(self)
        self.target = ChoiceBox()
        self.precision = ChoiceBox()
        self.explanation = label("", "caption", wrap=True)
        self.needs = label("", "warn", wrap=True)
        self.folder = QLineEdit()
        self.browse = Button(self.tr("Browse…"), "folder")
        self.export = Button(self.tr("Export"), "export", primary=True)
        self._lay_out()
        self.target.activated.connect(self._choose_target)
        self.precision.activated.connect(self._choose)
        self.variants.buttonClicked.connect(self._choose_variant)
        self.folder.textChanged.connect(self._emit_changed)
        self.folder.editingFinished.connect(self._emit_changed)
        session.project_opened.connect(self._on_project_opened)
        self.browse.clicked.connect(self._browse)
        session.jobs.advanced.connect(self._on_events)
        self._fill_precisions()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(1, 1)
        choices = QHBoxLayout()
        choices.setSpacing(20)
        options: tuple[tuple[Variant, str], ...] = (
            ("recovered", self.tr("Recovered")),
            ("compensated", self.tr("Compensated")),
            ("pruned", self.tr("Pruned only")),
        )
        for value, words in options:
            radio = QRadioButton(words)
            radio.setProperty("value", value)
            radio.setToolTip(tooltip("export.variant"))
            self.variants.addButton(radio)
            choices.addWidget(radio)
        choices.addStretch(1)
        for target in export_targets():
            self.target.addItem(engine_text(target.title), target.key)
        name_choice(self.target, self.tr("Format"))
        name_choice(self.precision, self.tr("Precision"))
        self.folder.setAccessibleName(self.tr("Folder of the export"))
        self.folder.setToolTip(as_tooltip(self.tr("A new or empty folder. Relative paths begin at the project.")))
        formats = QHBoxLayout()
        formats.setSpacing(8)
        formats.addWidget(self.target)
        formats.addWidget(self.precision)
        formats.addStretch(1)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.folder, 1)
        place.addWidget(self.browse)
        rows: list[tuple[str, QWidget | QHBoxLayout]] = [
            (self.tr("Model"), choices),
            (self.tr("Format"), formats),
            ("", self.explanation),
            ("", self.needs),
            (self.tr("Folder"), place),
        ]
        for row, (name, content) in enumerate(rows):
            if name:
                grid.addWidget(label(name, "muted"), row, 0, Qt.AlignmentFlag.AlignVCenter)
            if isinstance(content, QWidget):
                grid.addWidget(content, row, 1)
            else:
                grid.addLayout(content, row, 1)
        grid.addWidget(self.export, len(rows), 1, Qt.AlignmentFlag.AlignLeft)
        self.add(grid)

    @property
    def variant(self) -> ExportedVariant:
        """The chosen model."""
        checked = self.variants.checkedButton()
        return cast(ExportedVariant, checked.property("value")) if checked else "pruned"

    @property
    def format(self) -> ExportFormat:
        """The chosen format."""
        return ExportFormat(target=self.target.currentData(), precision=self.precision.currentData() or "")

    @property
    def path(self) -> Path:
        """The chosen folder; a relative path begins at the project."""
        given, project = given_path(self.folder.text().strip()), self._session.project
        return given if project is None else project.folder / given

    def choose_precision(self, key: str) -> None:
        """Choose a precision of the chosen format."""
        self.precision.setCurrentIndex(self.precision.findData(key))
        self.changed.emit()

    def clear(self) -> None:
        """Reset the choice of variant."""
        self._variant_is_chosen = False
        self.variants.setExclusive(False)
        for radio in self.variants.buttons():
            radio.setChecked(False)
        self.variants.setExclusive(True)

    def ask(self) -> None:
        """Request, once per model, the formats that can be written on this computer."""
        source = self._session.settings.model.source
        if source and source != self._asked_source:
            command = ListExportTargets(source=source, llama_cpp=self._session.settings.export.llama_cpp)
            if self._session.jobs.start("targets", command) is not None:
                self._asked_source = source
                self._found = {}

    def show_state(self, state: RunState, idle: bool, exporting: bool) -> None:
        """Enable what is possible now."""
        self._shown = (state, idle, exporting)
        self._show_variants(state)
        if not exporting:
            self._suggest_folder()
        for widget in (self.folder, self.browse, self.target, self.precision):
            widget.setEnabled(idle)
        self.precision.setVisible(self.precision.count() > 1)
        target = export_target(self.target.currentData())
        self.explanation.setText(self._words_of(target))
        found = self._found.get(target.key)
        missing = found is not None and self.format.precision not in found.precisions
        obstacle = self._obstacle(found, missing)
        self.needs.setText(obstacle)
        self.needs.setVisible(bool(obstacle))
        self.export.setEnabled(idle and not missing and bool(self.folder.text().strip()))

    def _obstacle(self, found: ExportTargetFound | None, missing: bool) -> str:
        """Return why the format cannot be written, else why the export cannot be checked; empty where it can."""
        if found is None:
            return ""
        if not missing:
            return message_words(found.check, found.check_template)
        words = message_words(found.needs, found.needs_template)
        return words or self.tr("This format cannot be written on this computer.")

    def _words_of(self, target: ExportTarget) -> str:
        precision = next((each for each in target.precisions if each.key == self.format.precision), None)
        words = engine_text(target.explanation)
        return f"{words} {self._precision_words(precision)}".strip() if precision and precision.bits else words

    def _precision_words(self, precision: Precision) -> str:
        bits = self.tr("{0} bits per weight").format(localised(f"{precision.bits:g}"))
        return f"{bits}: {engine_text(precision.explanation)}." if precision.explanation else f"{bits}."

    def _show_variants(self, state: RunState) -> None:
        """Enable what the run has, and check the best of it unless the person has chosen another."""
        for radio in self.variants.buttons():
            radio.setEnabled(state.has_variant(radio.property("value")))
        checked = self.variants.checkedButton()
        if checked is None or not checked.isEnabled() or not self._variant_is_chosen:
            best = state.best_variant
            next(radio for radio in self.variants.buttons() if radio.property("value") == best).setChecked(True)

    def _suggest_folder(self) -> None:
        """Suggest a separate folder for each run, variant and format, unless the user has entered one."""
        project = self._session.project
        if project is None:
            return
        name = f"{self._session.state.run or project.name}-{self.variant}"
        if self.format.target != "safetensors":
            name += f"-{self.format.folder_name}"
        suggestion = format_place(_free(project.exports_folder() / name), project.folder)
        named = self.folder.text()
        is_left_to_us = named == self._suggested or (not named and not self.folder.hasFocus())
        if is_left_to_us and suggestion != named:
            self._suggested = suggestion
            self.folder.setText(suggestion)

    @Slot()
    def _on_project_opened(self) -> None:
        self._suggested = ""
        self.folder.clear()

    def _fill_precisions(self) -> None:
        self.precision.clear()
        for precision in export_target(self.target.currentData()).precisions:
            self.precision.addItem(engine_text(precision.title), precision.key)

    @Slot()
    def _choose_variant(self) -> None:
        self._variant_is_chosen = True
        self._choose()

    @Slot()
    def _choose_target(self) -> None:
        self._fill_precisions()
        self._choose()

    @Slot()
    def _choose(self) -> None:
        """Show at once what is said of the choice; the page draws the rest when it has time."""
        if self._shown is not None:
            self.show_state(*self._shown)
        self.changed.emit()

    @Slot()
    def _emit_changed(self) -> None:
        self.changed.emit()

    @Slot(object, object)
    def _on_events(self, job: EngineJob, events: list[AnyEvent]) -> None:
        if job.kind == "targets":
            self._found |= {event.target: event for event in events if isinstance(event, ExportTargetFound)}
            self.changed.emit()

    @Slot()
    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of the export"), str(self.path))
        if folder:
            project = self._session.project
            self.folder.setText(folder if project is None else format_place(Path(folder), project.folder))


def _free(folder: Path) -> Path:
    """Return ``folder``, numbered if it exists already: an export never overwrites anything."""
    others = (folder.with_name(f"{folder.name}-{number}") for number in count(2))
    return next(each for each in chain([folder], others) if not each.exists())
