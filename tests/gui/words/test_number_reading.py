"""Numbers as people type them, in their language and with the habits of another one."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from gui.words.formatting import format_bytes, format_number, format_percent, localised
from gui.words.number_reading import read_number


@pytest.fixture(params=["en", "de"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield str(request.param)
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2,5", 2.5),
        ("2.5", 2.5),
        (" 12 ", 12.0),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1\u202f234", 1234.0),
        ("1.234.567", 1_234_567.0),
        ("0.001", 0.001),
        ("0,125", 0.125),
        ("\u22123", -3.0),
        ("1e-4", 1e-4),
        ("99999999", 99_999_999.0),
    ],
)
def test_a_number_means_the_same_in_every_language(language: str, text: str, number: float) -> None:
    assert read_number(text) == number


def test_three_digits_after_the_mark_of_thousands_are_thousands(language: str) -> None:
    assert read_number("1.500") == (1500.0 if language == "de" else 1.5)
    assert read_number("1,500") == (1.5 if language == "de" else 1500.0)


@pytest.mark.parametrize("text", ["", "many", "1.2.3", "1,2,3", "1.23,4.5", "12 apples", "--1", "nan", "inf", "."])
def test_what_is_no_number_is_none(language: str, text: str) -> None:
    assert read_number(text) is None


def test_figures_bear_the_mark_of_the_language(language: str) -> None:
    mark = "," if language == "de" else "."
    assert format_bytes(1_800_000_000) == f"1{mark}8\u202fGB"
    assert format_percent(0.184) == f"18{mark}4\u202f%"
    assert format_number(12.345) == f"12{mark}3"
    assert localised(f"{1234.5:,.1f}") == f"1\u202f234{mark}5"
