"""Savings are reckoned from measured paces and a person's prices, each with its formula."""

import msgspec
import pytest

from engine.api.edge_devices import EdgeDevice
from engine.api.event import Event, StageFinished
from engine.api.events import DeviceChosen, FootprintMeasured, ModelEvaluated, RecoveryFinished, SpeedMeasured, Spread
from engine.api.run_state import RunState
from engine.api.settings import SavingsSettings, Variant
from engine.results.figures import POINT
from engine.results.savings import WHILE_BUSY, WITHIN_SPREAD, Savings, SavingsFigure, savings

PRICES = SavingsSettings(
    hardware_price=8766.0,  # a year of hours, so an hour costs one
    hardware_years=1.0,
    busy_percent=100.0,
    watts=1000.0,
    electricity_price=0.8,
    tokens_per_month=10.0,
)
DEVICES = tuple(
    EdgeDevice(name=name, memory=memory * 10**6, reserved=10**8, bandwidth=10.0)
    for name, memory in (("Small", 200), ("Middle", 350), ("Large", 4000))
)


def measured(
    variant: Variant, decode: float, size: int, batch: int = 1, spread: float = 0.0, load: float | None = None
) -> list[Event]:
    """A model's events."""
    model = ModelEvaluated(
        variant=variant,
        layers=30,
        parameters=size // 2,
        bytes=size,
        heldout_perplexity=9.0,
        heldout_kl=0.0,
        text_perplexity=None,
        prefill_tokens_per_second=500.0,
        decode_tokens_per_second=decode,
        peak_memory=size,
    )
    pace = Spread(decode, decode - spread, decode + spread)
    speed = SpeedMeasured(
        variant=variant,
        prompt_tokens=128,
        batch_size=batch,
        prefill=pace,
        decode=pace,
        peak_memory=size,
        repeats=3,
        others_load=load,
    )
    weights = FootprintMeasured(
        variant=variant,
        context=4096,
        cache_bytes=size // 10,
        bytes_16bit=size,
        bytes_8bit=size // 2,
        bytes_4bit=size // 4,
    )
    return [speed, weights, model]


STATE = [
    *measured("dense", 500.0, 300_000_000),
    *measured("pruned", 625.0, 230_000_000),
    StageFinished(stage="search", seconds=3600.0),
]


def reckoned(events: list[Event], prices: SavingsSettings = PRICES) -> Savings:
    found = savings(RunState.replay(events), prices, DEVICES)
    assert found is not None
    return found


def figure(found: Savings, name: str, variant: Variant | None = None) -> SavingsFigure:
    (one,) = [each for each in found.figures if each.name == name and each.variant == variant]
    return one


def test_an_hour_is_hardware_and_power() -> None:
    assert figure(reckoned(STATE), "Own computer, an hour of writing").value == pytest.approx(1.8)


def test_a_million_tokens_cost_as_long_as_they_take() -> None:
    found = reckoned(STATE)
    dense, pruned = (figure(found, "Own computer, a million tokens", each) for each in ("dense", "pruned"))
    assert (dense.value, pruned.value) == (pytest.approx(1.0), pytest.approx(0.8))
    formula, numbers = dense.formula_lines(lambda text: "," if text == POINT else text)
    assert formula == "= price of an hour × 1\u202f000\u202f000 / (tokens/s × 3\u202f600)"
    assert numbers == "= 1,8 × 1\u202f000\u202f000 / (500 × 3\u202f600); 1 at a time"


def test_the_run_is_paid_back_by_what_its_result_saves() -> None:
    found = reckoned(STATE)
    assert figure(found, "Own computer, saved by a million tokens").value == pytest.approx(0.2)
    assert figure(found, "Own computer, this run").value == pytest.approx(1.8)
    assert figure(found, "Own computer, paid back after").value == pytest.approx(9.0)
    assert figure(found, "Own computer, paid back after").words() == "9.0\u202fM tokens"
    paid_back = figure(found, "Own computer, paid back in")
    assert paid_back.value == pytest.approx(0.9 * 365.25 / 12)
    assert paid_back.words() == "27 d 09 h"


def test_a_model_that_is_no_faster_never_pays_back() -> None:
    found = reckoned([*measured("dense", 500.0, 300), *measured("pruned", 500.0, 230)])
    assert "Own computer, paid back after" not in [each.name for each in found.figures]


def test_the_fastest_batch_counts() -> None:
    found = reckoned([*STATE, *measured("pruned", 1250.0, 230_000_000, batch=8)])
    assert figure(found, "Own computer, a million tokens", "pruned").value == pytest.approx(0.4)


def test_the_recovered_model_counts_where_recovery_helped() -> None:
    helped = RecoveryFinished(helped=True, best_step=1, validation_kl_before=1.0, validation_kl_after=0.5, seconds=1.0)
    assert reckoned([*STATE, helped, *measured("recovered", 625.0, 230_000_000)]).smaller == "recovered"


def test_a_rented_computer_is_reckoned_beside_the_own_one() -> None:
    found = reckoned(STATE, msgspec.structs.replace(PRICES, cloud_price=3.6))
    assert figure(found, "Cloud, a million tokens", "dense").value == pytest.approx(2.0)


def test_devices_say_with_how_many_bits_each_model_fits() -> None:
    fits = reckoned(STATE).devices
    assert [(fit.device, fit.dense_bits, fit.smaller_bits, fit.gained) for fit in fits] == [
        ("Small", 0, 4, True),
        ("Middle", 8, 8, False),
        ("Large", 16, 16, False),
    ]


@pytest.mark.parametrize(("dtype", "cache"), [("float32", 80_000_000), ("bfloat16", 40_000_000)])
@pytest.mark.parametrize("elements", [20_000_000, 0])
def test_whether_a_device_fits_does_not_depend_on_the_number_format_of_the_run(
    dtype: str, cache: int, elements: int
) -> None:
    footprint = FootprintMeasured(
        variant="dense",
        context=4096,
        cache_bytes=cache,
        cache_elements=elements,  # older journals have none, and the format of the run
        bytes_16bit=300_000_000,
        bytes_8bit=200_000_000,
        bytes_4bit=100_000_000,
    )
    found = reckoned([DeviceChosen(device="cpu", dtype=dtype), *STATE, footprint])
    # 350 MB with 100 kept back: 200 and 40 are 240.
    assert found.devices[1].dense_bits == 8
    assert "KV cache of 4\u202f096 tokens in 16 bit" in found.fit_formula


def test_before_both_models_are_measured_there_is_nothing_to_say() -> None:
    assert savings(RunState.replay(measured("dense", 500.0, 300)), PRICES) is None


def named(found: Savings) -> set[str]:
    return {each.name.partition(", ")[2] for each in found.figures}


@pytest.mark.parametrize(
    ("spread", "load", "silence"),
    [(0.0, 0.05, ""), (60.0, None, ""), (63.0, 0.0, WITHIN_SPREAD), (0.0, 0.4, WHILE_BUSY), (63.0, 0.4, WHILE_BUSY)],
)
def test_no_saving_is_stated_that_may_be_chance_or_a_busy_computer(
    spread: float, load: float | None, silence: str
) -> None:
    found = reckoned(
        [
            *measured("dense", 500.0, 300_000_000, spread=spread),
            *measured("pruned", 625.0, 230_000_000, spread=spread, load=load),
            StageFinished(stage="search", seconds=3600.0),
        ]
    )
    assert found.silence == silence
    stated = {"saved by a million tokens", "paid back after", "paid back in"}
    assert named(found) & stated == (set() if silence else stated)
    assert {"a million tokens", "this run"} <= named(found)


def test_the_devices_that_fit_are_counted_as_a_fact() -> None:
    words = reckoned(STATE).device_count.words()
    assert words == "The smaller model fits 3 of 3 devices, the dense one 2."
    same = [*measured("dense", 500.0, 300_000_000), *measured("pruned", 625.0, 300_000_000)]
    assert reckoned(same).device_count.words() == "The smaller model fits 2 of 3 devices, as the dense one does."
