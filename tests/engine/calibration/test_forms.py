"""The forms in which people keep texts for training: what each row becomes, and what is refused."""

import datetime
import json
from pathlib import Path

import pyarrow as pa
import pytest

from engine.calibration.columns import row_form
from engine.calibration.texts import file_texts
from engine.calibration.turns import Conversation
from tests.engine.calibration.text_cases import Spoken, jsonl, parquet, read, refusal, said

QUESTION, ANSWER = ("user", "Why?"), ("assistant", "So it is.")
BOTH = [QUESTION, ANSWER]
MESSAGES = [{"role": "user", "content": "Why?"}, {"role": "assistant", "content": "So it is."}]
SHAREGPT = [{"from": "human", "value": "Why?"}, {"from": "gpt", "value": "So it is."}]


@pytest.mark.parametrize(
    ("row", "form", "columns", "document"),
    [
        ({"conversation": [{"human": "Why?", "assistant": "So it is."}]}, "messages", ("conversation",), BOTH),
        (
            {"conversation": [{"system": "Be brief.", "input": "Why?", "output": "So it is."}]},
            "messages",
            ("conversation",),
            [("system", "Be brief."), *BOTH],
        ),
        ({"id": "a", "items": SHAREGPT}, "sharegpt", ("items",), BOTH),
        ({"dialogue": [{"speaker": "user", "text": "Why?"}]}, "messages", ("dialogue",), [QUESTION]),
        (
            {
                "contents": [
                    {"role": "user", "parts": [{"text": "Why?"}]},
                    {"role": "model", "parts": [{"text": "So."}]},
                ]
            },
            "messages",
            ("contents",),
            [QUESTION, ("assistant", "So.")],
        ),
        (
            {"messages": [{"author": {"role": "user"}, "content": {"parts": ["Why?"]}}]},
            "messages",
            ("messages",),
            [QUESTION],
        ),
        (
            {"messages": [{"role": "user", "content": ["Why", "not?"]}]},
            "messages",
            ("messages",),
            [("user", "Why\nnot?")],
        ),
        ({"messages": [{"role": "user", "content": {"a": 1}}]}, "messages", ("messages",), [("user", '{"a": 1}')]),
        ({"Messages ": MESSAGES, "id": "x"}, "messages", ("Messages ",), BOTH),
        ({"messages": json.dumps(MESSAGES), "id": "x"}, "messages", ("messages",), BOTH),
        ({"conversations": repr(SHAREGPT), "id": "x"}, "sharegpt", ("conversations",), BOTH),
        ({"INSTRUCTION": "Why?", "RESPONSE": "So it is."}, "instruction", ("INSTRUCTION", "RESPONSE"), BOTH),
        (
            {"instruction": "Why?", "input": "", "response": "So it is."},
            "instruction",
            ("instruction", "input", "response"),
            BOTH,
        ),
        (
            {"system_prompt": "S", "question": "Why?", "response": "So it is."},
            "instruction",
            ("question", "response"),
            BOTH,
        ),
        ({"input": "Why?", "target": "So it is."}, "instruction", ("input", "target"), BOTH),
        ({"question": "Why?", "answer": 5, "text": "Prose"}, "plain", ("text",), "Prose"),
        ({"prompt": "Why?", "chosen": "So it is.", "rejected": "No."}, "instruction", ("prompt", "chosen"), BOTH),
        ({"prompt": "Why?", "chosen": MESSAGES, "rejected": MESSAGES[:1]}, "messages", ("prompt", "chosen"), BOTH),
        ({"prompt": "Why?", "chosen": MESSAGES[1:], "rejected": []}, "messages", ("prompt", "chosen"), BOTH),
        ({"prompt": MESSAGES[:1], "completion": MESSAGES[1:]}, "messages", ("prompt", "completion"), BOTH),
        ({"chosen": MESSAGES, "rejected": MESSAGES[:1]}, "messages", ("chosen",), BOTH),
        (
            {"conversations": SHAREGPT[:1], "chosen": SHAREGPT[1], "rejected": {"from": "gpt", "value": "No."}},
            "sharegpt",
            ("conversations", "chosen"),
            BOTH,
        ),
        (
            {"chosen": "\n\nHuman: Why?\n\nAssistant: So it is.", "rejected": "\n\nHuman: Why?\n\nAssistant: No."},
            "transcript",
            ("chosen",),
            BOTH,
        ),
        ({"chosen": "Prose of one kind", "rejected": "Prose of another"}, "plain", ("chosen",), "Prose of one kind"),
        (
            {"custom_id": "a", "method": "POST", "url": "/v1/chat", "body": {"model": "m", "messages": MESSAGES}},
            "messages",
            ("body.messages",),
            BOTH,
        ),
        ({"id": "a", "doc": {"inner": {"text": "Prose"}}}, "plain", ("doc.inner.text",), "Prose"),
        ({"prose": "A longer text", "meta": {"content": "short"}}, "plain", ("prose",), "A longer text"),
        ({"text": "Prose", "messages": []}, "plain", ("text",), "Prose"),
        ({"text": "Prose", "items": ["a", "b"]}, "plain", ("text",), "Prose"),
        ({"when": "2024-05-01T10:00:00", "size": "12", "prose": "Words"}, "plain", ("prose",), "Words"),
    ],
)
def test_a_row_of_every_form_becomes_its_document(
    row: dict[str, object], form: str, columns: tuple[str, ...], document: str | Spoken
) -> None:
    found = row_form([row], "it")
    made = found.document(row)
    assert (found.name, found.columns) == (form, columns)
    assert (said(made) if isinstance(made, Conversation) else made) == document


def test_rows_that_are_lists_of_turns_are_conversations(tmp_path: Path) -> None:
    expected = ("sharegpt", ("conversation",), [BOTH, BOTH])
    assert read(jsonl(tmp_path / "two.jsonl", SHAREGPT, SHAREGPT)) == expected
    (tmp_path / "two.json").write_text(json.dumps([SHAREGPT, SHAREGPT]))
    assert read(tmp_path / "two.json") == expected
    assert read(jsonl(tmp_path / "one.jsonl", SHAREGPT)) == ("sharegpt", ("conversation",), [BOTH])


def test_conversations_in_the_strings_and_structs_of_parquet_are_conversations(tmp_path: Path) -> None:
    for number, cells in enumerate(([json.dumps(MESSAGES)] * 2, [MESSAGES] * 2)):
        path = parquet(tmp_path / f"{number}.parquet", {"id": ["a", "b"], "conversations": cells})
        assert read(path) == ("messages", ("conversations",), [BOTH, BOTH])


CALL = {"function": {"name": "weather", "arguments": '{"city": "Rome"}'}}


def test_a_turn_that_only_calls_tools_keeps_its_place(tmp_path: Path) -> None:
    turns = [
        {"role": "user", "content": "Is it warm?"},
        {"role": "assistant", "content": None, "tool_calls": [CALL, CALL]},
        {"role": "tool", "content": "sun", "tool_call_id": "1"},
        {"role": "assistant", "content": "It is."},
    ]
    (document,) = read(jsonl(tmp_path / "tools.jsonl", {"messages": turns, "id": 1}))[2]
    call = '{"name": "weather", "arguments": {"city": "Rome"}}'
    spoken = [("user", "Is it warm?"), ("assistant", f"{call}\n{call}"), ("tool", "sun"), ("assistant", "It is.")]
    assert document == spoken


def test_calls_of_tools_in_the_parts_of_a_content_are_kept(tmp_path: Path) -> None:
    turns = [
        {
            "role": "assistant",
            "content": [{"type": "tool_use", "id": "1", "name": "weather", "input": {"city": "Rome"}}],
        },
        {
            "role": "user",
            "content": [{"type": "tool_result", "tool_use_id": "1", "content": [{"type": "text", "text": "sun"}]}],
        },
    ]
    (document,) = read(jsonl(tmp_path / "tools.jsonl", {"messages": turns}))[2]
    assert document == [("assistant", '{"name": "weather", "arguments": {"city": "Rome"}}'), ("user", "sun")]


def test_what_parquet_adds_to_calls_is_left_out(tmp_path: Path) -> None:
    turns = [
        {"role": "user", "content": "Is it warm?", "tool_calls": None},
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [
                {"function": {"name": "weather", "arguments": {"city": "Rome"}}},
                {"function": {"name": "time", "arguments": {"zone": "UTC"}}},
            ],
        },
    ]
    path = parquet(tmp_path / "tools.parquet", {"messages": [turns], "tools": [[{"name": "weather", "strict": None}]]})
    (document,) = file_texts(path, seed=0).documents
    assert isinstance(document, Conversation)
    assert document.turns[0].message is None
    message = document.turns[1].message
    assert message is not None
    assert [call["function"]["arguments"] for call in message["tool_calls"]] == [{"city": "Rome"}, {"zone": "UTC"}]
    assert document.tools == ({"name": "weather"},)


@pytest.mark.parametrize(
    ("cells", "held"),
    [
        (pa.array([b"some text", b"more"]), "holds bytes, not text; write them as text"),
        (pa.array([["a", "b"], ["c"]]), "holds lists, not text; join each list into one text"),
        (pa.array([1, 2]), "holds numbers, not text; give this name to the column with the text"),
        (pa.array([True, False]), "holds truth values, not text"),
        (pa.array([datetime.datetime(2024, 1, 1)] * 2), "holds dates, not text"),
        (pa.array([{"a": 1}, {"a": 2}]), "holds objects, not text"),
        (pa.array(["2024-01-01", "2024-12-31 10:00"]), "holds dates, not text"),
        (pa.array(["12", "1.5e3"]), "holds numbers, not text"),
    ],
)
def test_a_column_of_the_right_name_and_the_wrong_kind_is_reported_as_that(
    tmp_path: Path, cells: pa.Array, held: str
) -> None:
    assert f"The column 'text' of {tmp_path / 'a.parquet'} {held}" in refusal(
        parquet(tmp_path / "a.parquet", {"text": cells})
    )


def test_texts_of_which_only_some_are_dates_are_texts(tmp_path: Path) -> None:
    rows = [{"text": "2024-01-01"}, {"text": "On 2024-01-02 it rained."}]
    assert read(jsonl(tmp_path / "a.jsonl", *rows))[2] == ["2024-01-01", "On 2024-01-02 it rained."]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"id": "a1", "tokens": ["many", "words", "here"]}, "(its columns: id, tokens)"),
        ({"title": "A_B", "paragraphs": [{"context": "A long text."}]}, "(its columns: title, paragraphs)"),
        ({"a": 1, "b": [2]}, "('a' holds numbers, 'b' holds lists)"),
        ({"id": 1, "messages": "[{'role': 'user' 'content': 'x'}]"}, "The column 'messages' of "),
    ],
)
def test_no_column_of_labels_is_taken_for_the_text(tmp_path: Path, row: dict[str, object], sentence: str) -> None:
    assert sentence in refusal(jsonl(tmp_path / "a.jsonl", row, row))


def test_the_column_is_known_by_a_row_far_below(tmp_path: Path) -> None:
    rows = [*({"id": f"row {number}"} for number in range(200)), {"id": "row", "text": "words"}]
    assert read(jsonl(tmp_path / "a.jsonl", *rows)) == ("plain", ("text",), ["words"])
