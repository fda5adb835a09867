"""Texts take turns in proportion to their weights, and every beginning is mixed like the whole."""

from fractions import Fraction

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.api.editing import with_values
from engine.api.errors import BadInput
from engine.api.settings import CalibrationSettings, RecoverySettings, Settings
from engine.api.text_mix import mix_part
from engine.calibration.mixture import in_turn, shares, turns
from engine.calibration.places import text_mixture

weights = st.lists(st.fractions(Fraction(1, 8), 8, max_denominator=8), min_size=1, max_size=5)


@given(weights, st.integers(0, 60))
def test_no_text_is_more_than_one_window_from_its_share(parts: list[Fraction], count: int) -> None:
    found = shares(parts, count)
    assert sum(found) == count
    for weight, share in zip(parts, found, strict=True):
        assert abs(share - count * weight / sum(parts)) < len(parts)


@given(weights, st.integers(0, 40), st.integers(0, 20))
def test_fewer_windows_are_the_beginning_of_more(parts: list[Fraction], count: int, more: int) -> None:
    assert turns(parts, count + more)[:count] == turns(parts, count)


@given(st.integers(1, 6), st.integers(0, 30))
def test_equal_weights_are_simple_turns(parts: int, count: int) -> None:
    assert turns([Fraction(1)] * parts, count) == [index % parts for index in range(count)]


@given(weights, st.data())
def test_nothing_is_lost_when_one_text_is_short(parts: list[Fraction], data: st.DataObject) -> None:
    sizes = [data.draw(st.integers(0, 6)) for _ in parts]
    tensors = [torch.full((size, 2), index) for index, size in enumerate(sizes)]
    mixed = in_turn(tensors, parts)
    assert [int((mixed[:, 0] == index).sum()) for index in range(len(parts))] == sizes


@pytest.mark.parametrize(
    ("text", "name", "weight"),
    [
        ("self", "self", 1),
        ("web:2", "web", 2),
        ("org/name:config", "org/name:config", 1),
        ("org/name:config:0.5", "org/name:config", Fraction(1, 2)),
        ("texts/my file.txt:3", "texts/my file.txt", 3),
    ],
)
def test_a_part_may_end_in_its_weight(text: str, name: str, weight: Fraction) -> None:
    assert mix_part(text) == (name, weight)


def test_a_weight_of_nothing_is_refused_when_it_is_set() -> None:
    with pytest.raises(BadInput, match="weight of 'web' in a mix is 0"):
        with_values(Settings(), {"recovery.mix": "self,web:0"})


@pytest.mark.parametrize("weight", ["-1", "nan", "inf", "1e999", "-0.5", "1e3", "9" * 5000, "0.0"])
def test_a_weight_that_nothing_can_be_shared_by_is_refused(weight: str) -> None:
    with pytest.raises(BadInput, match=f"weight of 'self' in a mix is {weight[:20]}.*above 0"):
        with_values(Settings(), {"calibration.mix": f"self:{weight}"})


def test_calibration_and_recovery_read_a_mix_alike() -> None:
    mix = ("self:2", "web", "self:7")
    calibration = text_mixture(CalibrationSettings(source="mix", mix=mix))
    assert calibration == text_mixture(RecoverySettings(source="mix", mix=mix))
    assert list(calibration.values()) == [2, 1]
