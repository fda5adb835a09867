"""Models that are on this computer: the demo, folders, GGUF files, and what the caches hold."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from engine.api.hub_events import LocalModel
from gui.dialogs.confirm import confirm
from gui.project.hub_client import HubDesk
from gui.project.preferences import Preferences
from gui.widgets.buttons import Button
from gui.widgets.fact_table import Fact, FactTable
from gui.widgets.text import label, set_role
from gui.words.formatting import NOTHING, breakable, format_bytes

_ROWS = 7


class LocalModels(QWidget):
    """Where a model comes from without a network."""

    wanted = Signal(str)
    """The source that the person takes."""

    def __init__(self, desk: HubDesk, preferences: Preferences) -> None:
        super().__init__()
        self._desk, self._preferences = desk, preferences
        self.demo = Button(self.tr("Demo model"), "play")
        self.demo.setToolTip(self.tr("SmolLM2-135M-Instruct, 30 layers: small enough to try everything in minutes."))
        self.folder = Button(self.tr("Model folder…"), "folder")
        self.gguf = Button(self.tr("GGUF file…"), "file")
        self.recent = QComboBox()
        self.recent.setAccessibleName(self.tr("Recent models"))
        self.recent.setMinimumWidth(180)
        self.recent.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.table = FactTable(self._facts(), self.tr("Models on this computer"), _ROWS)
        self.status = label("", "muted", wrap=True)
        self.delete = Button(self.tr("Delete…"), "discard")
        self.use = Button(self.tr("Use this model"), primary=True)
        self._lay_out()
        self.demo.clicked.connect(self._use_demo)
        self.folder.clicked.connect(self._use_folder)
        self.gguf.clicked.connect(self._use_gguf)
        self.recent.activated.connect(self._use_recent)
        self.table.selected.connect(self.refresh)
        self.table.chosen.connect(self._take)
        self.use.clicked.connect(self._use_selected)
        self.delete.clicked.connect(self._delete)
        desk.listed.connect(self.refresh)
        self.refresh()

    def _facts(self) -> list[Fact]:
        return [
            Fact(self.tr("Model"), self._name, right=False),
            Fact(self.tr("Architecture"), lambda model: model.architecture or NOTHING, right=False, width=190),
            Fact(self.tr("Layers"), lambda model: str(model.layers) if model.layers else NOTHING, width=66),
            Fact(self.tr("On disk"), lambda model: format_bytes(model.bytes), width=96),
        ]

    def _name(self, model: LocalModel) -> str:
        origins = {
            "hub": "{0}",
            "gguf": self.tr("{0}  ·  from a GGUF file"),
            "dequantised": self.tr("{0}  ·  dequantised"),
            "merged": self.tr("{0}  ·  adapter in its base model"),
        }
        name = origins[model.kind].format(model.source if model.kind == "hub" else model.name)
        if model.complete:
            return name
        share = f"{100 * model.bytes / model.total_bytes:.0f}" if model.total_bytes else NOTHING
        return self.tr("{0}  ·  {1} % downloaded").format(name, share)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        line = QHBoxLayout()
        line.setSpacing(10)
        for button in (self.demo, self.folder, self.gguf):
            line.addWidget(button)
        line.addStretch(1)
        column.addLayout(line)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(label(self.tr("Recent"), "muted"))
        self.recent.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.recent.setMinimumContentsLength(24)
        line.addWidget(self.recent)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.table)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.status, 1)
        foot.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.use, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(foot)
        column.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        """See what is there."""
        super().showEvent(event)
        self._desk.list_models()

    @Slot()
    def refresh(self) -> None:
        """Show what the caches hold and what can be done with the selected one."""
        with QSignalBlocker(self.table):
            self.table.show_things(self._desk.local)
        self._fill_recent()
        chosen = self.table.current()
        self.delete.setEnabled(chosen is not None)
        self.use.setEnabled(chosen is not None and chosen.complete)
        set_role(self.status, "warn" if self._desk.list_problem else "muted")
        self.status.setText(self._words(chosen))

    def _words(self, chosen: LocalModel | None) -> str:
        if self._desk.list_problem:
            return self._desk.list_problem
        if chosen is not None:
            return breakable(chosen.folder)
        if not self._desk.is_listed:
            return self.tr("Looking what is on this computer…")
        if not self._desk.local:
            return self.tr("Nothing downloaded yet. A folder or a GGUF file can also be dropped anywhere on this page.")
        total = format_bytes(sum(model.bytes for model in self._desk.local))
        return self.tr("{0} in the caches, {1} free. A folder or a GGUF file can be dropped on this page.").format(
            total, format_bytes(self._desk.disk_free)
        )

    def _fill_recent(self) -> None:
        sources = self._preferences.recent_models()
        shown = [self.recent.itemData(place) for place in range(1, self.recent.count())]
        if shown == sources and self.recent.count():
            return
        self.recent.clear()
        self.recent.addItem(self.tr("Choose…") if sources else self.tr("None yet"))
        for source in sources:
            self.recent.addItem(Path(source).name if Path(source).is_absolute() else source, source)
            self.recent.setItemData(self.recent.count() - 1, source, Qt.ItemDataRole.ToolTipRole)

    @Slot()
    def _use_demo(self) -> None:
        self.wanted.emit("demo")

    @Slot()
    def _use_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Model folder"))
        if folder:
            self.wanted.emit(folder)

    @Slot()
    def _use_gguf(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, self.tr("GGUF file"), "", self.tr("GGUF models (*.gguf)"))
        if file:
            self.wanted.emit(file)

    @Slot(int)
    def _use_recent(self, place: int) -> None:
        source = self.recent.itemData(place)
        if source:
            self.wanted.emit(source)

    @Slot(object)
    def _take(self, model: LocalModel) -> None:
        if model.complete:
            self.wanted.emit(model.source)

    @Slot()
    def _use_selected(self) -> None:
        chosen = self.table.current()
        if chosen is not None:
            self._take(chosen)

    @Slot()
    def _delete(self) -> None:
        chosen = self.table.current()
        if chosen is not None and confirm(
            self.tr("Delete {0} from this computer?").format(chosen.name),
            self.tr("{0} are freed. Other programs that use this cache lose the model too.").format(
                format_bytes(chosen.bytes)
            ),
            self.tr("Kept: projects, their runs and exports. The model can be fetched again."),
            self.tr("Delete the model"),
            self,
        ):
            self._desk.delete(chosen.source)
