"""Offline, no command opens an internet connection, and each states in one sentence what it would have needed."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.api import offline, socket_guard
from engine.api.commands import DownloadModel, KeepToken, PushFolder, SearchHub
from engine.api.control import Control
from engine.api.events import Event, RunFinished
from engine.api.hub_events import HubSearched
from engine.api.interpreter import child_environment
from engine.api.offline import go_offline, go_online
from engine.cli.main import app, routed
from engine.export.gguf_converter import converter_folder
from engine.models.progress import silent
from engine.pipeline import hub_jobs
from tests.engine.pipeline.cases import small_project
from tests.engine.tiny_models import save_tiny

HUB_ID = "organisation/never-downloaded"


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr("engine.api.offline.config_folder", lambda: tmp_path / "config")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.delenv(socket_guard.VARIABLE, raising=False)
    yield
    go_online()


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the internet sockets that anything in this process tries to open."""
    found: list[str] = []
    monkeypatch.setattr(socket_guard, "refused", found)
    return found


def typed(*arguments: str) -> Result:
    return CliRunner().invoke(app, routed(arguments))


COMMANDS: dict[str, tuple[str, ...]] = {
    "demo": ("demo", "project"),
    "estimate": ("estimate", HUB_ID),
    "prune": ("prune", HUB_ID, "--remove", "1", "--to", "out"),
    "eval": ("eval", HUB_ID),
    "fit": ("fit", HUB_ID, "--remove", "1"),
    "formats": ("formats", HUB_ID),
    "preview of a data set": ("preview", "model", "--set", "recovery.source=dataset", "--set", "recovery.dataset=o/n"),
    "push": ("push", "export", "organisation/name"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_each_refusal_is_one_sentence_and_no_socket(tmp_path: Path, attempts: list[str], name: str) -> None:
    save_tiny("llama", tmp_path / "model")
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "layerswarm.json").write_text("{}")
    result = typed(*COMMANDS[name], "--offline")
    output = " ".join((result.stdout + result.stderr).split())
    assert "offline: " in output
    assert "or leave offline mode (LAYERSWARM_OFFLINE, --offline, View > Work offline)." in output
    assert "Something unexpected" not in output
    assert result.exit_code or name == "preview of a data set"
    assert attempts == []


def test_the_doctor_asks_nobody(attempts: list[str]) -> None:
    assert "offline: the Hub is not asked" in typed("doctor", "--offline").stdout
    assert attempts == []


@pytest.mark.slow
def test_a_run_on_a_local_model_opens_no_socket(tmp_path: Path, attempts: list[str]) -> None:
    project = small_project(tmp_path, recovery__enabled=False)
    assert typed("run", str(project.folder), "--offline").exit_code == 0
    assert typed("export", str(project.folder), "--to", "out", "--offline").exit_code == 0
    assert attempts == []


def test_the_jobs_of_the_window_are_refused_too(tmp_path: Path, attempts: list[str]) -> None:
    go_offline()
    (tmp_path / "layerswarm.json").write_text("{}")
    for command in (
        SearchHub(query="llama"),
        DownloadModel(source=HUB_ID),
        PushFolder(folder=str(tmp_path), repo="organisation/name"),
        KeepToken(token="hf_anything"),
    ):
        events: list[Event] = []
        hub_jobs.perform(command, events.append, Control())
        words = [event.problem for event in events if isinstance(event, HubSearched)]
        words += [event.message for event in events if isinstance(event, RunFinished)]
        assert isinstance(command, KeepToken) or words[0].startswith("offline: ")
    assert attempts == []


def test_the_converter_is_not_fetched(attempts: list[str]) -> None:
    go_offline()
    with pytest.raises(offline.Offline, match=r"^offline: llama\.cpp's converter is not on this computer; name a"):
        converter_folder("", silent)
    assert attempts == []


def test_the_guard_refuses_whatever_library_asks(attempts: list[str]) -> None:
    go_offline()
    asking = (
        lambda: socket.create_connection(("192.0.2.1", 80), timeout=1),
        lambda: socket.getaddrinfo("huggingface.co", 443),
        lambda: socket.socket(socket.AF_INET6),
        lambda: urllib.request.urlopen("http://192.0.2.1", timeout=1),
        lambda: socket.gethostbyname("huggingface.co"),
    )
    for ask in asking:
        with pytest.raises(OSError, match="offline: LayerSwarm opens no internet connection"):
            ask()
    assert len(attempts) >= len(asking)


def test_sockets_of_this_computer_still_work() -> None:
    go_offline()
    first, second = socket.socketpair(socket.AF_UNIX)
    with first, second:
        first.sendall(b"x")
        assert second.recv(1) == b"x"


def test_a_socket_that_was_open_before_connects_to_nobody() -> None:
    with socket.socket() as opened:
        go_offline()
        with pytest.raises(OSError, match="offline"):
            opened.connect(("127.0.0.1", 1))


def test_a_python_process_of_an_offline_engine_is_guarded_from_its_first_line() -> None:
    go_offline()
    code = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    for environment in (child_environment(), child_environment(PYTHONPATH="")):
        result = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
        assert "offline: LayerSwarm opens no internet connection" in result.stderr
        assert environment["HF_HUB_OFFLINE"] == environment["PIP_NO_INDEX"] == "1"


def test_processes_that_train_together_reach_each_other_and_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    go_offline()
    monkeypatch.setenv(socket_guard.LOOPBACK, "1")
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as one:
        assert one
    with pytest.raises(OSError, match="offline"):
        socket.create_connection(("192.0.2.1", 80), 1)


@pytest.mark.parametrize(
    ("variable", "kept", "expected"),
    [
        ("1", False, True),
        ("true", False, True),
        ("0", True, False),
        ("", True, True),
        (None, True, True),
        ("", False, False),
    ],
)
def test_the_switch(monkeypatch: pytest.MonkeyPatch, variable: str | None, kept: bool, expected: bool) -> None:
    if variable is not None:
        monkeypatch.setenv(socket_guard.VARIABLE, variable)
    offline.keep_choice(kept)
    offline.begin()
    assert socket_guard.is_offline() is expected


def test_going_online_restores_the_environment() -> None:
    before = dict(os.environ)
    go_offline()
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    go_online()
    assert {name: value for name, value in os.environ.items() if "OFFLINE" in name} == {
        name: value for name, value in before.items() if "OFFLINE" in name
    }


def test_every_command_has_the_option() -> None:
    for command in app.registered_commands:
        assert command.callback is not None
        assert "offline" in command.callback.__annotations__, command.name
    assert routed(["--offline"]) == ["--offline", "open"]
    assert routed(["--offline", "run", "x"]) == ["--offline", "run", "x"]
