"""What a file really is that should hold weights, by its first bytes."""

from pathlib import Path

import pytest

from engine.api.errors import BadInput
from engine.model_files.file_content import other_content, text_content
from engine.models.progress import silent
from engine.sources.resolve import resolve_source


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
        ("model.bin", b"lmgg" + bytes(20), "in the GGML format that preceded GGUF"),
        ("model.tar.gz", b"\x1f\x8b\x08rest", "is compressed with gzip; unpack it first"),
        ("._model.bin", b"\x00\x05\x16\x07rest", "a metadata file of macOS"),
        ("model.bin", b"anything", "is not a model: give a folder"),
    ],
)
def test_a_file_that_is_named_as_a_model_is_told_what_it_is(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput, match=words):
        resolve_source(str(tmp_path / name), "main", silent)
