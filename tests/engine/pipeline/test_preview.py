"""What is shown of the texts before anything is trained on them."""

import json
from pathlib import Path

import msgspec
import pytest

from engine.api.commands import PreviewText
from engine.api.editing import with_values
from engine.api.events import TextPart, TextPreviewed
from engine.api.settings import Settings
from tests.engine.pipeline.cases import Watch, run, small_project
from tests.engine.tiny_models import save_tiny

LENGTH = 24


@pytest.fixture
def model(tmp_path: Path) -> Path:
    save_tiny("llama", tmp_path / "model")
    return tmp_path / "model"


def previewed(model: Path, part: TextPart = "recovery", **values: object) -> list[TextPreviewed]:
    changes = {name.replace("__", "."): value for name, value in values.items()}
    settings = with_values(
        Settings(), {"model.source": str(model), "calibration.window_length": LENGTH, "recovery.windows": 9, **changes}
    )
    watch = Watch()
    assert watch.do(PreviewText(settings=msgspec.to_builtins(settings), part=part)) == 0, watch.ending.message
    return [event for event in watch.events if isinstance(event, TextPreviewed)]


def conversations(folder: Path, count: int = 10) -> Path:
    said = [{"from": "human", "value": "What is it?"}, {"from": "gpt", "value": "It is a thing of no name."}]
    path = folder / "talk.jsonl"
    path.write_text("".join(json.dumps({"id": number, "conversations": said}) + "\n" for number in range(count)))
    return path


def test_a_file_of_conversations_is_told_by_its_columns_and_shown_through_the_template(
    tmp_path: Path, model: Path
) -> None:
    (found,) = previewed(
        model, recovery__source="file", recovery__path=str(conversations(tmp_path)), compensation__windows=5
    )
    assert (found.form, found.columns, found.documents) == ("sharegpt", ("conversations",), 10)
    assert found.chat_template
    assert found.tokens == 10 * len("user: What is it?\nassistant: It is a thing of no name.\n")
    assert found.windows[0] == "user: What is it?\nassistant: "[:LENGTH]
    assert len(found.windows) == 3
    assert found.windows_wanted == 9 + Settings().recovery.validation_windows  # recovery needs more than compensation


def test_without_the_template_only_what_is_said_is_shown(tmp_path: Path, model: Path) -> None:
    path = str(conversations(tmp_path))
    (found,) = previewed(model, recovery__source="file", recovery__path=path, calibration__chat_template=False)
    assert not found.chat_template
    assert found.windows[0].startswith("<s>What is it?")


def test_each_text_of_a_mix_has_its_share(tmp_path: Path, model: Path) -> None:
    plain = tmp_path / "plain.txt"
    plain.write_text("Once there was a text. " * 50)
    mix = [f"{plain}:3", str(conversations(tmp_path))]
    found = previewed(model, "calibration", calibration__source="mix", calibration__mix=mix)
    assert [(each.form, each.share) for each in found] == [("plain", 0.75), ("sharegpt", 0.25)]
    assert [each.windows_wanted for each in found] == [24, 8]


def test_the_models_own_text_is_shown_once_it_is_written(tmp_path: Path, model: Path) -> None:
    (found,) = previewed(model)
    assert (found.form, found.windows) == ("own", ())
    run(small_project(tmp_path), until="search")  # which is when it is written
    (found,) = previewed(model)
    assert len(found.windows) == 3
    assert found.windows[0].startswith("user: ")


def test_a_transcript_of_preferences_is_shown_through_the_template(tmp_path: Path, model: Path) -> None:
    path = tmp_path / "hh.jsonl"
    row = {
        "chosen": "\n\nHuman: What is it?\n\nAssistant: A thing.",
        "rejected": "\n\nHuman: What is it?\n\nAssistant: No.",
    }
    path.write_text("".join(json.dumps(row) + "\n" for _ in range(10)))
    (found,) = previewed(model, recovery__source="file", recovery__path=str(path))
    assert (found.form, found.columns, found.chat_template) == ("transcript", ("chosen",), True)
    assert found.windows[0].startswith("user: What is it?")


def test_a_file_that_cannot_be_read_is_said_in_one_sentence(tmp_path: Path, model: Path) -> None:
    path = tmp_path / "numbers.jsonl"
    path.write_text('{"a": 1}\n')
    settings = with_values(
        Settings(), {"model.source": str(model), "recovery.source": "file", "recovery.path": str(path)}
    )
    watch = Watch()
    assert watch.do(PreviewText(settings=msgspec.to_builtins(settings))) == 2
    assert "no column that is known to hold text" in watch.ending.message
