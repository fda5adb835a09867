"""The candidates of an iteration as a table, and the layers that the good ones remove."""

import math

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from engine.api.events import IterationFinished
from engine.api.settings import Settings
from gui.pages.search_candidates import STRIP_ROLE, CandidateModel, CandidateTable, GoodCandidates
from tests.gui import canned

pytestmark = pytest.mark.slow

ITERATIONS = [event for event in canned.run_events(Settings()) if isinstance(event, IterationFinished)]


def test_it_is_a_right_item_model_while_iterations_come(qtmodeltester: ModelTester) -> None:
    model = CandidateModel()
    qtmodeltester.check(model)
    for event in ITERATIONS[:3]:
        model.show_iteration(event)
        assert model.rowCount() == canned.CANDIDATES
    model.show_iteration(None)
    assert model.rowCount() == 0


def test_the_best_candidate_comes_first_and_another_order_can_be_chosen(qtbot: QtBot) -> None:
    table = CandidateTable()
    qtbot.addWidget(table)
    event = msgspec.structs.replace(ITERATIONS[-1], fitness=(math.inf, *ITERATIONS[-1].fitness[1:]))
    table.model.show_iteration(event)
    best = min(range(canned.CANDIDATES), key=lambda place: event.fitness[place])
    assert table.sorted.index(0, 0).data() == str(best + 1)
    assert table.sorted.index(0, 4).data(STRIP_ROLE) == (canned.LAYERS, event.candidates[best])
    assert table.sorted.index(canned.CANDIDATES - 1, 1).data() == "infinite"
    table.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert [table.sorted.index(row, 0).data() for row in range(3)] == ["1", "2", "3"]
    table.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    table.model.show_iteration(ITERATIONS[-2])
    assert table.sorted.index(0, 1).data() == f"{ITERATIONS[-2].worst_fitness:.4g}".ljust(5, "0")


def test_the_best_fifth_says_what_is_missed_least() -> None:
    good = GoodCandidates()
    sets = tuple((layer, layer + 1) for layer in range(10))
    event = msgspec.structs.replace(ITERATIONS[0], candidates=sets, fitness=tuple(float(place) for place in range(10)))
    good.add_event(event)
    good.add_event(event)  # a repeated candidate counts once
    assert good.frequency(12)[1] == 1.0
    assert good.frequency(12)[0] == good.frequency(12)[2] == pytest.approx(0.5)
    assert good.frequency(12)[5] == 0.0


def test_nothing_met_is_nothing_good() -> None:
    assert set(GoodCandidates().frequency(4).values()) == {0.0}
