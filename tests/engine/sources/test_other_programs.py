"""What other programs keep on this computer is offered with its facts, once, and never deleted."""

import os
from pathlib import Path

import numpy as np
import pytest
from gguf import GGUFWriter

from engine.api.errors import BadInput
from engine.models.progress import silent
from engine.sources.model_cache import delete_model, local_models
from engine.sources.resolve import resolve_source
from tests.engine.model_files.test_ollama import add_model
from tests.engine.tiny_gguf import write_tiny_gguf
from tests.gui.model_files import write_gguf, write_model


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("OLLAMA_MODELS", str(tmp_path / "ollama"))
    for module in ("model_cache", "other_programs"):
        monkeypatch.setattr(f"engine.sources.{module}.hub_cache", lambda: tmp_path / "hub")
    return tmp_path


def test_models_of_each_program_are_listed_by_their_names(home: Path) -> None:
    add_model(home / "ollama", "llama3.2", "1b")
    write_gguf(home / ".lmstudio/models/maker/Small-GGUF/Small-Q8_0.gguf")
    write_model(home / ".lmstudio/models/maker/Small-MLX")
    write_gguf(home / "hub/models--maker--Tiny-GGUF/snapshots/0123456789ab/BF16/Tiny-BF16.gguf")
    listed = {(model.kind, model.name, model.architecture) for model in local_models()}
    assert listed == {
        ("ollama", "llama3.2:1b", "llama"),
        ("lm_studio", "Small-Q8_0", "llama"),
        ("lm_studio", "Small-MLX", "LlamaForCausalLM"),
        ("hub_gguf", "Tiny-BF16", "llama"),
    }
    assert all(model.bytes > 50 for model in local_models())


def test_the_layers_are_those_that_the_file_states(home: Path) -> None:
    file = home / ".lmstudio/models/maker/Small/small.gguf"
    file.parent.mkdir(parents=True)
    writer = GGUFWriter(file, "qwen3")
    writer.add_uint32("qwen3.block_count", 28)
    writer.add_tensor("token_embd.weight", np.ones((2, 32), np.float32))
    for write in (writer.write_header_to_file, writer.write_kv_data_to_file, writer.write_tensors_to_file):
        write()
    writer.close()
    assert [(model.architecture, model.layers) for model in local_models()] == [("qwen3", 28)]


def test_a_file_that_two_programs_share_is_listed_once(home: Path) -> None:
    blob = add_model(home / "ollama", "llama3.2", "1b")
    link = home / ".lmstudio/models/ollama/llama3.2/llama3.2-1b.gguf"
    link.parent.mkdir(parents=True)
    link.symlink_to(blob)
    assert [model.kind for model in local_models()] == ["ollama"]


def test_what_is_no_model_is_not_offered(home: Path) -> None:
    blob = add_model(home / "ollama", "broken", "latest")
    blob.write_bytes(b"half a download")
    write_gguf(home / ".lmstudio/models/maker/Vision/vision.gguf", "clip")
    os.mkfifo(home / ".lmstudio/models/maker/Vision/pipe.gguf")
    assert local_models() == []


def test_they_are_not_deleted(home: Path) -> None:
    blob = add_model(home / "ollama", "llama3.2", "1b")
    with pytest.raises(BadInput, match="belongs to another program; delete it there"):
        delete_model(str(blob))
    assert blob.exists()


def test_a_blob_without_an_ending_is_used_under_its_name(home: Path) -> None:
    blob = add_model(home / "ollama", "tiny", "latest")
    write_tiny_gguf(home / "tiny.gguf")
    (home / "tiny.gguf").rename(blob)
    model = resolve_source(str(blob), "main", silent)
    assert (model.name, model.source) == ("tiny", str(blob))
    again = resolve_source(str(model.path), "main", silent)
    assert again.name == "tiny", "the converted folder has the name too"
    assert {each.name for each in local_models()} == {"tiny:latest", "tiny"}
