"""Texts in every form that people have them; what cannot be read is said in one sentence."""

import csv
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api.errors import BadInput
from engine.api.events import TextForm
from engine.calibration.columns import row_form
from engine.calibration.sections import sections
from engine.calibration.texts import dataset_texts, file_documents, file_texts
from engine.calibration.turns import Conversation, Turn

ROWS = [{"text": f"Document number {number}."} for number in range(20)]
TEXTS = sorted(row["text"] for row in ROWS)


def written(folder: Path, kind: str) -> Path:
    """The same documents in a file of each kind."""
    path = folder / f"texts.{kind}"
    table = pa.Table.from_pylist(ROWS)
    if kind == "jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    elif kind == "csv":
        pyarrow.csv.write_csv(table, path)
    else:
        pyarrow.parquet.write_table(table, path)
    return path


@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_every_kind_of_table_gives_its_documents(tmp_path: Path, kind: str) -> None:
    assert sorted(file_documents(written(tmp_path, kind), seed=0)) == TEXTS


def test_the_seed_draws_the_order(tmp_path: Path) -> None:
    path = written(tmp_path, "jsonl")
    first, again, other = (list(file_documents(path, seed)) for seed in (1, 1, 2))
    assert first == again != other


def test_a_text_file_is_cut_into_sections_that_hold_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "book.txt"
    path.write_text("\n\n".join(f"Paragraph {number} has a few words of its own." for number in range(400)))
    found = list(file_documents(path, seed=0))
    assert len(found) > 20
    assert sorted(" ".join(found).split()) == sorted(path.read_text().split())


@given(st.text(alphabet=st.sampled_from("ab \n"), max_size=400), st.integers(1, 60))
def test_sections_lose_no_word_and_keep_to_their_length(text: str, longest: int) -> None:
    found = list(sections(text, longest))
    assert "".join("".join(part.split()) for part in found) == "".join(text.split())
    assert all(0 < len(part) <= longest for part in found)


ASKED = (Turn("user", "Hi"), Turn("assistant", "Hello"))


@pytest.mark.parametrize(
    ("row", "form", "columns", "document"),
    [
        ({"id": "7", "text": "plain"}, "plain", ("text",), "plain"),
        ({"content": "plain", "url": "x"}, "plain", ("content",), "plain"),
        ({"story_without_a_known_name": "once", "year": 1999}, "plain", ("story_without_a_known_name",), "once"),
        (
            {"instruction": "Hi", "input": "", "output": "Hello"},
            "instruction",
            ("instruction", "input", "output"),
            ASKED,
        ),
        (
            {"instruction": "Do.", "context": "Here.", "response": "Done.", "category": "x"},
            "instruction",
            ("instruction", "context", "response"),
            (Turn("user", "Do.\n\nHere."), Turn("assistant", "Done.")),
        ),
        ({"prompt": "Hi", "response": "Hello"}, "instruction", ("prompt", "response"), ASKED),
        (
            {"instruction": "Hi", "input": "", "output": "Hello", "text": "Below is an instruction ..."},
            "instruction",
            ("instruction", "input", "output"),
            ASKED,
        ),
        (
            {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]},
            "messages",
            ("messages",),
            ASKED,
        ),
        (
            {"messages": [{"role": "user", "content": [{"type": "text", "text": "Hi"}]}]},
            "messages",
            ("messages",),
            ASKED[:1],
        ),
        (
            {"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}]},
            "sharegpt",
            ("conversations",),
            ASKED,
        ),
    ],
)
def test_rows_of_every_usual_form_become_documents(
    row: dict[str, object], form: TextForm, columns: tuple[str, ...], document: str | tuple[Turn, ...]
) -> None:
    found = row_form([row], "it")
    expected = document if isinstance(document, str) else Conversation(document)
    assert (found.name, found.columns, found.document(row)) == (form, columns, expected)


def test_of_a_conversation_without_a_template_what_is_said_stays() -> None:
    assert Conversation(ASKED).plain == "Hi\n\nHello"


def test_what_a_file_is_is_told(tmp_path: Path) -> None:
    texts = file_texts(written(tmp_path, "parquet"), seed=0)
    assert (texts.form, texts.columns, texts.count) == ("plain", ("text",), 20)


def test_a_table_that_begins_with_empty_rows_is_known_by_the_first_that_is_not(tmp_path: Path) -> None:
    path = tmp_path / "gaps.jsonl"
    rows = [{"id": "a", "text": None}, {"id": "b", "text": None}, {"id": "c", "text": "words"}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    texts = file_texts(path, seed=0)
    assert (texts.columns, list(texts.documents)) == (("text",), ["words"])
    path.write_text(json.dumps({"id": "a", "text": None}) + "\n")
    with pytest.raises(BadInput, match=r"There is no text in .*gaps\.jsonl"):
        file_texts(path, seed=0)


def alpaca(folder: Path, kind: str, first: dict[str, str | None]) -> Path:
    """A table of instructions that begins with the row ``first``."""
    path = folder / f"alpaca.{kind}"
    rows = [first, *({"instruction": "Translate.", "input": f"Word {n}", "output": f"mot {n}"} for n in range(9))]
    with path.open("w", newline="") as file:
        if kind == "csv":
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        else:
            file.writelines(json.dumps(row) + "\n" for row in rows)
    return path


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
@pytest.mark.parametrize("empty", ["instruction", "input", "output"])
def test_an_empty_cell_in_the_first_row_drops_no_column(tmp_path: Path, kind: str, empty: str) -> None:
    first = {"instruction": "Say.", "input": "Hi", "output": "Hello", empty: None}
    texts = file_texts(alpaca(tmp_path, kind, first), seed=0)
    documents = list(texts.documents)
    assert texts.columns == ("instruction", "input", "output")
    assert sum("Word" in found.plain and "mot" in found.plain for found in documents if not isinstance(found, str)) == 9
    assert sum("None" in str(found) for found in documents) == 0


def test_a_conversation_that_is_missing_in_the_first_row_is_known_by_the_next() -> None:
    said = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]
    rows: list[dict[str, object]] = [{"prompt": "Hi", "messages": None}, {"prompt": "Hi", "messages": said}]
    form = row_form(rows, "it")
    assert [form.document(row) for row in rows] == [Conversation(()), Conversation(ASKED)]


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ({"prompt": "Hi", "completion": None, "text": "plain"}, ("text",)),
        ({"instruction": "Hi", "input": None, "output": None}, ("instruction", "input", "output")),
        ({"instruction": "Hi", "input": 7, "output": "Hello"}, ("instruction", "output")),
    ],
)
def test_columns_without_a_word_in_them_are_taken_where_no_others_are(
    row: dict[str, object], columns: tuple[str, ...]
) -> None:
    assert row_form([row], "it").columns == columns


def test_words_that_look_like_nothing_are_words(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("question,answer,year\nWhich?,None,1999\nCode?,NA,\nEmpty?,,2001\n")
    said = {found.plain for found in file_documents(path, seed=0) if not isinstance(found, str)}
    assert said == {"Which?\n\nNone", "Code?\n\nNA", "Empty?"}


def test_turns_that_are_no_turns_are_told_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "said.jsonl"
    path.write_text(json.dumps({"messages": ["Hi", "Hello"]}) + "\n")
    with pytest.raises(BadInput, match=r"column 'messages' of .*said\.jsonl holds no turns with a role and a content"):
        list(file_documents(path, seed=0))


def test_columns_that_nobody_knows_are_named() -> None:
    with pytest.raises(BadInput, match=r"it has no column .* \(its columns: a, b\); rename"):
        row_form([{"a": "x", "b": "y"}], "it")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("none.txt", None, "There is no text file"),
        ("empty.txt", "  \n ", "There is no text in"),
        ("table.xlsx", "x", "is of an unknown kind; give a file in .txt, .jsonl"),
        ("broken.jsonl", '{"text": ', "is cut short and cannot be read as .jsonl"),
        ("numbers.jsonl", '{"a": 1}\n', "no column that is known to hold text"),
        ("latin.txt", b"caf\xe9", "cannot be read as UTF-8"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(
    tmp_path: Path, name: str, content: str | bytes | None, sentence: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BadInput) as caught:
        list(file_documents(path, seed=0))
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_data_set_needs_a_name() -> None:
    with pytest.raises(BadInput, match="No data set is named"):
        dataset_texts("", "train", 0)
