"""Tokens and passwords are left out of whatever is shown or written."""

import sys
from pathlib import Path

import pytest

from engine.api.errors import in_one_line
from engine.api.secrets import HIDDEN, without_secrets, without_tokens
from engine.export.child_process import run_process
from engine.models.progress import silent
from engine.pipeline.ending import Ending, conclude


@pytest.mark.parametrize(
    "text",
    [
        "Illegal header value b'Bearer hf_abcDEF123456789\\n'",
        "authorization: bearer something.else",
        "hf_abcDEF123456789",
        "Looking in indexes: https://me:secret-word@index.example/simple",
        "https://user:hf_abcDEF123456789@huggingface.co/org/name",
        "org token api_org_abcDEF123456",
    ],
)
def test_what_libraries_quote_is_hidden(text: str) -> None:
    shown = without_secrets(text)
    assert HIDDEN in shown
    for secret in ("abcDEF123456", "something.else", "secret-word"):
        assert secret not in shown
        assert secret not in in_one_line(text)


@pytest.mark.parametrize("text", ["hf_hub", "shelf_life", "https://huggingface.co/org/name", "a@b.example", "bear"])
def test_other_text_stays(text: str) -> None:
    assert without_secrets(text) == text


def test_a_token_of_any_form_is_known_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "an unusual one")
    assert without_secrets("refused: an unusual one!") == f"refused: {HIDDEN}!"
    assert without_tokens({"HF_TOKEN": "an unusual one", "A": "b"}) == {"A": "b"}


def test_the_end_of_a_job_holds_no_token(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path))

    def fail() -> Ending:
        raise RuntimeError("a bug beside hf_abcDEF123456789")

    ending = conclude(fail)
    assert "a bug beside" in ending.event.message
    written = [file.read_text() for file in tmp_path.iterdir()]
    assert written
    assert not any("abcDEF" in text for text in (ending.message, ending.event.message, *written))


@pytest.mark.usefixtures("warm_tools")
def test_tools_of_others_are_given_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_abcDEF123456789")
    code = "import os; print(os.environ.get('HF_TOKEN'))"
    assert run_process([sys.executable, "-c", code], "Looking", silent).split() == [b"None"]
