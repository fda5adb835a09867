"""A model is called by its own name, also where its file or folder is named by a digest."""

from pathlib import Path

import pytest

from engine.model_files.given_name import given_name
from engine.model_files.origin import Origin, write_origin
from tests.engine.model_files.test_ollama import add_model
from tests.gui.model_files import write_gguf

DIGEST = "b179c9523d0e6a0f98a330c7562b6827"


@pytest.fixture
def converted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "cache" / "gguf" / DIGEST
    folder.mkdir(parents=True)
    return folder


def test_a_folder_and_a_file_are_called_by_their_names(tmp_path: Path) -> None:
    (tmp_path / "my.model-7B").mkdir()
    assert given_name(tmp_path / "my.model-7B") == "my.model-7B"
    assert given_name(tmp_path / "tiny.Q4_K_M.gguf") == "tiny.Q4_K_M"
    assert given_name(tmp_path / "tiny-00002-of-00003.gguf") == "tiny"


def test_a_converted_model_is_called_by_what_it_was_made_from(converted: Path) -> None:
    write_origin(converted, Origin("SmolLM2-135M-Instruct", ()))
    assert given_name(converted) == "SmolLM2-135M-Instruct"


def test_one_of_an_earlier_version_is_called_by_its_model_card(converted: Path) -> None:
    assert given_name(converted) == DIGEST
    (converted / "README.md").write_text("---\nlicense: apache-2.0\nbase_model: maker/Small-1B\n---\n")
    assert given_name(converted) == "Small-1B"


@pytest.mark.parametrize("name", ["../../up", "a/b", "..", "", "a\nb", "a\x1b[31m", "n" * 300])
def test_an_origin_that_is_no_name_is_not_believed(converted: Path, name: str) -> None:
    write_origin(converted, Origin(name, ()))
    assert given_name(converted) == DIGEST


def test_an_origin_outside_of_the_cache_is_not_believed(converted: Path) -> None:
    elsewhere = converted.parent.parent
    write_origin(elsewhere, Origin("another", ()))
    assert given_name(elsewhere) == elsewhere.name


def test_a_snapshot_of_the_hub_is_called_by_its_repository(tmp_path: Path) -> None:
    snapshot = tmp_path / "models--maker--Small-1B" / "snapshots" / "12fd25f77366fa6b3b4b768ec3050bf629380bac"
    snapshot.mkdir(parents=True)
    assert given_name(snapshot) == "Small-1B"


def test_a_blob_of_ollama_is_called_as_ollama_calls_it(tmp_path: Path) -> None:
    blob = add_model(tmp_path, "llama3.2", "1b")
    assert given_name(blob) == "llama3.2-1b", "which may be the name of a file too"
    assert given_name(add_model(tmp_path, "Small-GGUF", "latest", "hf.co/maker")) == "Small-GGUF"
    stray = write_gguf(tmp_path / "blobs" / f"sha256-{'0' * 64}")
    assert given_name(stray) == stray.name
