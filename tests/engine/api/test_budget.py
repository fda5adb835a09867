"""A budget as a number of layers: exact at the borders, and honest about what cannot be reached."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api.budget import (
    bytes_to_free,
    decode_speedup,
    possible_counts,
    prunable_layers,
    resolve_budget,
    smallest_layers,
)
from engine.api.errors import BadInput
from engine.api.settings import AnalysisSettings, BudgetSettings

EQUAL = (10_000_000,) * 6
"""Bytes of six equal layers; embeddings and head below are another 40 MB."""
TOTAL = 100_000_000
PRUNABLE = (2, 3, 4)


def resolved(budget: BudgetSettings, prunable: tuple[int, ...] = PRUNABLE) -> int:
    return resolve_budget(budget, prunable, EQUAL, TOTAL)


@st.composite
def models(draw: st.DrawFn) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    """Prunable layers, bytes of every layer, bytes of the whole model; up to a terabyte."""
    sizes = tuple(draw(st.lists(st.integers(1, 10**10), min_size=2, max_size=40)))
    prunable = draw(st.sets(st.integers(0, len(sizes) - 1), min_size=1, max_size=len(sizes) - 1))
    return tuple(sorted(prunable)), sizes, sum(sizes) + draw(st.integers(0, 10**11))


def test_layers_are_taken_as_they_are() -> None:
    assert [resolved(BudgetSettings(layers=count)) for count in (0, 1, 3)] == [0, 1, 3]


@pytest.mark.parametrize(
    ("percent", "layers"), [(0.0, 0), (0.001, 1), (10.0, 1), (10.001, 2), (20.0, 2), (29.999, 3), (30.0, 3)]
)
def test_a_share_is_removed_at_least(percent: float, layers: int) -> None:
    assert resolved(BudgetSettings(percent=percent)) == layers


@pytest.mark.parametrize(
    ("megabytes", "layers"), [(500.0, 0), (100.0, 0), (99.999, 1), (90.0, 1), (89.999, 2), (70.0, 3)]
)
def test_a_size_is_never_exceeded(megabytes: float, layers: int) -> None:
    assert resolved(BudgetSettings(megabytes=megabytes)) == layers


@pytest.mark.parametrize(("speedup", "layers"), [(1.0, 0), (1.01, 1), (1.11, 1), (1.12, 2), (1.25, 2), (1.42, 3)])
def test_a_decode_speed_up_is_reached_at_least(speedup: float, layers: int) -> None:
    assert resolved(BudgetSettings(speedup=speedup)) == layers


@given(models(), st.floats(1.0, 3.0))
def test_a_decode_speed_up_takes_as_few_layers_as_can_be(
    model: tuple[tuple[int, ...], tuple[int, ...], int], speedup: float
) -> None:
    prunable, sizes, total = model
    most = smallest_layers(prunable, sizes, min(len(prunable), len(sizes) - 1))
    reach = decode_speedup(total, sum(sizes[layer] for layer in most))
    if reach < speedup:
        return
    count = resolve_budget(BudgetSettings(speedup=speedup), prunable, sizes, total)

    def reached(count: int) -> float:
        return decode_speedup(total, sum(sizes[layer] for layer in smallest_layers(prunable, sizes, count)))

    assert reached(count) >= speedup * (1 - 1e-9)
    assert count == 0 or reached(count - 1) < speedup


def test_the_smallest_layers_are_counted() -> None:
    sizes = (50, 5, 1, 3, 50)
    assert resolve_budget(BudgetSettings(percent=4.0), (1, 2, 3), sizes, 109 - 9) == 2
    assert resolve_budget(BudgetSettings(percent=4.1), (1, 2, 3), sizes, 109 - 9) == 3


@given(models(), st.data())
def test_the_size_of_a_result_asks_for_just_that_result(
    model: tuple[tuple[int, ...], tuple[int, ...], int], data: st.DataObject
) -> None:
    prunable, sizes, total = model
    count = data.draw(st.integers(0, len(prunable)))
    freed = sum(sorted(sizes[layer] for layer in prunable)[:count])
    in_megabytes = BudgetSettings(megabytes=(total - freed) / 1e6)
    in_percent = BudgetSettings(percent=100 * freed / total)
    assert resolve_budget(in_megabytes, prunable, sizes, total) == count
    assert resolve_budget(in_percent, prunable, sizes, total) == count


@given(models(), st.floats(0.0, 99.9))
def test_a_share_is_reached_with_as_few_layers_as_can_be(
    model: tuple[tuple[int, ...], tuple[int, ...], int], percent: float
) -> None:
    prunable, sizes, total = model
    smallest = sorted(sizes[layer] for layer in prunable)
    wanted = percent / 100 * total
    nearly = 0.01  # bytes
    try:
        count = resolve_budget(BudgetSettings(percent=percent), prunable, sizes, total)
    except BadInput:
        assert sum(smallest) < wanted + nearly
    else:
        assert sum(smallest[:count]) > wanted - nearly
        assert count == 0 or sum(smallest[: count - 1]) < wanted + nearly


@given(models(), st.floats(0.0, 99.9))
def test_a_knapsack_is_one_number_of_layers_where_all_are_of_a_size(
    model: tuple[tuple[int, ...], tuple[int, ...], int], percent: float
) -> None:
    prunable, sizes, total = model
    budget = BudgetSettings(percent=percent)
    try:
        most = resolve_budget(budget, prunable, sizes, total)
    except BadInput:
        return
    counts = possible_counts(budget, prunable, sizes, total)
    assert counts[-1] == most
    wanted = bytes_to_free(budget, total)
    largest = sorted((sizes[layer] for layer in prunable), reverse=True)
    assert sum(largest[: counts[0]]) >= wanted
    assert counts[0] == 0 or sum(largest[: counts[0] - 1]) < wanted
    if len({sizes[layer] for layer in prunable}) == 1:
        assert len(counts) == 1


def test_too_many_layers_are_refused_with_the_most_there_are() -> None:
    with pytest.raises(BadInput, match=r"asks to remove 4 layers, but only 3 of 6 may be removed"):
        resolved(BudgetSettings(layers=4))


@pytest.mark.parametrize("budget", [BudgetSettings(percent=30.1), BudgetSettings(megabytes=69.9)])
def test_too_much_is_refused_with_the_most_there_is(budget: BudgetSettings) -> None:
    with pytest.raises(BadInput, match=r"all 3 removable layers frees only 30\.0 of 100\.0 MB \(30\.0 %\)"):
        resolved(budget)


def test_one_layer_always_stays() -> None:
    everything = tuple(range(6))
    assert resolved(BudgetSettings(layers=5), everything) == 5
    with pytest.raises(BadInput, match="only 5 of 6"):
        resolved(BudgetSettings(layers=6), everything)
    with pytest.raises(BadInput, match="all 5 removable layers"):
        resolved(BudgetSettings(percent=60.0), everything)


def test_all_but_the_first_two_and_the_last_may_go() -> None:
    assert prunable_layers(6, AnalysisSettings()) == (2, 3, 4)


def test_named_protected_layers_replace_the_counts() -> None:
    assert prunable_layers(6, AnalysisSettings(protected=(5, 1))) == (0, 2, 3, 4)
    assert prunable_layers(3, AnalysisSettings(protected=())) == (0, 1, 2)


def test_a_protected_layer_must_exist() -> None:
    with pytest.raises(BadInput, match=r"Layer 6 is protected, but the model's layers are 0 to 5"):
        prunable_layers(6, AnalysisSettings(protected=(0, 6)))


@pytest.mark.parametrize("analysis", [AnalysisSettings(protect_first=9), AnalysisSettings(protected=(0, 1, 2))])
def test_not_all_layers_can_be_protected(analysis: AnalysisSettings) -> None:
    with pytest.raises(BadInput, match="All 3 layers are protected"):
        prunable_layers(3, analysis)
