"""Tables of every kind: where their rows are, and the line that cannot be read."""

import csv
import json
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calibration.drawn_order import drawn_order
from engine.calibration.texts import file_texts
from tests.engine.calibration.text_cases import jsonl, parquet, read, refusal

TWO = [{"text": "one text"}, {"text": "two texts"}]
PLAIN = ("plain", ("text",), ["one text", "two texts"])
texts = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=30).map(lambda text: f"A word: {text}")


@settings(deadline=None, max_examples=40)
@given(st.lists(texts, min_size=1, max_size=8), st.integers(0, 3))
def test_the_same_rows_give_the_same_documents_in_the_same_order_in_every_kind_of_file(
    written: list[str], seed: int
) -> None:
    rows = [{"id": number, "text": text} for number, text in enumerate(written)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        jsonl(folder / "lines.jsonl", *rows)
        jsonl(folder / "strings.jsonl", *written)
        (folder / "raw.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
        (folder / "list.json").write_text(json.dumps(rows, indent=1))
        (folder / "strings.json").write_text(json.dumps(written))
        (folder / "wrapped.json").write_text(json.dumps({"version": "1.0", "data": rows}))
        (folder / "columns.json").write_text(json.dumps({"text": written, "id": [row["id"] for row in rows]}))
        parquet(folder / "table.parquet", {"id": range(len(rows)), "text": written})
        for ending, separator in ((".csv", ","), (".tsv", "\t")):
            with (folder / f"table{ending}").open("w", newline="") as file:
                writer = csv.DictWriter(file, ["id", "text"], delimiter=separator)
                writer.writeheader()
                writer.writerows(rows)
        found = {path.name: list(file_texts(path, seed).documents) for path in folder.iterdir()}
    assert found == dict.fromkeys(found, found["lines.jsonl"])
    assert len(found) == 10


@pytest.mark.parametrize(
    "document",
    [
        TWO,
        ["one text", "two texts"],
        {"data": TWO},
        {"version": "1.0", "data": TWO},
        {"description": "Two texts of mine", "data": TWO},
        {"rows": TWO, "total": 2},
        {"train": TWO, "test": [{"text": "kept back"}]},
        {"my_texts": TWO, "count": 2},
        {"data": {"train": TWO}, "status": "ok"},
        {"features": [{"name": "text"}], "rows": [{"row_idx": n, "row": row} for n, row in enumerate(TWO)]},
        {"a": {"text": "one text"}, "b": {"text": "two texts"}},
        {"text": ["one text", "two texts"]},
        {"text": {"0": "one text", "1": "two texts"}},
        {"columns": ["id", "text"], "index": [0, 1], "data": [[7, "one text"], [8, "two texts"]]},
        {"schema": {"fields": [{"name": "text"}]}, "data": TWO},
    ],
    ids=lambda document: json.dumps(document)[:40],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_the_rows_are_found_in_a_json_document(tmp_path: Path, document: object, indent: int | None) -> None:
    path = tmp_path / "document.json"
    path.write_text(json.dumps(document, indent=indent))
    assert read(path) == PLAIN


def test_of_several_lists_none_is_guessed(tmp_path: Path) -> None:
    path = tmp_path / "document.json"
    path.write_text(json.dumps({"mine": TWO, "yours": TWO}))
    assert "holds several lists (mine, yours)" in refusal(path)


@pytest.mark.parametrize(
    "content",
    [
        '// about this file\n# and more\n\n{"text": "one text"}\n\n{"text": "two texts"}\n\n',
        '{\n "text": "one text"\n}\n{\n "text": "two texts"\n}\n',
        '{"text": "one text"}{"text": "two texts"}',
        '[{"text": "one text"}, {"text": "two texts"}]\n',
        '[{"text": "one text"}]\n[{"text": "two texts"}]\n',
        '\ufeff{"text": "one text"}\n\ufeff{"text": "two texts"}\n',
        'null\n{"text": "one text"}\n{}\n{"text": "two texts"}\n[]\n',
        '{"text": "one text", "id": 1}\n{"text": "two texts", "id": "x", "more": {"a": [1, "b"]}}\n',
        '{"text": "one text", "score": NaN}\n{"score": null, "text": "two texts"}\n',
        '{"row_idx": 0, "row": {"text": "one text"}}\n{"row_idx": 1, "row": {"text": "two texts"}}\n',
    ],
)
def test_json_lines_may_be_written_in_many_ways(tmp_path: Path, content: str) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text(content)
    assert read(path) == PLAIN


def test_a_column_that_changes_its_type_late_stops_nothing(tmp_path: Path) -> None:
    rows = [{"id": number, "text": f"text {number}"} for number in range(300)]
    late = [{"id": "x", "text": "the last"}, {"id": [], "text": 5}, {"text": ["two", "parts"]}, {"text": None}]
    _, _, documents = read(jsonl(tmp_path / "late.jsonl", *rows, *late))
    assert {"the last", "5", "two\n\nparts"} < set(map(str, documents))
    assert len(documents) == 303


def test_a_value_of_any_depth_stops_nothing_where_it_is_not_used(tmp_path: Path) -> None:
    deep = "[" * 700 + "1" + "]" * 700
    path = tmp_path / "deep.jsonl"
    path.write_text(f'{{"words": "one", "deep": {deep}}}\n{{"words": "two", "deep": 1}}\n')
    assert read(path)[2] == ["one", "two"]


def test_half_a_character_is_replaced_since_no_tokenizer_takes_it(tmp_path: Path) -> None:
    path = tmp_path / "halves.jsonl"
    path.write_text('{"text": "a \\ud83d b"}\n{"text": "whole \\ud83d\\ude00"}\n')
    assert read(path)[2] == ["a \ufffd b", "whole \U0001f600"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "a.jsonl",
            '{"text": "a"}\n{"text": "cut he',
            "is cut short and cannot be read as .jsonl: it ends in the middle of line 2",
        ),
        ("a.jsonl", '{"text": "a"}\n\n{"text": tr', "ends in the middle of line 3; remove that line"),
        ("a.jsonl", '{"text": "a"}\n{"text": "\\u00', "ends in the middle of line 2"),
        ("a.jsonl", '{"text": "a"}\n{"text": "b"', "ends in the middle of line 2"),
        ("a.jsonl", '{"text": "a"}\n{"text": oops}\n{"text": "b"}\n', "Line 2 of "),
        ("a.jsonl", '{"text": "a"}\n{"text": oops}\n{"text": "b"}\n', 'is no JSON ("Expecting value" at column 10)'),
        ("a.jsonl", '{"text": "open}\n{"text": "b"}\n', "Line 1 of "),
        ("a.jsonl", '{"text": "a"},\n{"text": "b"},\n', "Line 1 of "),
        ("a.jsonl", '["a", "b"]\n["c"]\n', "Line 1 of "),
        ("a.jsonl", "1\n2\n", "is a number or a truth value; write each row as an object"),
        ("a.jsonl", '{"text": "a"}\n{"deep": ' + "[" * 100_000, "Line 2 of "),
        ("a.json", '[\n{"text": "a"},\n{"te', "cut short and cannot be read as .json: it ends in the middle of line 3"),
        ("a.json", '[\n{"text": "a"},\n', "ends in the middle of line 3"),
        ("a.json", '[\n{"text": "a"},\n{"text": "b"},\n]', "Line 4 of "),
        ("a.json", "[" * 100_000, "is nested too deeply to be read"),
        ("a.csv", "id,text\n1,fine\n2,one, two\n", "Line 3 of "),
        ("a.csv", "id,text\n1,fine\n2,one, two\n", "has 3 cells where the first line has 2; put a text"),
        ("a.csv", 'id,text\n1,"open\n2,more\n', "ends within the quotes that are opened in line 2"),
        ("a.csv", "id,text\n", "There is no text in "),
        ("a.csv", "", "the file is empty"),
        ("a.parquet", '{"text": "a"}\n', "is no parquet file despite its name"),
        ("a.parquet", "PAR1 and then", "is cut short and cannot be read as .parquet: the table of contents"),
        ("a.parquet", "PAR1 and no table of contents PAR1", "is damaged: it cannot be read as parquet"),
    ],
)
def test_what_is_wrong_is_reported_with_its_place(tmp_path: Path, name: str, content: str, sentence: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    assert sentence in refusal(path)


@pytest.mark.parametrize(
    ("content", "columns", "documents"),
    [
        ("nr;text\n1;one, two; \n", ("text",), ["one, two"]),
        ("nr\ttext\n1\tone, two\n", ("text",), ["one, two"]),
        ("nr|text\n1|one, two\n", ("text",), ["one, two"]),
        ("nr;prose\n1;one, two\n2;three\n", ("prose",), ["one, two", "three"]),
        ('sep=;\r\nnr;prose\r\n1;"one; two"\r\n', ("prose",), ["one; two"]),
        (" Text ,nr\none,1\n", (" Text ",), ["one"]),
        (",text\n0,one\n1,two\n", ("text",), ["one", "two"]),
        ("text,text\none,two\n", ("text",), ["one"]),
        ('text\n"one ""word"", in\nlines"\n\n  \nNA\n', ("text",), ["NA", 'one "word", in\nlines']),
        ("text\none\n" + "long " * 60_000, ("text",), None),
        ('"The first text, without a name above it."\nAnother\n', ("text",), None),
        ('1,"The first text, without a name above it."\n2,Another\n', ("column 2",), None),
        ("when,prose\n2024-05-01,one\n1.5.2024,two\n", ("prose",), ["one", "two"]),
        ("share,prose,ok\n1.5e3,one,True\n-7%,two,false\n", ("prose",), ["one", "two"]),
        ("text,nr,more\none\ntwo,2\n", ("text",), ["one", "two"]),
        ("text,nr\none,1,\ntwo,2, \n", ("text",), ["one", "two"]),
    ],
)
def test_csv_is_read_in_the_forms_that_programs_write(
    tmp_path: Path, content: str, columns: tuple[str, ...], documents: list[str] | None
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content.encode())
    form, found, read_documents = read(path)
    assert (form, found) == ("plain", columns)
    assert read_documents == documents if documents is not None else len(read_documents) > 1


def test_quotes_within_the_cells_of_a_tsv_are_text(tmp_path: Path) -> None:
    path = tmp_path / "table.tsv"
    path.write_text('id\ttext\n1\tHe said "hi", and left\n2\ta 5" disk\n')
    assert read(path)[2] == ['He said "hi", and left', 'a 5" disk']


def test_parquet_columns_of_every_type_of_text_are_read(tmp_path: Path) -> None:
    words = ["one text", "two texts", None]
    for kind in (pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())):
        path = parquet(tmp_path / "table.parquet", {"text": pa.array(words, pa.string()).cast(kind)})
        assert read(path) == PLAIN


def test_parquet_columns_that_are_not_used_may_hold_what_python_cannot(tmp_path: Path) -> None:
    far = pa.array([2**50, 0], pa.timestamp("ms"))
    image = [{"bytes": b"\x00\xff", "path": None}] * 2
    path = parquet(tmp_path / "table.parquet", {"when": far, "image": image, "text": ["one text", "two texts"]})
    assert read(path) == PLAIN


def test_a_parquet_file_is_known_by_how_it_begins(tmp_path: Path) -> None:
    assert read(parquet(tmp_path / "table.jsonl", {"text": ["one text", "two texts"]})) == PLAIN
    assert read(parquet(tmp_path / "table.txt", {"text": ["one text", "two texts"]})) == PLAIN


def test_no_local_file_is_handed_to_datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)  # an import fails
    (tmp_path / "a.csv").write_text("id,text\n1,one text\n2,two texts\n")
    for path in (
        jsonl(tmp_path / "a.jsonl", *TWO),
        parquet(tmp_path / "a.parquet", {"text": PLAIN[2]}),
        tmp_path / "a.csv",
    ):
        assert read(path) == PLAIN


def test_a_large_file_gives_the_same_order_without_being_held(tmp_path: Path) -> None:
    rows = [{"text": f"text {number}"} for number in range(9000)]
    path = jsonl(tmp_path / "large.jsonl", *rows)
    held = list(file_texts(path, seed=5).documents)
    assert list(file_texts(path, seed=5, in_memory=1000).documents) == held
    assert sorted(held) == sorted(row["text"] for row in rows)


def test_a_large_file_is_read_again_only_as_far_as_it_is_needed() -> None:
    readings = []

    def documents() -> list[str]:
        readings.append(0)
        return [f"text {number}" for number in range(10_000)]

    count, drawn = drawn_order(lambda: iter(documents()), seed=0, in_memory=10)
    assert (count, len(readings)) == (10_000, 1)
    assert len({next(drawn) for _ in range(4096)}) == 4096
    assert len(readings) == 2
    assert len(list(drawn)) == 10_000 - 4096
    assert len(readings) == 3
