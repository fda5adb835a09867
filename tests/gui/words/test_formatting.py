"""Formatting of numbers."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.words import formatting as f

pytestmark = pytest.mark.slow


def plain(text: str) -> str:
    """Replace special spaces and minus signs by ordinary ones."""
    return text.replace(f.NARROW_SPACE, " ").replace(f.MINUS, "-")


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.70349, "0.703"), (16.81, "16.8"), (0, "0"), (1234.5, "1 234"), (-0.5, "-0.500"), (float("inf"), "infinite")],
)
def test_a_number_has_three_digits(value: float, words: str) -> None:
    assert plain(f.format_number(value)) == words


def test_tiny_numbers_are_written_as_powers_of_ten() -> None:
    assert f.format_number(2.4e-6) == "2.40 × 10⁻⁶"


@pytest.mark.parametrize(
    ("value", "words"),
    [(999, "999 B"), (1000, "1.0 kB"), (269_030_016, "269.0 MB"), (999_960_000, "1.0 GB"), (3 * 10**12, "3.0 TB")],
)
def test_bytes_are_counted_in_powers_of_a_thousand(value: int, words: str) -> None:
    assert plain(f.format_bytes(value)) == words


@pytest.mark.parametrize(
    ("value", "words"), [(30, "30"), (9_999, "9 999"), (134_515_008, "134.5 M"), (70_553_706_496, "70.6 B")]
)
def test_large_counts_are_shortened(value: int, words: str) -> None:
    assert plain(f.format_count(value)) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.04, "0.0 s"),
        (7.25, "7.2 s"),
        (59.6, "1 min 00 s"),
        (125, "2 min 05 s"),
        (3599.9, "1 h 00 min"),
        (7265, "2 h 01 min"),
    ],
)
def test_a_duration_has_its_two_largest_units(seconds: float, words: str) -> None:
    assert f.format_duration(seconds) == words


def test_a_clock_keeps_its_width() -> None:
    assert f.format_clock(125.9) == "02:05"
    assert f.format_clock(3725) == "1:02:05"


def test_changes_have_a_sign_and_no_minus_zero() -> None:
    assert plain(f.format_change(100, 88)) == "-12.0 %"
    assert plain(f.format_change(100, 99.99999)) == "0.0 %"
    assert f.format_change(0, 5) == f.NOTHING


def test_layers_in_a_row_are_drawn_together() -> None:
    assert f.format_layers((3, 7, 11, 12, 13)) == "3, 7, 11–13"
    assert f.format_layers(()) == ""


@given(st.integers(min_value=0, max_value=10**18))
def test_bytes_are_told_within_a_twentieth_of_their_unit(value: int) -> None:
    number, unit = plain(f.format_bytes(value)).rsplit(" ", 1)
    scale = {"B": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12, "PB": 10**15}[unit]
    assert abs(float(number.replace(" ", "")) * scale - value) <= 0.0501 * scale


@given(st.sets(st.integers(min_value=0, max_value=80)))
def test_layer_lists_can_be_read_back(layers: set[int]) -> None:
    parts = [part.split("–") for part in f.format_layers(sorted(layers)).split(", ") if part]
    assert {layer for part in parts for layer in range(int(part[0]), int(part[-1]) + 1)} == layers


def test_a_path_below_ones_own_folder_begins_with_a_tilde() -> None:
    assert f.format_path(Path.home() / "models" / "mine") == f"~{os.sep}{Path('models') / 'mine'}"
    assert f.format_path(Path("/elsewhere/mine")) == str(Path("/elsewhere/mine"))


def test_a_path_may_be_broken_after_each_of_its_parts() -> None:
    assert f.breakable("/a_b/c.d") == "/\u200ba_\u200bb/\u200bc.\u200bd"


def test_moments_are_written_as_the_reader_writes_them(german: None) -> None:
    noon = 1_700_000_000
    assert f.format_day(noon) == "14.11.23"
    assert f.format_moment(noon).startswith("14.11.23 ")
    assert len(f.format_time(noon).split(":")) == 3
