"""A mixture of texts as one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api.text_mix import mix_parts, mix_words

names = st.text(st.sampled_from("ab,\"':* "), min_size=1, max_size=8).map(str.strip).filter(bool)


@given(st.lists(names, max_size=5))
def test_every_name_comes_back_from_the_line_that_shows_it(parts: list[str]) -> None:
    assert mix_parts(mix_words(parts)) == tuple(parts)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("self:2, web", ("self:2", "web")),
        ("self,,web,", ("self", "web")),
        ("", ()),
        ('"a, b.txt":2, web', ("a, b.txt:2", "web")),
        ('"a, b.txt:2", web', ("a, b.txt:2", "web")),
    ],
)
def test_parts_are_separated_by_commas_outside_quotes(line: str, parts: tuple[str, ...]) -> None:
    assert mix_parts(line) == parts
