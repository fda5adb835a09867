"""Models of LM Studio are found in every place where its versions have kept them."""

import json
import os
from pathlib import Path

import pytest

from engine.model_files.lm_studio import lm_studio_models
from tests.gui.model_files import write_gguf, write_model


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path


def test_none_where_lm_studio_is_not_installed() -> None:
    assert lm_studio_models() == []


@pytest.mark.parametrize("place", [".lmstudio", ".cache/lm-studio"])
def test_files_and_folders_of_both_homes_are_found(home: Path, place: str) -> None:
    models = home / place / "models" / "maker"
    file = write_gguf(models / "Small-GGUF" / "Small-Q4_K_M.gguf")
    folder = write_model(models / "Small-MLX")
    assert lm_studio_models() == [file, folder]


def test_the_pointer_and_the_settings_name_other_places(home: Path) -> None:
    pointed = write_gguf(home / "disk" / "models" / "maker" / "A" / "a.gguf")
    chosen = write_gguf(home / "large" / "maker" / "B" / "b.gguf")
    (home / ".lmstudio-home-pointer").write_text(f"{home / 'disk'}\n")
    (home / "disk" / "settings.json").write_text(json.dumps({"downloadsFolder": str(home / "large")}))
    assert lm_studio_models() == [pointed, chosen]


@pytest.mark.parametrize("settings", ["[]", "{", '{"downloadsFolder": 5}', '{"downloadsFolder": "relative"}', "\xff"])
def test_damaged_settings_are_passed_over(home: Path, settings: str) -> None:
    file = write_gguf(home / ".lmstudio" / "models" / "maker" / "A" / "a.gguf")
    (home / ".lmstudio" / "settings.json").write_bytes(settings.encode("latin-1"))
    (home / ".lmstudio-home-pointer").write_bytes(b"\xff\xfe")
    assert lm_studio_models() == [file]


def test_only_the_first_file_of_a_language_model_is_listed(home: Path) -> None:
    folder = home / ".lmstudio" / "models" / "maker" / "Split"
    first = write_gguf(folder / "m-00001-of-00002.gguf")
    for name in ("m-00002-of-00002.gguf", "mmproj-m.gguf", "._m.gguf"):
        write_gguf(folder / name)
    os.mkfifo(folder / "pipe.gguf")
    (folder.parent / "round").symlink_to(folder.parent.parent)
    assert lm_studio_models() == [first]
