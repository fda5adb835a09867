"""The charts of the layers: which figures of the analysis are estimates."""

from types import SimpleNamespace

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from engine.api.events import LayerAnalysed
from engine.api.run_state import RunState
from engine.api.settings import Settings
from gui.pages.search_layers import LayersCard
from tests.gui import canned

pytestmark = pytest.mark.slow


def card_of(qtbot: QtBot, estimated: frozenset[int]) -> LayersCard:
    events = [
        msgspec.structs.replace(event, estimated_from=2)
        if isinstance(event, LayerAnalysed) and event.layer in estimated
        else event
        for event in canned.run_events(Settings())
    ]
    session = SimpleNamespace(state=RunState.replay(events), settings=Settings())
    card = LayersCard(session)  # type: ignore[arg-type]
    qtbot.addWidget(card)
    list(card.parts())
    list(card.draw())
    return card


def chosen(card: LayersCard, name: str) -> str:
    card.measure.setCurrentIndex(card.measure.findData(name))
    card.measure.activated.emit(card.measure.currentIndex())
    return card.note.text() if card.note.isVisibleTo(card) else ""


def test_estimates_are_called_so_where_they_are_shown(qtbot: QtBot) -> None:
    card = card_of(qtbot, frozenset(range(canned.LAYERS)) - {3, 4, 9})
    for name in ("kl", "perplexity"):
        assert "for the layers 3–4, 9." in chosen(card, name)
    assert chosen(card, "block_influence") == chosen(card, "seconds") == ""


def test_nothing_is_said_where_all_was_measured(qtbot: QtBot) -> None:
    assert chosen(card_of(qtbot, frozenset()), "kl") == ""
