"""Text files of the tests, and what is read of them."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from engine.api.errors import BadInput
from engine.calibration.texts import file_texts
from engine.calibration.turns import Conversation

Spoken = list[tuple[str, str]]


def jsonl(path: Path, *rows: object) -> Path:
    """A file with a row in each line."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def parquet(path: Path, columns: dict[str, object]) -> Path:
    """A parquet file of these columns."""
    pyarrow.parquet.write_table(pa.table(columns), path)
    return path


def refusal(path: Path) -> str:
    """The one sentence with which a file is refused."""
    with pytest.raises(BadInput) as caught:
        list(file_texts(path, seed=0).documents)
    sentence = str(caught.value)
    assert "\n" not in sentence
    return sentence


def read(path: Path) -> tuple[str, tuple[str, ...], list[str | Spoken]]:
    """The form, the columns and all documents of a file, a conversation as roles and what they say; sorted."""
    texts = file_texts(path, seed=0)
    documents = [said(each) if isinstance(each, Conversation) else each for each in texts.documents]
    assert texts.count == len(documents)
    return texts.form, texts.columns, sorted(documents, key=str)


def said(conversation: Conversation) -> Spoken:
    """Who says what in a conversation."""
    return [(turn.role, turn.content) for turn in conversation.turns]
