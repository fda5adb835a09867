"""A text file is read by what is in it, under its exact name; what is no text, or not all of it, is refused."""

import bz2
import codecs
import gzip
import io
import json
import lzma
import tempfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.api.errors import BadInput
from engine.api.settings import CalibrationSettings
from engine.calibration.places import file_place, text_mixture
from engine.calibration.text_files import characters, lines, whole_text
from engine.calibration.text_settings import place_texts
from engine.calibration.texts import file_documents, file_texts
from tests.engine.calibration.text_cases import jsonl, parquet, refusal

WORDS = "The river is long, größer als 漢字."
names = st.text(st.sampled_from("ab[]*?:{}!#%~ äé漢@+=^$'\"\\"), min_size=1, max_size=20).filter(
    lambda name: name.strip()
)


def zstd(content: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(content)
    return bytes(sink.getvalue().to_pybytes())


PACKED: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstd,
}


def write(path: Path, text: str) -> None:
    """One document in the form that the ending names."""
    match path.suffix:
        case ".jsonl":
            jsonl(path, {"text": text})
        case ".csv":
            path.write_text(f"text\n{text}\n")
        case ".parquet":
            parquet(path, {"text": [text]})
        case _:
            path.write_text(text)


@settings(deadline=None)
@given(names, st.sampled_from([".jsonl", ".txt", ".csv", ".parquet"]))
def test_a_file_is_read_under_exactly_its_name_whatever_lies_beside_it(name: str, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for other in ("a", "b", "ab", "aa", "1", "*"):
            write(Path(folder) / f"{other}{ending}", "of another file")
        path = Path(folder) / f"{name}{ending}"
        write(path, "of this file")
        assert list(file_documents(path, seed=0)) == ["of this file"]


@pytest.mark.parametrize("name", ["[ab].jsonl", "*.jsonl", "a?.jsonl", "zip::a.jsonl", "file:a.jsonl", "hf:a.jsonl"])
def test_a_name_that_looks_like_a_pattern_or_an_address_names_nothing_else(tmp_path: Path, name: str) -> None:
    jsonl(tmp_path / "a.jsonl", {"text": "of another file"})
    jsonl(tmp_path / "ab.jsonl", {"text": "of another file"})
    assert "There is no text file" in refusal(tmp_path / name)


def test_a_name_that_begins_like_a_home_folder_is_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    jsonl(tmp_path / "~nobody.jsonl", {"text": "words"})
    assert list(place_texts(file_place("~nobody.jsonl"), seed=0).documents) == ["words"]


def test_a_file_of_a_mix_is_read_under_its_exact_name_too(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "[ab]:*.jsonl", {"text": "of this file"})
    jsonl(tmp_path / "a:x.jsonl", {"text": "of another file"})
    (place,) = text_mixture(CalibrationSettings(source="mix", mix=(f"{path}:2",)))
    assert list(place_texts(place, seed=0).documents) == ["of this file"]


@pytest.mark.parametrize("ending", PACKED)
def test_a_compressed_file_is_read(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"texts.JSONL{ending}"
    path.write_bytes(PACKED[ending](json.dumps({"text": WORDS}).encode()))
    assert list(file_documents(path, seed=0)) == [WORDS]


@pytest.mark.parametrize("ending", PACKED)
def test_a_compressed_file_that_was_cut_short_is_reported_as_that(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"texts.txt{ending}"
    packed = PACKED[ending](WORDS.encode() * 100)
    path.write_bytes(packed[: len(packed) // 2])
    assert "is cut short and cannot be read as .txt: its" in refusal(path)
    assert "data end early" in refusal(path)


@pytest.mark.parametrize(("ending", "place"), [(".gz", 20), (".bz2", -10), (".xz", -10), (".zst", 6)])
def test_a_damaged_compressed_file_is_reported_as_that(tmp_path: Path, ending: str, place: int) -> None:
    path = tmp_path / f"texts.txt{ending}"
    packed = bytearray(PACKED[ending](bytes(range(32, 127)) * 50))
    packed[place : place + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(packed)
    assert "cannot be decompressed: its" in refusal(path)


def test_compression_is_known_by_the_content_and_not_by_the_name(tmp_path: Path) -> None:
    (tmp_path / "plain.txt.gz").write_text("words")
    (tmp_path / "packed.txt").write_bytes(gzip.compress(b"words"))
    assert [whole_text(tmp_path / name) for name in ("plain.txt.gz", "packed.txt")] == ["words", "words"]


def test_an_archive_is_to_be_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_bytes(b"PK\x03\x04 and so on")
    assert "is a zip archive; unpack it" in refusal(path)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_the_byte_order_mark_sets_the_encoding_and_is_no_part_of_the_text(
    tmp_path: Path, mark: bytes, encoding: str
) -> None:
    for name, content in (("a.txt", WORDS), ("a.jsonl", json.dumps({"text": WORDS})), ("a.csv", f'text\n"{WORDS}"\n')):
        (tmp_path / name).write_bytes(mark + content.encode(encoding))
        assert list(file_documents(tmp_path / name, seed=0)) == [WORDS]


def test_a_wrong_encoding_is_named_with_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(b"x" * 2_000_000 + "größer\n".encode("cp1252"))
    assert "cannot be read as UTF-8 text: byte 2000002 (0xf6)" in refusal(path)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_not_taken_for_text_with_zeros(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("Some words".encode(encoding))
    assert "looks like UTF-16 without its byte order mark" in refusal(path)


@pytest.mark.parametrize("content", ["größ".encode()[:-1], codecs.BOM_UTF16_LE + b"a\0b"])
def test_a_text_that_ends_within_a_character_is_reported(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cut.txt"
    path.write_bytes(content)
    assert "it ends in the middle of the character" in refusal(path)
    assert "cut short" in refusal(path)


def test_signs_that_end_no_line_are_text(tmp_path: Path) -> None:
    text = "one\x0ctwo\u2028three\x85four\x00five"
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": text}, ensure_ascii=False).replace("\\f", "\x0c") + "\n")
    (tmp_path / "a.csv").write_text(f"text\n{text}\n")
    assert {document for name in ("a.txt", "a.jsonl", "a.csv") for document in file_documents(tmp_path / name, 0)} == {
        text
    }


def test_line_ends_of_windows_and_of_old_macs_are_line_ends(tmp_path: Path) -> None:
    rows = ['{"text": "one"}', '{"text": "two"}']
    for end in ("\n", "\r\n", "\r"):
        (tmp_path / "a.jsonl").write_bytes(end.join([*rows, ""]).encode())
        (tmp_path / "a.csv").write_bytes(end.join(["text", "one", "two", ""]).encode())
        (tmp_path / "a.txt").write_bytes(end.join(["one", "two", ""]).encode())
        assert sorted(file_documents(tmp_path / "a.jsonl", 0)) == ["one", "two"]
        assert sorted(file_documents(tmp_path / "a.csv", 0)) == ["one", "two"]
        assert list(file_documents(tmp_path / "a.txt", 0)) == ["one\ntwo"]


@given(st.lists(st.text(st.sampled_from("ab\r\n\x0c\u2028"), max_size=6), max_size=6))
def test_lines_do_not_depend_on_how_the_text_comes(parts: list[str]) -> None:
    assert list(lines(parts)) == list(io.StringIO("".join(parts), newline=""))


def test_a_long_line_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text("word " * 700_000)
    assert [len(line) for line in lines(characters(path))] == [3_500_000]
    assert file_texts(path, seed=0).count == 438


def test_a_folder_is_not_taken_for_a_file(tmp_path: Path) -> None:
    (tmp_path / "texts.txt").mkdir()
    assert "is a folder; name a text file in it" in refusal(tmp_path / "texts.txt")


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("words")

    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("engine.calibration.text_files.open_regular", refuse)
    with pytest.raises(BadInput, match=r"secret\.txt cannot be read: Permission denied"):
        whole_text(path)
