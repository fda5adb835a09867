"""A safetensors header is read when it fits the file, and refused with what is wrong when it does not."""

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors import safe_open
from safetensors.numpy import save_file

from engine.api.errors import BadInput
from engine.model_files.safetensors_header import pack_header, read_header

LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1234\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "model.safetensors"


def with_header(entries: dict[str, Any], data: int) -> bytes:
    content = json.dumps(entries).encode()
    return struct.pack("<Q", len(content)) + content + bytes(data)


def entry(begin: int, end: int, shape: tuple[Any, ...] = (2,), dtype: str = "F32") -> dict[str, Any]:
    return {"dtype": dtype, "shape": list(shape), "data_offsets": [begin, end]}


def refusal(file: Path, content: bytes) -> str:
    file.write_bytes(content)
    with pytest.raises(BadInput) as caught:
        read_header(file)
    assert str(caught.value).startswith(f"{file} ")
    return str(caught.value)


def test_what_the_library_writes_is_read(file: Path) -> None:
    tensors = {"b": np.zeros((2, 3), np.float16), "a": np.ones(5, np.int64), "none": np.zeros((0, 4), np.float32)}
    save_file({**tensors, "one": np.array(1.0, np.float32), "yes": np.ones(3, bool)}, file, {"format": "np"})
    header = read_header(file)
    assert header.metadata == {"format": "np"}
    shapes = {each.name: (each.shape, each.elements) for each in header.tensors}
    assert shapes == {"a": ((5,), 5), "b": ((2, 3), 6), "none": ((0, 4), 0), "one": ((), 1), "yes": ((3,), 3)}
    a = next(each for each in header.tensors if each.name == "a")
    assert file.read_bytes()[a.start : a.start + a.size] == tensors["a"].tobytes()


def test_a_file_that_ends_early_is_told_with_both_sizes(file: Path) -> None:
    save_file({"a": np.ones((100, 100), np.float32)}, file)
    whole = file.read_bytes()
    assert f"is cut short at byte {20_000:,} of {len(whole):,}; download" in refusal(file, whole[:20_000])
    head = len(whole) - 40_000
    assert f"is cut short at byte 30, within its header of {head} bytes; download" in refusal(file, whole[:30])
    assert "safetensors" in refusal(file, whole[:5])


def test_a_file_with_holes_on_the_disk_is_read(file: Path) -> None:
    file.write_bytes(with_header({"a": entry(0, 1 << 22, (1 << 20,))}, 0))
    with file.open("r+b") as stream:
        stream.truncate(file.stat().st_size + (1 << 22))
    assert [each.size for each in read_header(file).tensors] == [1 << 22]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (LFS, "is a Git LFS pointer in place of the file; fetch the file itself with 'git lfs pull'"),
        (b"\n <!doctype html><html><body>Sign in", "is a web page in place of the file"),
        (b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", "is a web page in place of the file"),
        (b"Invalid username or password.", "is a text ('Invalid username or password.') in place of the file"),
        (b'{"error":"Repository not found"}', 'is a text (\'{"error":"Repository not found"}\') in place of the file'),
        (b"GGUF" + bytes(60), "is a GGUF file"),
        (b"PK\x03\x04" + bytes(60), "is a ZIP archive or pickled weights"),
        (bytes(4096), "begins with zeros only"),
        (b"\xff" * 64, "cannot be read as a safetensors file"),
        (struct.pack("<Q", 4) + b"[[]]", "cannot be read as a safetensors file"),
        (with_header({"a": entry(0, 8), "b": entry(4, 12)}, 12), "tensor 'b' does not begin where"),
        (with_header({"a": entry(0, 8), "b": entry(16, 24)}, 24), "tensor 'b' does not begin where"),
        (with_header({"a": entry(4, 12)}, 12), "tensor 'a' does not begin where"),
        (with_header({"a": entry(0, 8, (3,))}, 8), "tensor 'a' does not fit its shape"),
        (with_header({"a": entry(0, 8, (1 << 40, 1 << 40))}, 8), "tensor 'a' does not fit its shape"),
        (with_header({"a": entry(0, 8, dtype="BF16")}, 8), "tensor 'a' does not fit its shape"),
        (with_header({"a": entry(0, 8)}, 12), "whose header describes"),
        (with_header({"a": entry(0, 1 << 62, (1 << 60,))}, 8), "is cut short at byte"),
        (with_header({"a": entry(8, 0)}, 8), "cannot be read as a safetensors file"),
        (with_header({"a": entry(-8, 0)}, 8), "cannot be read as a safetensors file"),
        (with_header({"a": entry(0, 8, (2.0,))}, 8), "cannot be read as a safetensors file"),
        (with_header({"a": entry(0, 8, (True, 2))}, 8), "cannot be read as a safetensors file"),
        (with_header({"a": entry(0, 1 << 64)}, 8), "cannot be read as a safetensors file"),
        (with_header({"a": {"dtype": "F32"}}, 8), "cannot be read as a safetensors file"),
        (with_header({"a": [1]}, 8), "cannot be read as a safetensors file"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(file: Path, content: bytes, words: str) -> None:
    assert words in refusal(file, content)


def test_what_is_packed_is_read(file: Path) -> None:
    packed = pack_header({"b": ("F16", (2, 2), 8), "a": ("U8", (3,), 3)}, {"format": "pt"})
    file.write_bytes(packed + bytes(11))
    assert [(each.name, each.start - len(packed), each.size) for each in read_header(file).tensors] == [
        ("b", 0, 8),
        ("a", 8, 3),
    ]


@pytest.fixture(scope="module")
def valid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("safetensors") / "valid.safetensors"
    save_file({"a": np.ones((4, 4), np.float32), "b": np.ones(8, np.float16)}, file, {"format": "pt"})
    return file


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 250), gone=st.integers(0, 9), new=st.binary(max_size=9))
def test_what_is_read_the_library_reads_too(valid: Path, place: int, gone: int, new: bytes) -> None:
    content = bytearray(valid.read_bytes())
    content[place : place + gone] = new
    damaged = valid.with_name("damaged.safetensors")
    damaged.write_bytes(content)
    try:
        names = {each.name for each in read_header(damaged).tensors}
    except BadInput:
        return
    assert opened_by_the_library(damaged) == names


def opened_by_the_library(file: Path) -> set[str]:
    with safe_open(file, "np") as opened:
        return set(opened.keys())
