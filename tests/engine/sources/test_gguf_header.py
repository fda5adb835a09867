"""The header of a GGUF file is believed only as far as the file goes."""

import struct
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gguf import GGMLQuantizationType, GGUFEndian, GGUFReader, GGUFValueType, GGUFWriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.api.errors import BadInput
from engine.sources.gguf.header import read_gguf_header
from engine.sources.gguf.tensor_copy import open_gguf
from tests.engine.tiny_gguf import write_tiny_gguf

STRING, ARRAY, UINT32 = GGUFValueType.STRING, GGUFValueType.ARRAY, GGUFValueType.UINT32
HUGE = 1 << 60


def text(content: bytes) -> bytes:
    return struct.pack("<Q", len(content)) + content


def field(name: str, kind: int, value: bytes) -> bytes:
    return text(name.encode()) + struct.pack("<I", kind) + value


def tensor(name: str, shape: tuple[int, ...] = (4,), kind: int = 0, offset: int = 0) -> bytes:
    info = struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, kind, offset)
    return text(name.encode()) + info


def gguf(*parts: bytes, tensors: int = 0, fields: int = 0, version: int = 3, data: int = 0) -> bytes:
    head = b"GGUF" + struct.pack("<IQQ", version, tensors, fields) + b"".join(parts)
    return head + bytes(-len(head) % 32 + data)


def refusal(file: Path, content: bytes) -> str:
    file.write_bytes(content)
    with pytest.raises(BadInput) as caught:
        read_gguf_header(file)
    assert str(caught.value).startswith(str(file))
    return str(caught.value)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "model.gguf"


def test_what_the_library_reads_is_read(file: Path) -> None:
    write_tiny_gguf(file, kind=GGMLQuantizationType.Q8_0, family="lfm2")
    header, expected = read_gguf_header(file), GGUFReader(file)
    assert dict(header.metadata) == {
        name: field.contents() for name, field in expected.fields.items() if not name.startswith("GGUF.")
    }
    assert [(each.name, each.shape, each.kind, each.start, each.size, each.elements) for each in header.tensors] == [
        (each.name, tuple(each.shape), each.tensor_type, each.data_offset, each.n_bytes, each.n_elements)
        for each in expected.tensors
    ]
    assert header.end <= file.stat().st_size


def test_the_quicker_reader_gives_what_the_librarys_gives(file: Path) -> None:
    write_tiny_gguf(file, kind=GGMLQuantizationType.Q8_0)
    (quick,), expected = open_gguf(file), GGUFReader(file)
    assert list(quick.fields) == list(expected.fields)
    for own, theirs in zip(quick.fields.values(), expected.fields.values(), strict=True):
        assert (own.offset, own.types, list(own.data)) == (theirs.offset, theirs.types, list(theirs.data))
        assert [(part.dtype, part.tobytes()) for part in own.parts] == [
            (part.dtype, part.tobytes()) for part in theirs.parts
        ]
    for own, theirs in zip(quick.tensors, expected.tensors, strict=True):
        assert (own.name, own.tensor_type, own.data.dtype) == (theirs.name, theirs.tensor_type, theirs.data.dtype)
        assert own.data.tobytes() == theirs.data.tobytes()


def test_another_alignment_is_kept(file: Path) -> None:
    writer = GGUFWriter(file, "llama")
    writer.add_custom_alignment(256)
    writer.add_tensor("a", np.zeros(3, np.float32))
    writer.add_tensor("b", np.ones(5, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    assert [each.start % 256 for each in read_gguf_header(file).tensors] == [0, 0]


def test_a_file_that_ends_early_is_told_with_both_sizes(file: Path) -> None:
    write_tiny_gguf(file)
    end = read_gguf_header(file).end
    whole = file.read_bytes()
    for size in (end - 1, end // 2):
        assert f"is cut short at byte {size:,} of {end:,}; download it again." in refusal(file, whole[:size])
    for size in (10, 30, 500):
        assert f"is cut short at byte {size:,}, within its header" in refusal(file, whole[:size])


def test_a_file_with_holes_on_the_disk_is_read(file: Path) -> None:
    file.write_bytes(gguf(tensor("a", (1 << 20,)), tensors=1))
    with file.open("r+b") as stream:
        stream.truncate(file.stat().st_size + (4 << 20))
    (found,) = read_gguf_header(file).tensors
    assert found.size == 4 << 20


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (gguf(tensors=HUGE), "claims 1,152,921,504,606,846,976 tensors"),
        (gguf(fields=HUGE), "claims 1,152,921,504,606,846,976 fields"),
        (gguf(tensors=1000), "claims 1,000 tensors"),
        (gguf(struct.pack("<Q", HUGE), fields=1), "damaged (its header claims"),
        (gguf(struct.pack("<Q", 1 << 40), fields=1), "its header"),
        (gguf(field("a", STRING, struct.pack("<Q", HUGE)), fields=1), "damaged (its header claims"),
        (gguf(field("a", ARRAY, struct.pack("<IQ", STRING, HUGE)), fields=1), "lists of 1,152"),
        (gguf(field("a", ARRAY, struct.pack("<IQ", UINT32, 1 << 21)), fields=1), "cut short"),
        (gguf(field("a", ARRAY, struct.pack("<IQ", ARRAY, 1)), fields=1), "list of the unknown or nested type 9"),
        (gguf(field("a", 77, bytes(8)), fields=1), "unknown type 77"),
        (gguf(field("a", UINT32, bytes(4)), field("a", UINT32, bytes(4)), fields=2), "two fields named 'a'"),
        (gguf(tensor("a"), tensor("a", offset=32), tensors=2, data=64), "two tensors named 'a'"),
        (gguf(tensor("a"), tensor("b", offset=8), tensors=2, data=64), "its tensor 'b' overlaps another"),
        (gguf(tensor("a", offset=HUGE), tensors=1), "bytes of weights"),
        (gguf(tensor("a", offset=3 << 30), tensors=1), "cut short at byte 64 of 3,221,225,552"),
        (gguf(tensor("a", (HUGE, HUGE)), tensors=1), "its tensor 'a' has the shape"),
        (gguf(tensor("a", (0,)), tensors=1), "has the shape 0 in F32"),
        (gguf(tensor("a", (33,), kind=8), tensors=1), "has the shape 33 in Q8_0"),
        (gguf(tensor("a", (1,) * 5), tensors=1), "has 5 dimensions"),
        (gguf(struct.pack("<Q", 1), b"a", struct.pack("<I", 1 << 31), tensors=1), "dimensions"),
        (gguf(tensor("a", kind=31), tensors=1), "number format Q4_0_4_4, which llama.cpp has dropped"),
        (gguf(tensor("a", kind=4), tensors=1), "number format Q4_2, which llama.cpp has dropped"),
        (gguf(tensor("a", kind=999), tensors=1), "an unknown number format (tensor 'a' is of type 999)"),
        (gguf(field("general.alignment", UINT32, struct.pack("<I", 3)), fields=1), "aligned to 3 bytes"),
        (gguf(field("general.alignment", UINT32, struct.pack("<I", 0)), fields=1), "aligned to 0 bytes"),
        (gguf(field("general.alignment", STRING, text(b"x")), fields=1), "aligned to 'x' bytes"),
        (gguf(version=0), "GGUF of version 0"),
        (gguf(version=1), "GGUF of version 1, from August 2023, which is no longer supported"),
        (gguf(version=7), "GGUF of version 7, which is newer than this LayerSwarm"),
        (gguf(version=12345), "damaged (it claims to be GGUF of version 12345)"),
        (b"GGUF", "cut short at byte 4"),
        (b"", "is empty"),
        (b"<!DOCTYPE html><html>", "is a web page in place of the file"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n", "is a Git LFS pointer"),
        (b"Entry not found", "is a text ('Entry not found') in place of the file"),
        (b"\x00\x05\x16\x07" + bytes(40), "is a metadata file of macOS"),
        (b"tjgg" + bytes(40), "format that preceded GGUF"),
        (bytes(4096), "begins with zeros only"),
        (b"\x80\x02}q" * 9, "is not a GGUF file"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(file: Path, content: bytes, words: str) -> None:
    assert words in refusal(file, content)


def test_names_cannot_steer_a_terminal(file: Path) -> None:
    said = refusal(file, gguf(field("\x1b[31m\n" + "x" * 500, 77, b""), fields=1))
    assert said.isprintable()
    assert len(said) < 400


def test_a_big_endian_file_is_named(file: Path) -> None:
    writer = GGUFWriter(file, "llama", endianess=GGUFEndian.BIG)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    assert "big-endian GGUF file" in refusal(file, file.read_bytes())
    assert "gguf-convert-endian" in refusal(file, file.read_bytes())


def test_texts_that_are_no_utf_8_are_kept(file: Path) -> None:
    file.write_bytes(gguf(field("a", STRING, text(b"\xff\xfea")), fields=1))
    value: Any = read_gguf_header(file).metadata["a"]
    assert value.encode(errors="surrogateescape") == b"\xff\xfea"


def test_a_claim_of_millions_takes_no_memory(file: Path) -> None:
    """Each list is as long as the file allows, and all together are longer than any vocabulary."""
    long = field("a", ARRAY, struct.pack("<IQ", GGUFValueType.UINT8, 3 << 20)) + bytes(3 << 20)
    file.write_bytes(gguf(long, long.replace(b"a", b"b", 1), fields=2))
    tracemalloc.start()
    with pytest.raises(BadInput, match="lists of 6,291,456 entries"):
        read_gguf_header(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100_000_000


@st.composite
def damage(draw: st.DrawFn, length: int) -> tuple[int, int, bytes]:
    """(place, how many bytes go, what comes in their place), most of them near the beginning."""
    place = draw(st.one_of(st.integers(0, min(length, 1200)), st.integers(0, length)))
    some = st.sampled_from([struct.pack("<Q", value) for value in (0, 1, 255, 1 << 20, 1 << 31, HUGE, (1 << 64) - 1)])
    return place, draw(st.integers(0, 9)), draw(st.one_of(some, st.binary(max_size=9)))


@pytest.fixture(scope="module")
def valid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("gguf") / "valid.gguf"
    write_tiny_gguf(file, kind=GGMLQuantizationType.Q8_0)
    return file


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_header_is_read_or_refused_and_takes_little_memory(valid: Path, data: st.DataObject) -> None:
    content = bytearray(valid.read_bytes())
    start = min(each.start for each in read_gguf_header(valid).tensors)
    for place, gone, new in data.draw(st.lists(damage(start), min_size=1, max_size=3)):
        content[place : place + gone] = new
    damaged = valid.with_name("damaged.gguf")
    damaged.write_bytes(content)
    tracemalloc.start()
    said = read_or_refused(damaged, len(content))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said.isprintable()
    assert peak < 50_000_000


def read_or_refused(file: Path, size: int) -> str:
    """Why neither we nor the library can read the file; nothing where both can."""
    try:
        header = read_gguf_header(file)
        if header.metadata.get("split.count", 1) == 1 and header.metadata.get("general.architecture"):
            open_gguf(file)
    except BadInput as error:
        return str(error)
    assert all(0 <= each.start <= each.start + each.size <= size for each in header.tensors)
    return ""
