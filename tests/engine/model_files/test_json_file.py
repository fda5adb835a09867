"""JSON that others wrote: what is right is read, and each way in which it is wrong has its own words."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api.errors import BadInput
from engine.model_files.folder_content import read_json
from engine.model_files.json_file import READ_WITH_THE_MODEL, JsonFaultError, parse_json
from engine.models.progress import silent
from engine.sources.resolve import resolve_source
from tests.engine.tiny_models import save_tiny

BOM = b"\xef\xbb\xbf"
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:0123456789\nsize 9\n"
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text(), VALUES, min_size=1, max_size=3)


def fault(content: bytes) -> str:
    with pytest.raises(JsonFaultError) as caught:
        parse_json(content)
    return str(caught.value)


@given(OBJECTS, st.booleans(), st.sampled_from([None, 2]), st.data())
def test_every_beginning_of_a_document_ends_early(
    content: dict[str, object], ascii_only: bool, indent: int | None, data: st.DataObject
) -> None:
    whole = json.dumps(content, ensure_ascii=ascii_only, indent=indent).encode()
    assert parse_json(whole) == content
    cut = data.draw(st.integers(1, len(whole) - 1))
    assert fault(whole[:cut]).startswith("ends early (cut short in line ")


def test_the_line_in_which_it_ends_is_named() -> None:
    assert fault(b'{\n "a": 1,\n "b": [1, 2') == "ends early (cut short in line 3); download or copy it again."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (BOM + b"{}", "begins with a byte order mark, which transformers cannot read; save it as UTF-8 without one"),
        (BOM, "begins with a byte order mark"),
        ('{"a": 1}'.encode("utf-16"), "is saved as UTF-16, which transformers cannot read; save it as UTF-8"),
        ('{"a": 1}'.encode("utf-16-le"), "is saved as UTF-16"),
        ('{"a": 1}'.encode("utf-16-be"), "is saved as UTF-16"),
        (b"\xfe\xff" + '{"a": 1}'.encode("utf-16-be"), "is saved as UTF-16"),
        ('{"a": 1}'.encode("utf-32"), "is saved as UTF-32"),
        (POINTER, "is a Git LFS pointer in place of the file; fetch the file itself with 'git lfs pull'"),
        (b"", "is empty"),
        (b" \n", "is empty"),
        (bytes(100), "is empty"),
        (b"<!DOCTYPE html>\n<html>", "is a web page"),
        (b'{\n"a": "\xa5"}', "is not UTF-8 (line 2)"),
        (b'{\n"a": 1,\n}', "is not JSON (line 3, column 1 is wrong)"),
        (b"{'a': 1}", "is not JSON (line 1, column 2 is wrong)"),
        (b'{"a": 1}}', "is not JSON (line 1, column 9 is wrong)"),
        (b'{"a": [1, 2, "b": 3}', "is not JSON (line 1, column 17 is wrong)"),
        (b'{"a": "\\u12"}', "is not JSON (line 1"),
        (b'{"a": tru}', "is not JSON (line 1, column 7 is wrong)"),
        (b"Access to this model is restricted.", "is not JSON (line 1, column 1 is wrong)"),
    ],
)
def test_each_fault_has_its_own_words(content: bytes, words: str) -> None:
    assert fault(content).startswith(words)


@pytest.mark.parametrize(
    "content", [b'{"a": NaN, "b": -Infinity}', b'{"a": 1, "a": 2}', b'  {"a": "\xc3\xa9"}\n\n', b'{"a": "\\ud83d"}']
)
def test_what_transformers_reads_is_read(content: bytes) -> None:
    assert isinstance(parse_json(content), dict)


def test_the_sentence_names_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.json"
    file.write_bytes(BOM + b"{}")
    with pytest.raises(BadInput) as caught:
        read_json(file)
    assert str(caught.value).startswith(f"{file} begins with a byte order mark")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("json") / "model"
    save_tiny("llama", folder, max_shard_size="60KB")
    return folder


@pytest.mark.parametrize("name", ["config.json", "model.safetensors.index.json", *READ_WITH_THE_MODEL])
@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda content: BOM + content, "begins with a byte order mark"),
        (lambda content: content.decode().encode("utf-16"), "is saved as UTF-16"),
        (lambda content: content.rstrip()[:-1], "ends early"),
        (lambda _content: POINTER, "is a Git LFS pointer"),
    ],
)
def test_a_model_with_a_damaged_file_is_refused_with_its_name(
    name: str, damage: object, words: str, model: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(model, tmp_path / "copy"))
    content = (copy / name).read_bytes() if (copy / name).is_file() else b"{}"
    (copy / name).write_bytes(damage(content))  # type: ignore[operator]
    with pytest.raises(BadInput) as caught:
        resolve_source(str(copy), "main", silent)
    assert str(caught.value).startswith(f"{copy / name} {words}")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (BOM + b'{"a": "' + b"x" * 2**20 + b'"}', "begins with a byte order mark"),
        (b'{"a": "' + b"x" * 2**20, "ends early"),
    ],
)
def test_a_large_file_is_known_by_how_it_begins_and_ends(
    content: bytes, words: str, model: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(model, tmp_path / "copy"))
    (copy / "tokenizer.json").write_bytes(content)
    with pytest.raises(BadInput, match=words):
        resolve_source(str(copy), "main", silent)


def test_what_macos_and_training_leave_beside_a_model_is_not_looked_at(model: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(model, tmp_path / "copy"))
    for name in ("._config.json", "._tokenizer.json", "._model.safetensors", "._model.bin", "._a.gguf"):
        (copy / name).write_bytes(b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X")
    (copy / "trainer_state.json").write_text("{")
    assert resolve_source(str(copy), "main", silent).digest == resolve_source(str(model), "main", silent).digest


@pytest.mark.parametrize("kept", ["config.json", None])
def test_the_twins_of_macos_are_never_taken_for_weights(kept: str | None, model: Path, tmp_path: Path) -> None:
    if kept:
        shutil.copyfile(model / kept, tmp_path / kept)
    for name in ("._model.gguf", "._pytorch_model.bin", "._model.safetensors"):
        (tmp_path / name).write_bytes(b"\x00\x05\x16\x07")
    with pytest.raises(BadInput) as caught:
        resolve_source(str(tmp_path), "main", silent)
    assert "._" not in str(caught.value)
    assert "pickled" not in str(caught.value)
