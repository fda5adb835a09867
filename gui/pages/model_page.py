"""Which model is made smaller, and what it is."""

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from engine.api.events import ModelPrepared
from gui.budget import protected_layers
from gui.formatting import NOTHING, format_bytes, format_count, format_whole
from gui.pages.page import Page
from gui.session import Session
from gui.widgets.buttons import Button
from gui.widgets.card import Card, rule
from gui.widgets.elided import ElidedLabel
from gui.widgets.figure import Figure, FigureRow
from gui.widgets.layer_strip import LayerStrip
from gui.widgets.strip_legend import StripLegend
from gui.widgets.text import label


class ModelPage(Page):
    """Demo, Hub, folder, GGUF file or a recent one; then its facts and layers."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            self.tr("Model"),
            self.tr("The dense model that is made smaller. It is fetched once and never changed."),
        )
        self.column.addWidget(self._make_source_card())
        self.column.addWidget(self._make_facts_card())
        self.connect_session()
        self.refresh()

    def _make_source_card(self) -> Card:
        card = Card(self.tr("Choose a model"))
        self.demo = Button(self.tr("Use the demo model"), "play")
        self.demo.clicked.connect(self._use_demo)
        self.hub_id = QLineEdit()
        self.hub_id.setPlaceholderText(self.tr("organisation/name"))
        self.hub_id.setAccessibleName(self.tr("Hub id"))
        self.hub_id.returnPressed.connect(self._use_hub)
        self.revision = QLineEdit("main")
        self.revision.setAccessibleName(self.tr("Revision"))
        self.revision.setToolTip(self.tr("Branch, tag or commit of a Hub model."))
        self.revision.setMaximumWidth(120)
        self.fetch = Button(self.tr("Fetch"))
        self.fetch.clicked.connect(self._use_hub)
        self.folder = Button(self.tr("Model folder…"), "folder")
        self.folder.clicked.connect(self._use_folder)
        self.gguf = Button(self.tr("GGUF file…"), "file")
        self.gguf.clicked.connect(self._use_gguf)
        self.recent = QComboBox()
        self.recent.setAccessibleName(self.tr("Recent models"))
        self.recent.setMinimumWidth(200)
        self.recent.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.recent.activated.connect(self._use_recent)
        card.add(self._source_grid())
        return card

    def _source_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(12)
        grid.setColumnMinimumWidth(0, 120)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, list[QWidget]], ...] = (
            (self.tr("Try it out"), [self.demo, label(self.tr("SmolLM2-135M-Instruct, 30 layers"), "muted")]),
            (
                self.tr("Hugging Face Hub"),
                [self.hub_id, label(self.tr("revision"), "muted"), self.revision, self.fetch],
            ),
            (self.tr("This computer"), [self.folder, self.gguf]),
            (self.tr("Recent"), [self.recent]),
        )
        for row, (name, widgets) in enumerate(rows):
            line = QHBoxLayout()
            line.setSpacing(10)
            for widget in widgets:
                line.addWidget(widget)
            if self.hub_id not in widgets:
                line.addStretch(1)
            grid.addWidget(label(name, "muted"), row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addLayout(line, row, 1)
        return grid

    def _make_facts_card(self) -> Card:
        card = Card(self.tr("This model"))
        self.inspect = Button(self.tr("Look at the model"), primary=True)
        self.inspect.clicked.connect(self.session.inspect)
        card.header.addWidget(self.inspect)
        self.name = ElidedLabel("heading", Qt.TextElideMode.ElideMiddle)
        self.origin = label("", "muted", wrap=True)
        self.origin.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.figures = {
            "layers": Figure(self.tr("Decoder layers")),
            "parameters": Figure(self.tr("Parameters"), self.tr("Counted from the tensors, shared ones once.")),
            "bytes": Figure(self.tr("Size"), self.tr("Of the weights on disk.")),
            "layer": Figure(self.tr("One layer"), self.tr("Size of the smallest decoder layer.")),
            "context": Figure(self.tr("Context"), self.tr("Longest text that the model was made for.")),
        }
        self.strip = LayerStrip()
        self._figure_row = FigureRow(*self.figures.values())
        self._legend = StripLegend("kept", "protected")
        self._rule = rule()
        for item in (self.name, self.origin, self._figure_row, self._rule, self.strip, self._legend):
            card.add(item)
        return card

    def refresh(self) -> None:
        """Show the model that the session knows."""
        model, settings = self.session.state.model, self.session.settings
        busy = self.session.jobs.main is not None
        fixed = self.session.project is not None and self.session.project.read_only
        for widget in (self.demo, self.hub_id, self.revision, self.fetch, self.folder, self.gguf, self.recent):
            widget.setEnabled(not busy and not fixed)
        self.inspect.setVisible(model is None)
        self.inspect.setEnabled(not busy)
        self._fill_recent()
        for part in (self._figure_row, self._rule, self.strip, self._legend):
            part.setVisible(model is not None)
        if model is None:
            looking = self.session.jobs.running("inspect") is not None
            self.name.setText(settings.model.source)
            self.origin.setText(
                self.tr("The engine is looking at it; the first time it is fetched and converted.")
                if looking
                else self.tr("Chosen, but not looked at yet.")
            )
            return
        self._show_facts(model)
        protected = protected_layers(settings.analysis, model.layers)
        self.strip.show_layers(model.layers, protected)

    def _show_facts(self, model: ModelPrepared) -> None:
        self.name.setText(model.name)
        facts = [model.architecture, model.dtype, model.licence or self.tr("licence not stated"), model.source]
        self.origin.setText("  ·  ".join(fact for fact in facts if fact))
        self.figures["layers"].show_value(
            format_whole(model.layers), self.tr("hidden size {0}").format(model.hidden_size)
        )
        self.figures["parameters"].show_value(format_count(model.parameters))
        self.figures["bytes"].show_value(format_bytes(model.bytes))
        smallest = min(model.layer_bytes, default=0)
        share = f"{100 * smallest / model.bytes:.1f}" if model.bytes else NOTHING
        self.figures["layer"].show_value(format_bytes(smallest), self.tr("{0} % of the model").format(share))
        context = format_whole(model.context_length) if model.context_length else None
        self.figures["context"].show_value(context, self.tr("tokens") if context else "")

    def _fill_recent(self) -> None:
        sources = self.session.preferences.recent_models()
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
        self.session.use_model("demo")

    @Slot()
    def _use_hub(self) -> None:
        source = self.hub_id.text().strip()
        if source:
            self.session.use_model(source, self.revision.text().strip() or "main")

    @Slot()
    def _use_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Model folder"))
        if folder:
            self.session.use_model(folder)

    @Slot()
    def _use_gguf(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, self.tr("GGUF file"), "", self.tr("GGUF models (*.gguf)"))
        if file:
            self.session.use_model(file)

    @Slot(int)
    def _use_recent(self, place: int) -> None:
        source = self.recent.itemData(place)
        if source:
            self.session.use_model(source)
