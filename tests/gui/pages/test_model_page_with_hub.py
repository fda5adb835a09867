"""The Model page with the real worker and a Hub on loopback: search, download, pause, gated model, no network."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from transformers import LlamaConfig, LlamaForCausalLM

from gui.engine_link.jobs import EngineJobs
from gui.look.theme import ThemeManager
from gui.project.preferences import Preferences
from gui.project.session import Session
from gui.shell.main_window import MainWindow
from tests.engine.sources.local_hub import LocalHub, hub_environment, serve
from tests.engine.tiny_models import tiny_tokenizer
from tests.gui.driving import Person
from tests.gui.projects import new_project
from tests.warm_process import start_engines_warm

pytestmark = pytest.mark.slow

PATIENCE = 120_000


PRELOADED = ("engine.pipeline.jobs", "engine.pipeline.hub_jobs", "tests.engine.sources.without_back_off")
"""The Hub's library reads the environment when it is imported, so this file has a warm server of its own."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalHub]:
    """Serve a Hub whose address and caches are in the environment, and so in that of the warm server."""
    folder = tmp_path_factory.mktemp("hub")
    with serve(folder / "served") as hub, pytest.MonkeyPatch.context() as patch:
        for key, value in hub_environment(hub, folder).items():
            patch.setenv(key, value)
        yield hub


@pytest.fixture
def hub(served: LocalHub, monkeypatch: pytest.MonkeyPatch) -> LocalHub:
    """Return the Hub, empty and well, before anything was asked or downloaded."""
    start_engines_warm(monkeypatch, PRELOADED)
    for folder in served.root.parent.iterdir():
        shutil.rmtree(folder)
    served.root.mkdir()
    served.requests.clear()
    served.error, served.seconds_per_block = None, 0.0
    return served


@pytest.fixture
def person(
    hub: LocalHub, qtbot: QtBot, qapp: QApplication, preferences: Preferences, tmp_path: Path
) -> Iterator[Person]:
    """Return a person at the Hub in a project whose model folder does not exist yet."""
    session = Session(EngineJobs(), preferences)
    window = MainWindow(session, ThemeManager(qapp, "light"), ahead=False)
    qtbot.addWidget(window)
    window.show()
    person = Person(qtbot, window, PATIENCE)
    session.open(new_project(tmp_path / "project", model__source=str(tmp_path / "none")).folder)
    page = person.model
    person.clicks(page.places.button("hub"))
    yield person
    session.jobs.end_all()


def put_llama(hub: LocalHub, repo: str, **card: str) -> None:
    """Publish a model that can be inspected, with weights large enough for a download to be resumed."""
    config = LlamaConfig(
        vocab_size=2048, hidden_size=128, intermediate_size=256, num_hidden_layers=4, num_attention_heads=4
    )
    LlamaForCausalLM(config).save_pretrained(hub.root / repo)
    tiny_tokenizer().save_pretrained(hub.root / repo)
    (hub.root / repo / ".hub.json").write_text(json.dumps(card))


def test_a_model_is_found_downloaded_paused_gone_on_with_and_looked_at(person: Person, hub: LocalHub) -> None:
    put_llama(hub, "maker/small")
    page = person.model
    page.hub.hub_id.setText("small")
    person.qtbot.waitUntil(
        lambda: [model.source for model in page.hub_client.models] == ["maker/small"], timeout=PATIENCE
    )
    hub.seconds_per_block = 0.05
    page.hub.table.select("maker/small")
    person.clicks(page.hub.use)
    person.qtbot.waitUntil(
        lambda: page.hub_client.download is not None and page.hub_client.download.done > 10**6, timeout=PATIENCE
    )
    person.clicks(page.download.pause)
    person.qtbot.waitUntil(page.download.resume.isVisible, timeout=PATIENCE)
    hub.seconds_per_block = 0.0
    person.clicks(page.download.resume)
    person.qtbot.waitUntil(lambda: person.session.state.model is not None, timeout=PATIENCE)
    person.waits_for_rest()
    assert page.name.text() == "small"
    assert page.figures["layers"].text == "4"
    assert hub.asked_for("model.safetensors")[-1].startswith("bytes=")
    assert [model.source for model in page.hub_client.local] == ["maker/small"]


def test_a_closed_door_and_a_token_that_opens_it(person: Person, hub: LocalHub) -> None:
    put_llama(hub, "maker/closed", gated="manual")
    page = person.model
    page.hub.hub_id.setText("maker/closed")
    person.clicks(page.hub.use)
    person.qtbot.waitUntil(page.access.isVisible, timeout=PATIENCE)
    person.waits_for_rest()
    assert "needs a Hub token" in page.access.title.text()
    page.access.token.setText("hf_waiting")
    person.clicks(page.access.keep)
    person.qtbot.waitUntil(lambda: "no access" in page.access.title.text(), timeout=PATIENCE)
    person.waits_for_rest()
    page.access.token.setText("hf_let_in")
    person.clicks(page.access.keep)
    person.qtbot.waitUntil(lambda: page.hub_client.download is None, timeout=PATIENCE)
    person.waits_for_rest()
    assert person.session.settings.model.source == "maker/closed"


def test_without_the_hub_the_page_says_so_and_what_is_here_can_be_used(
    person: Person, hub: LocalHub, tmp_path: Path
) -> None:
    hub.error = 503
    page = person.model
    page.hub.hub_id.setText("anything")
    person.qtbot.waitUntil(lambda: "error 503" in page.hub.state.text(), timeout=PATIENCE)
    person.waits_for_rest()
    assert page.hub.retry.isVisible()
    assert not person.window.notice.isVisible()
    put_llama(hub, "here/local")
    person.chooses_model(str(hub.root / "here/local"))
    person.qtbot.waitUntil(lambda: person.session.state.model is not None, timeout=PATIENCE)
    person.waits_for_rest()
    assert page.figures["layers"].text == "4"
