"""The numbers on the axes of the report's charts."""

import pytest

from engine.report.svg import tick_text


@pytest.mark.parametrize(
    ("value", "words"), [(10_000.0, "10\u202f000"), (-1.5, "\u22121.5"), (0.25, "0.25"), (2.0, "2")]
)
def test_a_tick_is_written_as_the_tables_write_numbers(value: float, words: str) -> None:
    assert tick_text(value) == words
