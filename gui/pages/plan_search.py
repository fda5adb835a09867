"""The search card: the search algorithm and its parameters."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QRadioButton, QWidget

from engine.api.algorithms import SearchAlgorithm, algorithm_faults, known_algorithm, search_algorithms
from gui.project.session import Session
from gui.project.settings_info import keys_below, keys_except, tooltip
from gui.widgets.card import Card, rule
from gui.widgets.fold import Fold
from gui.widgets.setting_fields import (
    CAPTION_WIDTH,
    FIELD_HEIGHT,
    FIELD_SPACING,
    SettingCombo,
    SettingLine,
    SettingSpin,
    TwoForms,
    add_field,
    form,
)
from gui.widgets.setting_rows import MoreSettings
from gui.widgets.text import as_tooltip, label
from gui.words.algorithm_names import algorithm_name
from gui.words.messages import message_words
from gui.words.translation import engine_text

_MAIN = ("pso", "woa")
"""The algorithms that are always in sight."""
_SHOWN = ("algorithm", "objective", "task", "population", "iterations", "seed")


class SearchCard(Card):
    """The algorithms with a sentence each; population, iterations and seed."""

    def __init__(self, session: Session) -> None:
        super().__init__(self.tr("Search"))
        self._session = session
        self._shown = ""
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
        self.work = label("", "caption", wrap=True)
        self.add(self._algorithm_rows([each for each in search_algorithms() if each.key in _MAIN]))
        others = self._algorithm_rows(
            [each for each in search_algorithms() if each.key not in _MAIN], algorithm_faults()
        )
        self.others = Fold(self.tr("Baselines and other algorithms"), lambda: others)
        others.setParent(self.others)
        others.hide()  # until the fold is opened
        self.add(self.others)
        self.add(rule())
        self.add(self._fields())
        change = self.tr("Change search")
        self.own = {
            each.parameters: MoreSettings(
                session,
                self.tr("{0}: parameters").format(engine_text(each.title)),
                keys_below(f"search.{each.parameters}"),
                change,
            )
            for each in search_algorithms()
            if each.parameters == each.key
        }
        self.more = MoreSettings(session, self.tr("More of the search"), _more_keys(), change)
        for section in (*self.own.values(), self.more):
            self.add(section)
        self.algorithms.buttonClicked.connect(self._save_algorithm)

    def _algorithm_rows(self, algorithms: list[SearchAlgorithm], faults: Sequence[str] = ()) -> QWidget:
        """Return a choice and a sentence for each algorithm, and below them what is wrong with further ones."""
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(FIELD_SPACING)
        grid.setVerticalSpacing(7)
        grid.setColumnMinimumWidth(0, CAPTION_WIDTH)
        grid.setColumnStretch(1, 1)
        for row, algorithm in enumerate(algorithms):
            grid.addWidget(self._radio(algorithm), row, 0)
            grid.addWidget(label(engine_text(algorithm.explanation), "muted", wrap=True), row, 1)
        for fault in faults:
            grid.addWidget(label(message_words(fault), "muted", wrap=True), grid.rowCount(), 0, 1, 2)
        return rows

    def _radio(self, algorithm: SearchAlgorithm) -> QRadioButton:
        radio = QRadioButton(engine_text(algorithm.title))
        radio.setProperty("value", algorithm.key)
        radio.setAccessibleDescription(engine_text(algorithm.explanation))
        origin = self.tr("Provided by {0}").format(algorithm.distribution) if algorithm.distribution else ""
        lines = (algorithm.reference, algorithm.address, origin, tooltip("search.algorithm"))
        radio.setToolTip(as_tooltip("\n".join(filter(None, lines))))
        self.algorithms.addButton(radio)
        return radio

    def _fields(self) -> TwoForms:
        fields = form()
        add_field(fields, self.tr("Population"), self.population)
        add_field(fields, self.tr("Iterations"), self.iterations)
        right = form()
        add_field(right, self.tr("Fitness"), self.objective)
        add_field(right, self.tr("Task"), self.task)
        add_field(fields, self.tr("Seed"), self.seed)
        self.work.setMinimumHeight(FIELD_HEIGHT)
        right.addRow(self.work)
        return TwoForms(fields, right)

    def refresh(self) -> None:
        """Show the current settings."""
        search = self._session.settings.search
        if search.algorithm not in _MAIN and search.algorithm != self._shown:
            self.others.toggle.setChecked(True)  # so that the chosen one is seen
        self._shown = search.algorithm
        for radio in self.algorithms.buttons():
            with QSignalBlocker(radio):
                radio.setChecked(radio.property("value") == search.algorithm)
        self.task.setEnabled(search.objective == "task")
        algorithm = known_algorithm(search.algorithm)
        for name, section in self.own.items():
            section.setVisible(algorithm is not None and algorithm.parameters == name)
        counts = algorithm is None or algorithm.cost == "population"
        self.population.setEnabled(counts)
        self.iterations.setEnabled(counts)
        self.work.setText(self._cost(algorithm))

    def _cost(self, algorithm: SearchAlgorithm | None) -> str:
        """Return how many candidates the search measures, as a sentence."""
        search = self._session.settings.search
        if algorithm is None:
            return self.tr("{0} is not installed; install its package, or choose another algorithm.").format(
                search.algorithm
            )
        if algorithm.cost == "population":
            most = search.population * search.iterations
            return self.tr("At most %n candidates; repeated ones are not computed again.", "", most)
        if algorithm.cost == "layers":
            return self.tr("{0} tries every prunable layer at each removal; it needs neither.").format(
                algorithm_name(algorithm.key)
            )
        return self.tr("The analysis names its set at once; it needs neither.")

    @Slot(QAbstractButton)
    def _save_algorithm(self, button: QAbstractButton) -> None:
        self._session.change({"search.algorithm": button.property("value")}, self.tr("Choose algorithm"))


def _more_keys() -> list[str]:
    """Return the settings of the search without a field of their own, except those of a single algorithm."""
    return [*keys_except("search", _SHOWN), *keys_below("search.racing"), *keys_below("search.weights")]
