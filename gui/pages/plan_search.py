"""The search card: the search algorithm and its parameters."""

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton

from engine.api.settings import WITHOUT_CHANCE
from gui.project.session import Session
from gui.project.settings_info import keys_below, keys_except, tooltip
from gui.widgets.card import Card, rule
from gui.widgets.setting_fields import FIELD_HEIGHT, SettingCombo, SettingLine, SettingSpin, add_field, form
from gui.widgets.setting_rows import MoreSettings
from gui.widgets.text import label

_SHOWN = ("algorithm", "objective", "task", "population", "iterations", "seed")


class SearchCard(Card):
    """The algorithms with a sentence each; population, iterations and seed."""

    def __init__(self, session: Session) -> None:
        super().__init__(self.tr("Search"))
        self._session = session
        self.algorithms = QButtonGroup(self)
        self.population = SettingSpin(session, "search.population", self.tr("Change population"))
        self.iterations = SettingSpin(session, "search.iterations", self.tr("Change iterations"))
        self.seed = SettingSpin(session, "search.seed", self.tr("Change seed"))
        objectives = (
            ("kl", self.tr("KL to the dense model")),
            ("perplexity", self.tr("Perplexity")),
            ("task", self.tr("Accuracy on a task")),
        )
        self.objective = SettingCombo(session, "search.objective", self.tr("Change fitness"), objectives)
        self.task = SettingLine(session, "search.task", self.tr("Change task"), self.tr("such as hellaswag"))
        self._work = label("", "caption", wrap=True)
        self.add(self._algorithm_grid())
        self.add(rule())
        self.add(self._fields())
        change = self.tr("Change search")
        self.own = {
            "pso": MoreSettings(session, self.tr("Particle swarm: its parameters"), keys_below("search.pso"), change),
            "woa": MoreSettings(session, self.tr("Whales: their parameters"), keys_below("search.woa"), change),
        }
        self.more = MoreSettings(session, self.tr("More of the search"), _more_keys(), change)
        for section in (*self.own.values(), self.more):
            self.add(section)
        self.algorithms.buttonClicked.connect(self._save_algorithm)

    def _algorithm_grid(self) -> QGridLayout:
        choices = (
            (
                "pso",
                self.tr("Particle swarm"),
                self.tr("Particles move towards their own and their neighbours' best sets."),
            ),
            (
                "woa",
                self.tr("Whale optimisation"),
                self.tr("Whales encircle the best set, spiral towards it, or roam."),
            ),
            ("evolution", self.tr("Evolution"), self.tr("A baseline: swaps of layers in the best set so far.")),
            ("greedy", self.tr("Greedy"), self.tr("A baseline: removes the least missed layer, again and again.")),
            (
                "block_influence",
                self.tr("Block Influence"),
                self.tr("A baseline: the layers that change the hidden states least, at once."),
            ),
            (
                "angular",
                self.tr("Angular distance"),
                self.tr("A baseline: the layers in a row that turn the hidden states least, at once."),
            ),
            (
                "textbook_pso",
                self.tr("Textbook PSO"),
                self.tr("A baseline: the swarm as published, started anywhere, without scouts."),
            ),
            (
                "textbook_woa",
                self.tr("Textbook WOA"),
                self.tr("A baseline: the whales as published, started anywhere, without scouts."),
            ),
            ("random", self.tr("Random"), self.tr("A baseline: the best of as many random sets.")),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        for row, (value, name, sentence) in enumerate(choices):
            radio = QRadioButton(name)
            radio.setProperty("value", value)
            radio.setAccessibleDescription(sentence)
            radio.setToolTip(tooltip("search.algorithm"))
            self.algorithms.addButton(radio)
            grid.addWidget(radio, row, 0)
            grid.addWidget(label(sentence, "muted", wrap=True), row, 1)
        return grid

    def _fields(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(32)
        fields = form()
        add_field(fields, self.tr("Population"), self.population)
        add_field(fields, self.tr("Iterations"), self.iterations)
        right = form()
        add_field(right, self.tr("Fitness"), self.objective)
        add_field(right, self.tr("Task"), self.task)
        add_field(fields, self.tr("Seed"), self.seed)
        self._work.setMinimumHeight(FIELD_HEIGHT)
        right.addRow(self._work)
        row.addLayout(fields)
        row.addLayout(right, 1)
        return row

    def refresh(self) -> None:
        """Show the current settings."""
        search = self._session.settings.search
        for radio in self.algorithms.buttons():
            with QSignalBlocker(radio):
                radio.setChecked(radio.property("value") == search.algorithm)
        self.task.setEnabled(search.objective == "task")
        for name, section in self.own.items():
            section.setVisible(search.algorithm in (name, f"textbook_{name}"))
        counts = search.algorithm not in WITHOUT_CHANCE
        self.population.setEnabled(counts)
        self.iterations.setEnabled(counts)
        if counts:
            most = search.population * search.iterations
            self._work.setText(self.tr("At most {0} candidates; repeated ones are not computed again.").format(most))
        elif search.algorithm == "greedy":
            self._work.setText(self.tr("Greedy tries every prunable layer at each removal; it needs neither."))
        else:
            self._work.setText(self.tr("The analysis names its set at once; it needs neither."))

    @Slot(QAbstractButton)
    def _save_algorithm(self, button: QAbstractButton) -> None:
        self._session.change({"search.algorithm": button.property("value")}, self.tr("Choose algorithm"))


def _more_keys() -> list[str]:
    """Return the settings of the search without a field of their own, except those of a single algorithm."""
    return [*keys_except("search", _SHOWN), *keys_below("search.racing"), *keys_below("search.weights")]
