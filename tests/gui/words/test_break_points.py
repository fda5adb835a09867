"""A long word breaks anywhere, and is copied as it was."""

import pytest

from gui.words.break_points import with_break_points, without_break_points

LONG = "abcdefghij" * 9


@pytest.mark.parametrize("text", ["", "a sentence of usual words", "Donaudampfschifffahrt", "a\nb"])
def test_usual_text_stays_as_it_is(text: str) -> None:
    assert with_break_points(text) == text


@pytest.mark.parametrize("text", [LONG, f"see {LONG}/{LONG} there", f"{LONG}\n{LONG}", "漢" * 90])
def test_no_piece_of_a_long_word_is_long(text: str) -> None:
    pieces = [piece for word in with_break_points(text).split() for piece in word.split("\u200b")]
    assert max(map(len, pieces)) <= 8
    assert without_break_points(with_break_points(text)) == text


def test_what_is_drawn_as_one_character_is_not_torn_apart() -> None:
    accents = "e\u0301" * 60
    families = "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 20
    assert "\u200b\u0301" not in with_break_points(accents)
    assert "\u200b\u200d" not in with_break_points(families)
    assert "\u200d\u200b" not in with_break_points(families)


def test_text_that_brings_its_own_points_is_left_alone() -> None:
    text = f"{LONG}\u200b{LONG}"
    assert with_break_points(text) == text
