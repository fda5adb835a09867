"""The Model page: the model to shrink, and where to choose another one."""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget

from engine.api.events import ModelPrepared
from gui.pages.model_download import AccessPanel, DownloadStrip
from gui.pages.model_hub import HubFinder
from gui.pages.model_local import LocalFinder
from gui.pages.page import Page
from gui.project.budget_preview import protected_layers
from gui.project.hub_client import HubClient
from gui.project.session import Session
from gui.widgets.buttons import Button, SegmentedChoice
from gui.widgets.card import Card, rule
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.figure import Figure, FigureRow
from gui.widgets.layer_strip import LayerStrip
from gui.widgets.strip_legend import StripLegend
from gui.widgets.text import label
from gui.words.formatting import NOTHING, format_bytes, format_count, format_whole, localised
from gui.words.messages import message_words
from gui.words.source_names import source_name


class ModelPage(Page):
    """The project's model with its facts and layers; below it, the Hub and this computer as sources of another."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            self.tr("Model"),
            self.tr("The dense model to shrink. It is downloaded once and never modified."),
        )

    def parts(self) -> Iterator[None]:
        """Create the card with the model's facts, then the finders."""
        self.hub_client = HubClient(self.session)
        self.hub_client.refused.connect(self._show_refusal)
        left, right = self.body.add_columns()
        left.addWidget(self._make_facts_card())
        yield
        self.access = AccessPanel(self.hub_client)
        self.download = DownloadStrip(self.hub_client)
        left.addWidget(self.access)
        left.addWidget(self.download)
        right.addWidget(self._make_source_card())
        yield
        self.hub = HubFinder(self.hub_client)
        self.hub.wanted.connect(self._use_hub)
        self._stack.addWidget(self.hub)
        yield
        self.local = LocalFinder(self.hub_client, self.session.preferences)
        self.local.wanted.connect(self._use_local)
        self._stack.addWidget(self.local)
        self.show_place("local")
        self.setAcceptDrops(True)

    def _make_source_card(self) -> Card:
        card = Card(self.tr("Choose a model"))
        choices = (("hub", self.tr("Hugging Face Hub")), ("local", self.tr("This computer")))
        self.places = SegmentedChoice(choices, self.tr("Source of the model"))
        self.places.chosen.connect(self.show_place)
        card.header.addWidget(self.places)
        self._stack = QStackedWidget()
        card.add(self._stack)
        return card

    @Slot(str)
    def show_place(self, place: str) -> None:
        """Switch to the Hub or to this computer."""
        self._stack.setCurrentWidget(self.hub if place == "hub" else self.local)
        self.places.show_value(place)

    def _make_facts_card(self) -> Card:
        card = Card(self.tr("This model"))
        self.inspect = Button(self.tr("Inspect the model"), primary=True)
        self.inspect.clicked.connect(self.session.inspect)
        card.header.addWidget(self.inspect)
        self.name = ElidedLabel("heading", Qt.TextElideMode.ElideMiddle)
        self.origin = label("", "muted", wrap=True)
        self.origin.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.figures = {
            "layers": Figure(self.tr("Decoder layers")),
            "parameters": Figure(
                self.tr("Parameters"), self.tr("Counted from the tensors; shared tensors count once.")
            ),
            "bytes": Figure(self.tr("Size"), self.tr("Size of the weights on disk.")),
            "layer": Figure(self.tr("One layer"), self.tr("Size of the smallest decoder layer.")),
            "context": Figure(self.tr("Context"), self.tr("Maximum context length of the model.")),
        }
        self.strip = LayerStrip()
        self._figure_row = FigureRow(*self.figures.values())
        self._legend = StripLegend("kept", "protected")
        self._rule = rule()
        self.notes = label("", "muted", wrap=True)
        self.notes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notes.setAccessibleName(self.tr("Notes about the model files"))
        for item in (self.name, self.origin, self.notes, self._figure_row, self._rule, self.strip, self._legend):
            card.add(item)
        return card

    @property
    def may_choose(self) -> bool:
        """Whether another model can be chosen now."""
        fixed = self.session.project is not None and self.session.project.read_only
        return self.session.jobs.main is None and not fixed

    def draw(self) -> Iterator[None]:
        """Show the project's model."""
        model, settings = self.session.plan_model, self.session.settings
        self._stack.setEnabled(self.may_choose)
        self.access.setEnabled(self.may_choose)
        self.inspect.setVisible(model is None and bool(settings.model.source))
        self.inspect.setEnabled(self.session.jobs.main is None)
        yield
        self.local.refresh()
        yield
        for part in (self._figure_row, self._rule, self.strip, self._legend):
            part.setVisible(model is not None)
        self.notes.setVisible(model is not None and bool(model.notes))
        if model is None:
            self._show_unknown(settings.model.source)
            return
        self._show_facts(model)
        protected = protected_layers(settings.analysis, model.layers, model.needed_layers)
        self.strip.show_layers(model.layers, protected)

    def _show_unknown(self, source: str) -> None:
        """Show a model that the engine has not described, or ask for one."""
        self.name.setText(source_name(source) or self.tr("No model yet"))
        if not source:
            self.origin.setText(self.tr("Choose the model to shrink: from this computer, or from the Hub."))
        elif self.session.jobs.running("inspect") is not None:
            self.origin.setText(self.tr("The engine is inspecting it; the first time, it is downloaded and converted."))
        else:
            self.origin.setText(self.tr("Chosen, but not inspected yet."))

    def _show_facts(self, model: ModelPrepared) -> None:
        self.name.setText(model.name)
        facts = [model.architecture, model.dtype, model.licence or self.tr("licence not stated"), model.source]
        self.origin.setText("  ·  ".join(fact for fact in facts if fact))
        notes = zip_longest(model.notes, model.note_templates[: len(model.notes)])
        self.notes.setText("\n".join(message_words(*note) for note in notes))
        self.figures["layers"].show_value(
            format_whole(model.layers), self.tr("hidden size {0}").format(model.hidden_size)
        )
        self.figures["parameters"].show_value(format_count(model.parameters))
        self.figures["bytes"].show_value(format_bytes(model.bytes))
        smallest = min(model.layer_bytes, default=0)
        share = localised(f"{100 * smallest / model.bytes:.1f}") if model.bytes else NOTHING
        self.figures["layer"].show_value(format_bytes(smallest), self.tr("{0} % of the model").format(share))
        context = format_whole(model.context_length) if model.context_length else None
        self.figures["context"].show_value(context, self.tr("tokens") if context else "")

    @Slot(str, str)
    def _use_hub(self, source: str, revision: str) -> None:
        """Inspect the model at once if it is on this computer; otherwise download it first."""
        if any(model.source == source and model.on_disk for model in self.hub_client.models):
            self.hub_client.choice.use(source, revision)
        else:
            self.hub_client.fetch(source, revision)

    @Slot(str, str)
    def _use_local(self, source: str, revision: str) -> None:
        self.hub_client.choice.use(source, revision)

    @Slot()
    def _show_refusal(self) -> None:
        if self.hub_client.refusal is not None:
            self.ensureWidgetVisible(self.access)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept a model folder or a GGUF file and nothing else."""
        if self.may_choose and _dropped_model(event) is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Make the dropped model the project's."""
        path = _dropped_model(event)
        if path is not None and self.may_choose:
            event.acceptProposedAction()
            self.hub_client.choice.use(str(path))


def _dropped_model(event: QDropEvent) -> Path | None:
    """Return the dragged model, or None if something else is dragged."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    is_model = (path / "config.json").is_file() or (path.suffix.lower() == ".gguf" and path.is_file())
    return path if is_model else None
