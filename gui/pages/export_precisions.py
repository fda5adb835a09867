"""The precisions of the chosen format: size, measured quality, and whether a device has room for the model."""

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from engine.api.edge_devices import EdgeDevice, edge_devices
from engine.api.errors import BadInput
from engine.api.export_targets import ExportFormat, export_target
from engine.api.run_state import RunState
from engine.api.settings import Settings
from engine.results.precision_rows import HEADINGS, PrecisionRow, precision_rows
from gui.widgets.card import Card
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.text import label
from gui.widgets.text_table import PlainTable, TextModel
from gui.words.device_names import device_title
from gui.words.formatting import format_whole
from gui.words.translation import engine_text


class PrecisionsCard(Card):
    """A row for each precision; hidden for formats without a choice."""

    chosen = Signal(str)
    """The key of the precision of a row that was clicked."""
    device_chosen = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Precisions"))
        self.device = ChoiceBox()
        self.device.setAccessibleName(self.tr("Device that the model is for"))
        self.device.activated.connect(self._emit_device)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(self.tr("Device"), "muted"))
        row.addWidget(self.device)
        self.header.addLayout(row)
        self.sentence = label("", "muted", wrap=True)
        self.add(self.sentence)
        self.table = TextModel(self)
        self.view = PlainTable(self.tr("Precisions"), self.table)
        self.view.clicked.connect(self._choose_row)
        self.view.activated.connect(self._choose_row)
        self.add(self.view)
        self._rows: list[PrecisionRow] = []
        self._devices: tuple[EdgeDevice, ...] = ()

    def show_state(self, state: RunState, settings: Settings, chosen: ExportFormat) -> None:
        """Show the precisions of the chosen format for the chosen device."""
        try:
            devices = edge_devices(settings.edge.devices)
        except BadInput:
            devices = edge_devices()
        self._show_devices(devices)
        target = export_target(chosen.target)
        device = devices[max(self.device.currentIndex(), 0)]
        self._rows = precision_rows(state, target, device, settings.edge.context)
        self.setVisible(len(self._rows) > 1)
        words = self.tr(
            "Click a row to choose it. Sizes are predicted from the bits until an export is written; memory includes "
            "{0} tokens of context, and speeds are estimated from memory bandwidth."
        )
        self.sentence.setText(words.format(format_whole(settings.edge.context)))
        self.table.show_rows([engine_text(each) for each in HEADINGS], [row.words(engine_text) for row in self._rows])
        self.view.fit()
        keys = [row.precision.key for row in self._rows]
        if chosen.precision in keys:
            self.view.selectRow(keys.index(chosen.precision))

    def _show_devices(self, devices: tuple[EdgeDevice, ...]) -> None:
        if devices == self._devices:
            return
        self._devices, name = devices, self.device.currentText()
        self.device.clear()
        self.device.addItems([device_title(device.name) for device in devices])
        self.device.setCurrentIndex(max(self.device.findText(name), 0))

    @Slot()
    def _emit_device(self) -> None:
        self.device_chosen.emit()

    @Slot(QModelIndex)
    def _choose_row(self, index: QModelIndex) -> None:
        if index.row() < len(self._rows):
            self.chosen.emit(self._rows[index.row()].precision.key)
