"""An export goes to the Hub whole, and each way in which the Hub says no has a sentence of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import constants
from typer.testing import CliRunner

from engine.api.errors import BadInput
from engine.cli.main import app
from engine.export import push
from engine.export.push import push_folder
from engine.sources.hub.errors import HubUnreachable
from tests.engine.export.cases import exported, saved
from tests.engine.export.upload_hub import OWNER, READER, TOKEN, UploadHub, upload_hub

pytestmark = pytest.mark.slow

REPO = f"{OWNER}/small"


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[UploadHub]:
    with upload_hub() as served:
        monkeypatch.setattr(constants, "ENDPOINT", served.address)
        monkeypatch.setattr("huggingface_hub.hf_api.constants.ENDPOINT", served.address)
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        use(monkeypatch, TOKEN)
        yield served


@pytest.fixture
def export(tmp_path: Path) -> Path:
    exported(saved("llama", tmp_path / "model"), (1, 4), tmp_path / "small")
    return tmp_path / "small"


def use(monkeypatch: pytest.MonkeyPatch, token: str | None) -> None:
    monkeypatch.setattr(push, "find_token", lambda: token)


def test_every_file_of_an_export_arrives_as_it_is(hub: UploadHub, export: Path) -> None:
    assert push_folder(export, REPO, private=True) == f"{hub.address}/{REPO}"
    assert hub.files[REPO] == {file.name: file.read_bytes() for file in export.iterdir()}
    assert hub.private[REPO]


def test_pushing_again_to_a_repository_that_is_there(hub: UploadHub, export: Path) -> None:
    push_folder(export, REPO, private=False)
    (export / "README.md").write_text("---\nlicense: mit\n---\nNew.\n")
    push_folder(export, REPO, private=False)
    assert hub.files[REPO]["README.md"].endswith(b"New.\n")


@pytest.mark.parametrize(
    ("token", "repo", "words"),
    [
        (None, REPO, "needs a Hub token with write access: .* 'hf auth login'"),
        ("hf_unknown", REPO, "does not accept the token of this computer"),
        (READER, REPO, f"may not write to {REPO} .*use a token that may write there"),
        (TOKEN, "others/small", "may not write to others/small"),
        (TOKEN, "nowhere/small", "has no repository nowhere/small .*check the name"),
        (TOKEN, "not a name!", "is not a Hub id"),
    ],
)
def test_each_refusal_has_its_own_sentence(
    token: str | None, repo: str, words: str, hub: UploadHub, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, token)
    with pytest.raises(BadInput, match=words):
        push_folder(export, repo, private=False)
    assert hub.files == {}


def test_a_hub_that_is_not_there_is_told(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with upload_hub() as gone:
        address = gone.address
    monkeypatch.setattr(constants, "ENDPOINT", address)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    use(monkeypatch, TOKEN)
    with pytest.raises(HubUnreachable, match="interrupted"):
        push_folder(export, REPO, private=False)


def test_only_exports_are_pushed(hub: UploadHub, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    result = CliRunner().invoke(app, ["push", str(tmp_path / "photos"), REPO])
    assert result.exit_code == 2
    assert "is not an export of LayerSwarm" in result.stderr
    assert hub.files == {}


def test_the_command_says_where_it_is(hub: UploadHub, export: Path) -> None:
    result = CliRunner().invoke(app, ["push", str(export), REPO])
    assert result.exit_code == 0
    assert f"{hub.address}/{REPO}" in result.stderr
