"""A token of the person, wherever it comes from, is in no file that LayerSwarm writes and in nothing that it prints."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import constants
from typer.testing import CliRunner, Result

from engine.api.commands import DownloadModel, KeepToken, PushFolder
from engine.api.control import Control
from engine.api.events import Event, encode_event
from engine.api.offline import go_online
from engine.cli.main import app, routed
from engine.pipeline import hub_jobs
from engine.sources.hub import token
from tests.engine.file_keyring import FileKeyring
from tests.engine.pipeline.cases import small_project

IN_ENVIRONMENT, IN_FILE, TYPED = ("hf_PlantedInEnvironment1", "hf_PlantedInHubsFile22", "hf_PlantedByTyping333")
PLANTED = (IN_ENVIRONMENT, IN_FILE, TYPED)


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Plant tokens where the Hub's library looks for them, and return the folder that holds all that is written."""
    place = tmp_path / "all"
    place.mkdir()
    monkeypatch.chdir(place)
    for variable, folder in (("LAYERSWARM_CACHE", "cache"), ("XDG_CONFIG_HOME", "config"), ("HF_HOME", "hub")):
        monkeypatch.setenv(variable, str(place / folder))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.engine.file_keyring.FileKeyring")
    monkeypatch.setenv("FILE_KEYRING", str(tmp_path / "keyring"))
    monkeypatch.setattr("keyring.core._keyring_backend", None)  # chosen anew, and again after the test
    monkeypatch.setenv("HF_TOKEN", IN_ENVIRONMENT)
    (tmp_path / "token").write_text(IN_FILE)
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "token"))
    assert token.find_token() == IN_ENVIRONMENT
    yield place
    go_online()  # from the command that worked offline


def typed(*arguments: str) -> Result:
    return CliRunner().invoke(app, routed(arguments))


def assert_clean(*texts: str | bytes) -> None:
    for text in texts:
        content = text.encode() if isinstance(text, str) else text
        assert not any(secret.encode() in content for secret in PLANTED)


def assert_nothing_written(place: Path) -> None:
    files = [path for path in place.rglob("*") if path.is_file()]
    assert len(files) > 1
    for file in files:
        assert_clean(str(file), file.read_bytes())


@pytest.mark.slow
def test_a_run_its_report_and_its_export_hold_no_token(planted: Path) -> None:
    project = small_project(planted, recovery__enabled=False)
    printed = [
        typed("run", str(project.folder)),
        typed("export", str(project.folder), "--to", "out"),
        typed("report", str(project.folder), "--html", "report.html"),
        typed("report", str(project.folder), "--json"),
        typed("eval", str(project.folder / "none")),
        typed("doctor", "--offline"),
    ]
    assert [each.exit_code for each in printed][:4] == [0, 0, 0, 0]
    assert_clean(*(each.stdout + each.stderr for each in printed))
    assert_nothing_written(planted)


@pytest.mark.parametrize("fault", ["Illegal header value b'Bearer {0}'", "https://me:{0}@hub: refused", "{0}"])
def test_what_the_libraries_say_of_a_token_goes_nowhere(
    planted: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise RuntimeError(fault.format(token.find_token()))

    (planted / "layerswarm.json").write_text("{}")
    monkeypatch.setattr("huggingface_hub.HfApi.create_repo", fail)
    monkeypatch.setattr("engine.pipeline.hub_jobs.fetch_from_hub", fail)
    events: list[Event] = []
    hub_jobs.perform(PushFolder(folder=str(planted), repo="organisation/name"), events.append, Control())
    hub_jobs.perform(DownloadModel(source="organisation/name", token=TYPED), events.append, Control())
    assert_clean(*map(encode_event, events))
    assert_nothing_written(planted)


def test_a_kept_token_is_in_the_keyring_only(planted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.pipeline.hub_jobs.owner_of", lambda _token: "somebody")
    keyring = FileKeyring()
    monkeypatch.setattr("keyring.get_keyring", lambda: keyring)
    for name in ("get_password", "set_password", "delete_password"):
        monkeypatch.setattr(f"keyring.{name}", getattr(keyring, name))
    events: list[Event] = []
    hub_jobs.perform(KeepToken(token=TYPED), events.append, Control())
    assert TYPED in (tmp_path / "keyring").read_text()
    assert_clean(*map(encode_event, events))
    assert not any(path.is_file() for path in planted.rglob("*"))


def test_a_keyring_that_encrypts_nothing_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    class PlaintextKeyring:
        def set_password(self, *_arguments: str) -> None:
            raise AssertionError("the token was given to it")

    monkeypatch.setattr("keyring.get_keyring", PlaintextKeyring)
    assert not token.keep_token(TYPED)
    assert token.kept_token() is None
