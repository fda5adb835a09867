"""Text from anywhere is shown, and never obeyed."""

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.api.safe_text import LONGEST, safe_json, safe_line, safe_text
from tests.hostile_texts import FORBIDDEN, HOSTILE

ANY = st.text(st.characters(), max_size=40)  # lone surrogates included


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "ein Satz\nüber\tzwei Zeilen",
        "日本語",
        "עברית",
        "नमस्ते",
        "a\u200db",
        "👩\u200d🔬",
        "a\u00a0b",
        "[x] <b>",
    ],
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert safe_text(text) == text


@given(ANY)
@settings(max_examples=50)
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    shown = safe_text(text)
    assert len(shown) == len(text)
    assert safe_text(shown) == shown
    assert not any(unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp") for each in shown if each not in "\t\n")
    assert not any(unicodedata.bidirectional(each) in ("LRE", "RLE", "LRO", "RLO", "PDF") for each in shown)
    assert not FORBIDDEN & set(shown)
    shown.encode()


@given(ANY, ANY)
@settings(max_examples=30)
def test_pieces_of_a_growing_text_are_replaced_one_by_one(first: str, second: str) -> None:
    assert safe_text(first) + safe_text(second) == safe_text(first + second)


@given(ANY, st.integers(3, 30))
@settings(max_examples=50)
def test_a_name_is_one_line_of_bounded_length(name: str, longest: int) -> None:
    line = safe_line(name, longest)
    assert len(line) <= longest
    assert "\n" not in line


def test_spaces_of_typesetting_stay_in_a_line_and_breaks_become_spaces() -> None:
    assert safe_line("a  ·  2\u202f100\u00a0%") == "a  ·  2\u202f100\u00a0%"
    assert safe_line("a\r\n\tb\u2028c") == "a b c"


def test_both_ends_of_a_long_name_are_shown() -> None:
    assert safe_line("a" * 500 + "z" * 500, 9) == "aaaa…zzzz"
    assert len(safe_text("ä" * 2 * LONGEST)) == LONGEST


@given(st.recursive(ANY, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY, inner, max_size=3)))
@settings(max_examples=50)
def test_json_means_the_same(value: object) -> None:
    written = safe_json(json.dumps(value, ensure_ascii=False))
    assert json.loads(written) == value
    assert safe_text(written) == written


def test_the_hostile_sample_holds_what_it_should() -> None:
    assert set(HOSTILE) >= FORBIDDEN
