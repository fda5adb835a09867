"""The Recovery page: the compensated gaps; loss, validation KL, learning rate and speed of the training."""

from collections.abc import Iterator

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from engine.api import events as ev
from engine.api.run_state import RunState
from gui.charts.captioned import captioned
from gui.charts.legend import Legend
from gui.charts.training import LossChart, StepChart
from gui.pages.page import Page
from gui.pages.recovery_gaps import GapsCard
from gui.pages.resource_usage_card import ResourceUsageCard
from gui.pages.stages_card import StagesCard
from gui.project.session import Session
from gui.widgets.card import Card
from gui.widgets.empty_state import EmptyState
from gui.widgets.figure import Figure, FigureRow
from gui.widgets.text import as_tooltip
from gui.words.formatting import NOTHING, format_change, format_number, format_rate, format_whole


class RecoveryPage(Page):
    """Built from the events of compensation and recovery."""

    uses_events = True

    def __init__(self, session: Session) -> None:
        super().__init__(session, self.tr("Recovery"), "")

    def parts(self) -> Iterator[None]:
        """Create the figures, the loss, the learning rate with the speed, and the resource usage."""
        self.set_empty_state(
            EmptyState(
                self.tr("No recovery yet"),
                self.tr(
                    "After the search, training recovers what the pruned model lost. The loss is plotted here live."
                ),
            )
        )
        self.stages = StagesCard(self.session)
        self.column.addWidget(self.stages)
        self.gaps = GapsCard()
        self.column.addWidget(self.gaps)
        figures = self._make_figures()
        self.column.addWidget(figures)
        yield
        left, right = self.body.add_columns()
        loss = self._make_loss()
        left.addWidget(loss)
        yield
        progress = Card(self.tr("Learning rate and speed"))
        right.addWidget(progress)
        self._training_cards = (figures, loss, progress)
        row = QHBoxLayout()
        row.setSpacing(16)
        progress.add(row)
        self.rate = StepChart(self.tr("Learning rate over steps"), self.tr("× 10⁻³"))
        row.addLayout(captioned(self.tr("Learning rate"), self.rate), 1)
        yield
        self.speed = StepChart(self.tr("Tokens per second over steps"), self.tr("tokens/s"))
        row.addLayout(captioned(self.tr("Speed"), self.speed), 1)
        yield
        self.load = ResourceUsageCard()
        right.addWidget(self.load)
        yield from self.load.parts()

    def _make_figures(self) -> Card:
        self.figures = {
            "step": Figure(self.tr("Step")),
            "loss": Figure(self.tr("Training loss")),
            "validation": Figure(
                self.tr("Best validation KL"), self.tr("Over the whole vocabulary, on text kept back from training.")
            ),
            "perplexity": Figure(self.tr("Validation perplexity")),
            "speed": Figure(self.tr("Speed")),
        }
        card = Card()
        card.add(FigureRow(*self.figures.values()))
        return card

    def _make_loss(self) -> Card:
        card = Card(self.tr("Loss"))
        raw = self.tr("each step")
        legend = Legend(
            ("series", raw),
            ("muted", self.tr("training, smoothed")),
            ("accent", self.tr("validation KL")),
            faint=(raw,),
        )
        card.header.addWidget(legend)
        self.log_scale = QCheckBox(self.tr("Logarithmic scale"))
        self.log_scale.toggled.connect(self._choose_scale)
        self.loss = LossChart()
        card.add(self.log_scale)
        card.add(self.loss)
        return card

    @Slot(bool)
    def _choose_scale(self, log: bool) -> None:
        self.loss.set_log_y(log)
        self.loss.redraw()

    def clear(self) -> None:
        """Discard the data of the run."""
        for chart in (self.loss, self.rate, self.speed):
            chart.clear_data()
        self.load.clear_data()

    def add_event(self, event: ev.AnyEvent) -> None:
        """Add a step or a measurement."""
        if isinstance(event, ev.RecoveryStepped):
            self.loss.add_event(event)
            self.rate.put(event.step, event.steps, 1000 * event.learning_rate)
            self.speed.put(event.step, event.steps, event.tokens_per_second)
        elif isinstance(event, ev.RecoveryMeasured):
            self.loss.add_event(event)
        elif isinstance(event, ev.Heartbeat):
            self.load.add_event(event)

    def draw(self) -> Iterator[None]:
        """Draw the collected events."""
        state = self.session.state
        trains = bool(state.steps or state.validations or state.recovery)
        for card in self._training_cards:
            card.setVisible(trains)
        is_at_work = self.session.jobs.running("run") is not None
        self.show_content(is_at_work or trains or bool(state.folded_gaps))
        self.stages.refresh()
        self.gaps.show_state(state)
        self.sentence.setText(self._sentence(state))
        self._show_figures()
        for part in (self.loss, self.rate, self.speed, self.load):
            yield
            part.redraw()

    def _show_figures(self) -> None:
        state = self.session.state
        last = next(reversed(state.steps.values()), None)
        best = min(state.validations.values(), key=lambda event: event.validation_kl, default=None)
        first = state.validations.get(0)
        self.figures["step"].show_value(
            format_whole(last.step) if last else None,
            self.tr("of {0}").format(format_whole(last.steps)) if last else "",
        )
        of_predictions = self.tr("KL counts the 256 most likely tokens and the rest.")
        of_states = self.tr(
            "Squared distance of the hidden states behind the trained layers, relative to the dense ones."
        )
        self.figures["loss"].setToolTip(as_tooltip(of_states if state.trains_locally else of_predictions))
        self.figures["loss"].show_value(format_number(last.loss) if last else None)
        change = format_change(first.validation_kl, best.validation_kl) if first and best else NOTHING
        note = self.tr("{0} from start").format(change) if change != NOTHING else ""
        self.figures["validation"].show_value(format_number(best.validation_kl) if best else None, note)
        self.figures["perplexity"].show_value(
            format_number(best.validation_perplexity) if best else None,
            self.tr("at step {0}").format(best.step) if best else "",
        )
        tokens = self.tr("{0} tokens so far").format(format_whole(last.tokens)) if last else ""
        self.figures["speed"].show_value(format_rate(last.tokens_per_second) if last else None, tokens)

    def _sentence(self, state: RunState) -> str:
        recovery = state.recovery
        if state.unfit_training is not None:
            return self.tr(
                "Training did not fit into memory, so the compensated model is kept. Continue to try it again."
            )
        if recovery is None:
            return self.tr(
                "The pruned model learns to answer as the dense one does. The best validation point is kept."
            )
        if not recovery.helped:
            return self.tr("Training did not help, so the model from before it is kept unchanged.")
        return self.tr("Recovered: validation KL went from {0} to {1}, best at step {2}.").format(
            format_number(recovery.validation_kl_before),
            format_number(recovery.validation_kl_after),
            recovery.best_step,
        )
