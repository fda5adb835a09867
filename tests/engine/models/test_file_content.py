"""JSON that ends early is told apart from JSON that is damaged, wherever it is read."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api.errors import BadInput
from engine.models.file_content import json_fault, other_content, text_content
from engine.models.folder import read_json
from engine.models.loading import load_model, load_tokenizer
from engine.models.progress import silent
from engine.models.sources import resolve_source
from tests.engine.tiny_models import save_tiny

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@given(content=st.dictionaries(st.text(), ANY_JSON, min_size=1, max_size=4), ascii=st.booleans(), data=st.data())
def test_every_beginning_of_a_json_object_ends_early(
    content: dict[str, object], ascii: bool, data: st.DataObject
) -> None:
    written = json.dumps(content, ensure_ascii=ascii, indent=1).encode(errors="surrogatepass")
    cut = written[: data.draw(st.integers(1, len(written) - 1))]
    assert json_fault(cut) == f"is cut short at byte {len(cut):,}, before its JSON ends; download it again"


@pytest.mark.parametrize(
    "content", [b'{"a": 1}}', b"[1]", b"7", b"{a: 1}", b'{"a": nul1}', b'{"a": 1 "b": 2}', b"[" * 100_000, b'"\xff"']
)
def test_other_json_is_no_object(content: bytes) -> None:
    assert json_fault(content) == "is not a JSON object; download or copy the model again"


@pytest.mark.parametrize("name", ["config.json", "model.safetensors.index.json"])
def test_a_model_with_json_that_ends_early_is_refused_so(tmp_path: Path, name: str) -> None:
    save_tiny("llama", tmp_path, max_shard_size="30KB")
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:100])
    with pytest.raises(BadInput, match=rf"{name} is cut short at byte 100, before its JSON ends"):
        resolve_source(str(tmp_path), "main", silent)


@pytest.mark.parametrize("name", ["tokenizer.json", "tokenizer_config.json"])
def test_a_tokenizer_that_ends_early_is_refused_so(tmp_path: Path, name: str) -> None:
    save_tiny("llama", tmp_path)
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:100])
    with pytest.raises(BadInput, match=rf"{name} is cut short at byte 100, before its JSON ends"):
        load_tokenizer(tmp_path)


def test_generation_settings_that_end_early_do_not_hide_behind_the_library(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path)
    (tmp_path / "config.json").write_bytes((tmp_path / "config.json").read_bytes()[:100])
    with pytest.raises(BadInput, match=r"config\.json is cut short at byte 100"):
        load_model(tmp_path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"<!DOCTYPE html>\n<html>", "is a web page in place of the file"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "is a Git LFS pointer"),
    ],
)
def test_a_config_that_is_something_else_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "config.json").write_bytes(content)
    with pytest.raises(BadInput, match=words):
        read_json(tmp_path / "config.json")


def test_weights_are_taken_for_nothing_else() -> None:
    assert other_content(b"\x80\x04\x95" * 200) == ""
    assert text_content(b"\x08\x00\x00\x00\x00\x00\x00\x00{}      ") == ""
    assert text_content("é".encode()) == ""


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("model.gguf", b"", "is empty"),
        ("model.gguf", b"<html>", "is a web page"),
        ("model.bin", b"PK\x03\x04rest", "is a ZIP archive or pickled weights"),
        ("model.bin", b"lmgg" + bytes(20), "in the GGML format that came before GGUF"),
        ("model.tar.gz", b"\x1f\x8b\x08rest", "is compressed with gzip; unpack it first"),
        ("._model.bin", b"\x00\x05\x16\x07rest", "a companion that macOS made"),
        ("model.bin", b"anything", "is not a model: give a folder"),
    ],
)
def test_a_file_that_is_named_as_a_model_is_told_what_it_is(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput, match=words):
        resolve_source(str(tmp_path / name), "main", silent)
