"""The convergence card: fitness over iterations, candidates, layer applications, tokens or time."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox

from gui.charts.convergence import ConvergenceChart
from gui.charts.legend import Legend
from gui.widgets.card import Card
from gui.widgets.choice_names import name_choice


class ConvergenceCard(Card):
    """The chart with its legend and the choice of its x axis."""

    def __init__(self) -> None:
        super().__init__(self.tr("Convergence"))
        self.chart = ConvergenceChart()
        self.against = QComboBox()
        spread = self.tr("middle half")
        legend = Legend(("accent", self.tr("best")), ("series", self.tr("mean")), ("series", spread), bands=(spread,))
        self.header.addWidget(legend)
        self.add(self._make_against())
        self.add(self.chart)

    def redraw(self) -> None:
        """Draw the chart."""
        self._offer_tokens()
        self.chart.redraw()

    def _make_against(self) -> QComboBox:
        name_choice(self.against, self.tr("Horizontal axis of the convergence chart"))
        for value, words in (
            ("iteration", self.tr("over iterations")),
            ("evaluations", self.tr("over candidates computed")),
            ("applications", self.tr("over layer applications")),
            ("tokens", self.tr("over tokens")),
            ("minutes", self.tr("over time")),
        ):
            self.against.addItem(words, value)
        self.against.setMaximumWidth(240)
        self.against.activated.connect(self._choose_against)
        return self.against

    @Slot()
    def _choose_against(self) -> None:
        self.chart.show_against(self.against.currentData())

    def _offer_tokens(self) -> None:
        """Offer tokens as the x axis if the journal counts them."""
        place, model = self.against.findData("tokens"), self.against.model()
        assert isinstance(model, QStandardItemModel)
        model.item(place).setEnabled(self.chart.knows_tokens)
        if not self.chart.knows_tokens and self.against.currentIndex() == place:
            self.against.setCurrentIndex(0)
            self._choose_against()
