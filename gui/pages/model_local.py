"""Choose a model on this computer: the demo, a folder, a GGUF file, or one from the caches."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QFileDialog

from engine.api.hub_events import LocalModel
from engine.api.safe_text import safe_line
from gui.dialogs.confirm import confirm_loss
from gui.project.hub_client import HubClient
from gui.project.preferences import Preferences
from gui.widgets.buttons import Button
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.choice_names import name_choice
from gui.widgets.model_finder import ModelFinder
from gui.widgets.record_table import RecordColumn
from gui.widgets.text import as_tooltip, label
from gui.words.formatting import NOTHING, breakable, format_bytes
from gui.words.source_names import source_name

_REVISION = "main"


class LocalFinder(ModelFinder):
    """The models that need no network."""

    def __init__(self, client: HubClient, preferences: Preferences) -> None:
        super().__init__()
        self._client, self._preferences = client, preferences
        self.table.setAccessibleName(self.tr("Models on this computer"))
        self.demo = Button(self.tr("Demo model"), "play")
        self.demo.setToolTip(self.tr("SmolLM2-135M-Instruct, 30 layers: small enough to try everything in minutes."))
        self.folder = Button(self.tr("Model folder…"), "folder")
        self.gguf = Button(self.tr("GGUF file…"), "file")
        self.recent = ChoiceBox()
        name_choice(self.recent, self.tr("Recent models"))
        self.recent.setMinimumWidth(180)
        self.recent.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.recent.setMinimumContentsLength(24)
        self.delete = Button(self.tr("Delete…"), "discard")
        self.add_tools(self.demo, self.folder, self.gguf)
        self.add_tools(label(self.tr("Recent"), "muted"), self.recent)
        self.add_buttons(self.delete)
        self.demo.clicked.connect(self._use_demo)
        self.folder.clicked.connect(self._use_folder)
        self.gguf.clicked.connect(self._use_gguf)
        self.recent.activated.connect(self._use_recent)
        self.delete.clicked.connect(self._delete)
        client.listed.connect(self.refresh)
        self.refresh()

    def columns(self) -> Sequence[RecordColumn]:
        """Return the columns of the table."""
        return [
            RecordColumn(self.tr("Model"), self._name, right=False),
            RecordColumn(self.tr("Architecture"), lambda model: model.architecture or NOTHING, right=False, width=190),
            RecordColumn(self.tr("Layers"), lambda model: str(model.layers) if model.layers else NOTHING, width=66),
            RecordColumn(self.tr("On disk"), lambda model: format_bytes(model.bytes), width=96),
        ]

    def _name(self, model: LocalModel) -> str:
        origins = {
            "hub": "{0}",
            "gguf": self.tr("{0}  ·  from a GGUF file"),
            "dequantised": self.tr("{0}  ·  dequantised"),
            "merged": self.tr("{0}  ·  adapter in its base model"),
            "hub_gguf": self.tr("{0}  ·  GGUF file of the Hub"),
            "lm_studio": self.tr("{0}  ·  LM Studio"),
            "ollama": self.tr("{0}  ·  Ollama"),
        }
        name = origins[model.kind].format(model.source if model.kind == "hub" else model.name)
        if model.complete:
            return name
        share = f"{100 * model.bytes / model.total_bytes:.0f}" if model.total_bytes else NOTHING
        return self.tr("{0}  ·  {1} % downloaded").format(name, share)

    def showEvent(self, event: QShowEvent) -> None:
        """Request the list of models."""
        super().showEvent(event)
        self._client.list_models()

    @Slot()
    def refresh(self) -> None:
        """Show the models in the caches and what can be done with the selected one."""
        self.show_records(self._client.local, bool(self._client.list_problem))
        self._fill_recent()
        chosen = self.table.current()
        self.delete.setEnabled(chosen is not None and chosen.is_ours)
        others = chosen is not None and not chosen.is_ours
        self.delete.setToolTip(self.tr("Another program keeps this model; delete it there.") if others else "")
        self.use.setEnabled(chosen is not None and chosen.complete)

    def state_text(self) -> str:
        """Return what the caches hold, or why there is no list."""
        if self._client.list_problem:
            return self._client.list_problem
        if not self._client.is_listed:
            return self.tr("Looking for models on this computer…")
        if not self._client.local:
            return self.tr("Nothing downloaded yet. You can also drop a folder or a GGUF file anywhere on this page.")
        total = format_bytes(sum(model.bytes for model in self._client.local))
        return self.tr("{0} in the caches, {1} free. You can also drop a folder or a GGUF file on this page.").format(
            total, format_bytes(self._client.disk_free)
        )

    def status_text(self) -> str:
        """Return the selected model's file or folder."""
        chosen = self.table.current()
        if chosen is None:
            return ""
        return breakable(chosen.folder if chosen.is_ours else chosen.source)

    def _fill_recent(self) -> None:
        sources = self._preferences.recent_models()
        shown = [self.recent.itemData(place) for place in range(1, self.recent.count())]
        if shown == sources and self.recent.count():
            return
        self.recent.clear()
        self.recent.addItem(self.tr("Choose…") if sources else self.tr("None yet"))
        for source in sources:
            self.recent.addItem(safe_line(source_name(source)), source)
            self.recent.setItemData(self.recent.count() - 1, as_tooltip(source), Qt.ItemDataRole.ToolTipRole)

    @Slot()
    def _use_demo(self) -> None:
        self.wanted.emit("demo", _REVISION)

    @Slot()
    def _use_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Model folder"))
        if folder:
            self.wanted.emit(folder, _REVISION)

    @Slot()
    def _use_gguf(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, self.tr("GGUF file"), "", self.tr("GGUF models (*.gguf)"))
        if file:
            self.wanted.emit(file, _REVISION)

    @Slot(int)
    def _use_recent(self, place: int) -> None:
        source = self.recent.itemData(place)
        if source:
            self.wanted.emit(source, _REVISION)

    @Slot(object)
    def use_record(self, model: LocalModel) -> None:
        """Use a model of the list once it is downloaded completely."""
        if model.complete:
            self.wanted.emit(model.source, _REVISION)

    @Slot()
    def use_selected(self) -> None:
        """Use the selected model."""
        chosen = self.table.current()
        if chosen is not None:
            self.use_record(chosen)

    @Slot()
    def _delete(self) -> None:
        chosen = self.table.current()
        if chosen is not None and confirm_loss(
            self.tr("Delete {0} from this computer?").format(chosen.name),
            self.tr("This frees {0}. Other programs that use this cache lose the model too.").format(
                format_bytes(chosen.bytes)
            ),
            self.tr("Kept: projects, their runs and exports. The model can be downloaded again."),
            self.tr("Delete the model"),
            self,
        ):
            self._client.delete(chosen.source)
