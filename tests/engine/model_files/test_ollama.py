"""Models of Ollama are found by their manifests, and nothing else that a manifest may name."""

import hashlib
import json
import os
from pathlib import Path

import pytest

from engine.model_files.ollama import OllamaModel, ollama_folders, ollama_models
from tests.gui.model_files import write_gguf

WEIGHTS = "application/vnd.ollama.image.model"
LIBRARY = "registry.ollama.ai/library"


def manifest_of(folder: Path, model: str, tag: str, owner: str = LIBRARY) -> Path:
    """Return the place of a manifest, after making its folder."""
    manifest = folder / "manifests" / owner / model / tag
    manifest.parent.mkdir(parents=True, exist_ok=True)
    return manifest


def add_model(folder: Path, model: str, tag: str, owner: str = LIBRARY) -> Path:
    """Write a manifest as Ollama does, and the blobs that it names; return the blob of the weights."""
    digest = hashlib.sha256(f"{owner}/{model}:{tag}".encode()).hexdigest()
    layers = [
        {"mediaType": WEIGHTS, "digest": f"sha256:{digest}", "size": 100},
        {"mediaType": "application/vnd.ollama.image.template", "digest": f"sha256:{'1' * 64}", "size": 5},
    ]
    config = {"mediaType": "application/vnd.docker.container.image.v1+json", "digest": f"sha256:{'2' * 64}"}
    content = {"schemaVersion": 2, "config": config, "layers": layers}
    manifest_of(folder, model, tag, owner).write_text(json.dumps(content))
    return write_gguf(folder / "blobs" / f"sha256-{digest}")


def names(folder: Path) -> list[str]:
    return [model.name for model in ollama_models(folder)]


def test_models_have_the_names_that_ollama_runs_them_by(tmp_path: Path) -> None:
    blob = add_model(tmp_path, "llama3.2", "1b")
    add_model(tmp_path, "mine", "latest", "registry.ollama.ai/me")
    add_model(tmp_path, "Small-GGUF", "Q4_K_M", "hf.co/maker")
    assert names(tmp_path) == ["hf.co/maker/Small-GGUF:Q4_K_M", "llama3.2:1b", "me/mine:latest"]
    assert OllamaModel("llama3.2:1b", blob) in ollama_models(tmp_path)


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.delenv("OLLAMA_MODELS", raising=False)
    monkeypatch.setattr("engine.model_files.ollama._SERVICE", tmp_path / "service")
    add_model(tmp_path / ".ollama" / "models", "usual", "latest")
    assert ollama_folders() == [tmp_path / ".ollama" / "models"]
    add_model(tmp_path / "elsewhere", "other", "latest")
    monkeypatch.setenv("OLLAMA_MODELS", f'"{tmp_path / "elsewhere"}"')
    assert ollama_folders() == [tmp_path / "elsewhere"]


def layer(digest: object, kind: str = WEIGHTS) -> dict[str, object]:
    return {"mediaType": kind, "digest": digest}


HOSTILE: dict[str, object] = {
    "path out of the folder": {"layers": [layer("sha256:../../secret.gguf")]},
    "absolute path": {"layers": [layer("/etc/passwd")]},
    "digest with a path behind it": {"layers": [layer(f"sha256:{'a' * 64}/../x")]},
    "digest that is no text": {"layers": [layer(["sha256"])]},
    "blob that is missing": {"layers": [layer(f"sha256:{'f' * 64}")]},
    "several files": {"layers": [layer(f"sha256:{'a' * 64}"), layer(f"sha256:{'a' * 64}")]},
    "an adapter on top": {"layers": [layer(f"sha256:{'a' * 64}"), layer("x", "application/vnd.ollama.image.adapter")]},
    "layers that are no list": {"layers": {"0": 1}},
    "layers of numbers": {"layers": [1, 2]},
    "no object": [],
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_manifest_that_names_anything_else_is_passed_over(tmp_path: Path, content: object) -> None:
    (tmp_path.parent / "secret.gguf").write_bytes(b"GGUF")
    write_gguf(tmp_path / "blobs" / f"sha256-{'a' * 64}")
    manifest_of(tmp_path, "hostile", "latest").write_text(json.dumps(content))
    add_model(tmp_path, "honest", "latest")
    assert names(tmp_path) == ["honest:latest"]


def test_manifests_that_are_no_small_files_are_passed_over(tmp_path: Path) -> None:
    add_model(tmp_path, "honest", "latest")
    os.mkfifo(manifest_of(tmp_path, "pipe", "latest"))
    manifest_of(tmp_path, "large", "latest").write_bytes(b" " * (2 << 20))
    manifest_of(tmp_path, "deep", "latest").write_text("[" * 100_000)
    manifest_of(tmp_path, "folder", "latest").mkdir()
    manifest_of(tmp_path, "circle", "latest").symlink_to(tmp_path / "manifests")
    manifest_of(tmp_path, "with space", "latest").write_text("{}")
    (tmp_path / "manifests" / "round").symlink_to(tmp_path / "manifests")
    assert names(tmp_path) == ["honest:latest"]


def test_a_blob_that_is_a_pipe_is_passed_over(tmp_path: Path) -> None:
    blob = add_model(tmp_path, "pipe", "latest")
    blob.unlink()
    os.mkfifo(blob)
    assert names(tmp_path) == []
