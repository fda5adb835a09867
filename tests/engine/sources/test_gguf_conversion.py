"""A GGUF file becomes a safetensors folder, once and whole."""

import json
from pathlib import Path

import pytest
import torch

from engine.api import temporary
from engine.api.errors import BadInput
from engine.api.owners import owner_of
from engine.models.description import describe_model
from engine.models.folder import ModelFolder
from engine.models.loading import load_model, load_tokenizer
from engine.models.progress import silent
from engine.sources.gguf import conversion as gguf_source
from engine.sources.resolve import original_gguf, resolve_source
from tests.engine.abandoned import abandoned
from tests.engine.tiny_gguf import write_tiny_gguf
from tests.engine.tiny_models import LAYERS, save_tiny


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    return tmp_path / "tiny.gguf"


def convert(file: Path) -> ModelFolder:
    return resolve_source(str(file), "main", silent)


def test_the_folder_computes_what_the_model_in_the_file_computes(file: Path) -> None:
    model = write_tiny_gguf(file)
    for parameter in model.parameters():
        parameter.data = parameter.data.bfloat16().float()
    tokens = torch.randint(3, 250, (2, 20), generator=torch.Generator().manual_seed(0))
    folder = convert(file)
    with torch.no_grad():
        difference = load_model(folder.path)(tokens).logits - model(tokens).logits
    assert difference.abs().max() < 1e-5
    assert load_tokenizer(folder.path).decode(load_tokenizer(folder.path)("hello").input_ids) == "hello"
    described = describe_model(folder)
    assert (described.dtype, described.licence, described.layers) == ("bfloat16", "mit", LAYERS)


def test_older_readers_find_what_they_look_for(file: Path) -> None:
    write_tiny_gguf(file)
    folder = convert(file).path
    config = json.loads((folder / "config.json").read_text())
    assert config["rope_theta"] == config["rope_parameters"]["rope_theta"]
    assert config["torch_dtype"] == "bfloat16"
    tokenizer = json.loads((folder / "tokenizer_config.json").read_text())
    assert tokenizer["tokenizer_class"] == "PreTrainedTokenizerFast"
    assert {oct(written.stat().st_mode & 0o777) for written in folder.iterdir()} == {"0o644"}


def test_a_file_is_converted_once_wherever_it_lies(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tiny_gguf(file)
    first = convert(file)
    monkeypatch.setattr(gguf_source, "_convert", lambda *_args: pytest.fail("converted again"))
    moved = file.rename(file.with_name("renamed.gguf"))
    assert convert(moved).path == first.path


def test_the_file_is_found_again_as_long_as_it_is_the_same(file: Path) -> None:
    write_tiny_gguf(file)
    folder = convert(file)
    assert original_gguf(folder, silent) == file
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(BadInput, match="no longer"):
        original_gguf(folder, silent)
    file.unlink()
    with pytest.raises(BadInput, match="no longer"):
        original_gguf(folder, silent)
    save_tiny("llama", file.with_name("other"))
    with pytest.raises(BadInput, match="not given as a GGUF file"):
        original_gguf(resolve_source(str(file.with_name("other")), "main", silent), silent)


def test_a_conversion_that_is_killed_is_never_used(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tiny_gguf(file)
    with monkeypatch.context() as patch:
        patch.setattr(gguf_source, "write_for_older_readers", lambda _folder: (_ for _ in ()).throw(KeyboardInterrupt))
        patch.setattr(temporary.shutil, "rmtree", lambda *_args, **_kwargs: None)  # as after SIGKILL: nothing tidied
        with pytest.raises(KeyboardInterrupt):
            convert(file)
    cache = file.parent / "cache" / "gguf"
    (left,) = (entry for entry in cache.iterdir() if entry.is_dir())
    assert owner_of(left.name) is not None
    left.rename(abandoned(left))
    convert(file)
    assert not list(cache.glob(".*.part"))


def test_the_progress_may_stop_it(file: Path) -> None:
    class StoppedByPersonError(Exception):
        pass

    def stop(message: str, _done: float, _total: float) -> None:
        if message.startswith("Writing"):
            raise StoppedByPersonError

    write_tiny_gguf(file)
    with pytest.raises(StoppedByPersonError):
        resolve_source(str(file), "main", stop)
    assert not [entry for entry in (file.parent / "cache" / "gguf").iterdir() if entry.is_dir()]


@pytest.mark.parametrize("content", [b"", b"not a model", b"GGUF", b"GGUF" + b"\3\0\0\0" + b"\xff" * 64])
def test_a_damaged_file_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(BadInput, match=r"tiny\.gguf"):
        convert(file)
