"""The layers card: the results of analysis and swarm for each layer, in charts aligned with the layer strip."""

from collections.abc import Iterator

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from engine.api import events as ev
from engine.results.analysis_note import analysis_note
from gui.charts.layer_bars import LayerBars
from gui.charts.plot import LEFT_AXIS_WIDTH, RIGHT_MARGIN
from gui.charts.removal_map import RemovalMap
from gui.pages.search_candidates import GoodCandidates
from gui.project.budget_preview import protected_layers
from gui.project.session import Session
from gui.widgets.card import Card
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.choice_names import name_choice
from gui.widgets.layer_strip import LayerStrip
from gui.widgets.strip_legend import StripLegend
from gui.widgets.text import label
from gui.words.formatting import format_bytes, format_layers
from gui.words.translation import engine_text

_LOGARITHMIC = ("kl", "perplexity", "block_influence", "angular_distance")
"""Measures whose largest values are many times the least ones."""
_RACED = ("kl", "perplexity")
"""Measures of the analysis that are estimated for the more costly layers."""
_SHARES = [(share, share) for share in (0.0, 0.5, 1.0)]


class LayersCard(Card):
    """The best removal set, its history, and the analysis. A new card is only a strip; ``parts`` adds the charts."""

    def __init__(self, session: Session) -> None:
        words = self.tr("From the embedding (left) to the LM head (right); all charts below share this axis.")
        super().__init__(self.tr("Layers"), words)
        self._session = session
        self._frequency: tuple[float, ...] = ()
        self._good = GoodCandidates()
        self.strip = LayerStrip(insets=(LEFT_AXIS_WIDTH, RIGHT_MARGIN))
        self._removed_words = label("", "muted", wrap=True)
        self.header.addWidget(StripLegend())
        self.body.setSpacing(6)
        self.add(self._removed_words)
        self.add(self.strip)
        self.body.addSpacing(8)

    def parts(self) -> Iterator[None]:
        """Create the charts; yields where the event loop may take a turn."""
        self._swarm_parts = QWidget()
        column = QVBoxLayout(self._swarm_parts)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(6)
        self.add(self._swarm_parts)
        self.map = RemovalMap()
        column.addWidget(label(self.tr("Best removal set of each iteration"), "caption"))
        column.addWidget(self.map)
        yield
        self.frequency = LayerBars(self.tr("Removal frequency"), self.tr("share"), height=96)
        column.addSpacing(8)
        column.addWidget(label(self.tr("How often this iteration's candidates remove each layer"), "caption"))
        column.addWidget(self.frequency)
        yield
        self.good = LayerBars(self.tr("Removal frequency of good candidates"), self.tr("share"), height=96)
        column.addSpacing(8)
        words = self.tr("How often the best fifth of all candidates so far removes each layer (high: needed least)")
        column.addWidget(label(words, "caption", wrap=True))
        column.addWidget(self.good)
        for bars in (self.frequency, self.good):
            bars.place_ticks("left", _SHARES)
        yield
        self.analysis = LayerBars(self.tr("Analysis by layer"), "", height=120)
        self.add(self._make_measure())
        self.add(self.analysis)
        self.note = label("", "muted", wrap=True)
        self.add(self.note)
        yield

    def clear_data(self) -> None:
        """Discard the data of the run."""
        self._frequency = ()
        self._good = GoodCandidates()
        self.map.clear_data()

    def add_event(self, event: ev.IterationFinished) -> None:
        """Add one iteration."""
        self.map.add_event(event)
        self._good.add_event(event)
        self._frequency = event.removal_frequency

    def draw(self) -> Iterator[None]:
        """Draw the collected data; yields where the event loop may take a turn."""
        state = self._session.state
        layers = state.model.layers if state.model else len(state.layers)
        protected, removed = self._protected(layers), self._best_removed()
        marks = (frozenset(removed), frozenset(protected))
        self._swarm_parts.setVisible(bool(state.iterations))
        self.strip.show_layers(layers, protected, removed)
        self._removed_words.setText(self._words_for(removed))
        yield
        self.map.redraw()
        yield
        self.frequency.show_values(layers, dict(enumerate(self._frequency)), *marks, top=1.0)
        yield
        self.good.show_values(layers, self._good.frequency(layers), *marks, top=1.0)
        yield
        self._draw_analysis()

    def _make_measure(self) -> QComboBox:
        self.measure = ChoiceBox()
        name_choice(self.measure, self.tr("Measure of the analysis"))
        for value, words in (
            ("kl", self.tr("KL when this layer alone is removed")),
            ("perplexity", self.tr("Perplexity when this layer alone is removed")),
            ("block_influence", self.tr("Block Influence")),
            ("angular_distance", self.tr("Angular distance")),
            ("seconds", self.tr("Time per 1,000 tokens (s)")),
        ):
            self.measure.addItem(words, value)
        self.measure.setMaximumWidth(340)
        self.measure.activated.connect(self._draw_analysis)
        return self.measure

    def _best_removed(self) -> ev.RemovalSet:
        state = self._session.state
        if state.search is not None:
            return state.search.removed
        return state.last_iteration.best_removed if state.last_iteration else ()

    def _words_for(self, removed: ev.RemovalSet) -> str:
        if not removed:
            return self.tr("No removal set yet.")
        words = self.tr("Best removal set: {0}").format(format_layers(removed))
        budget = self._session.state.budget
        return (
            words + self.tr(" – {0} on disk without these layers").format(format_bytes(budget.bytes))
            if budget
            else words
        )

    @Slot()
    def _draw_analysis(self) -> None:
        state = self._session.state
        name = self.measure.currentData()
        values = {layer: float(getattr(event, name)) for layer, event in state.layers.items()}
        layers = state.model.layers if state.model else len(state.layers)
        marks = (frozenset(self._best_removed()), frozenset(self._protected(layers)))
        self.analysis.show_values(layers, values, *marks, log=name in _LOGARITHMIC)
        note = analysis_note(state.layers, engine_text) if name in _RACED else ""
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def _protected(self, layers: int) -> tuple[int, ...]:
        """Return the protected layers of the run, or those of the plan until the run has reported them."""
        budget = self._session.state.budget
        if budget is not None:
            return budget.protected
        model = self._session.state.model
        return protected_layers(self._session.settings.analysis, layers, model.needed_layers if model else ())
