"""What an estimate means before a run starts."""

import msgspec
import pytest

from engine.api.events import EstimateMade
from engine.results.plan_estimate import chosen_estimate, doubts_about, fit_of

GB = 10**9
ESTIMATE = EstimateMade(
    device="cpu",
    memory={},
    memory_needed=8 * GB,
    memory_free=20 * GB,
    disk_needed=GB,
    disk_free=9 * GB,
    seconds={"search": 3600.0, "recover": 7200.0},
    layers=5,
    result_parameters=1,
    result_bytes=1,
)


def changed(**values: object) -> EstimateMade:
    return msgspec.structs.replace(ESTIMATE, **values)


def test_a_run_that_fits_and_takes_hours_raises_no_doubts() -> None:
    assert doubts_about(ESTIMATE) is None
    assert fit_of(ESTIMATE) == "fits"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"seconds": {"search": 42.5 * 86_400}}, "takes about 42 d 12 h"),
        ({"memory_needed": 64 * GB}, "needs about 64.0\u202fGB of memory on cpu, and 20.0\u202fGB are free"),
        ({"disk_needed": 10 * GB}, "needs about 10.0\u202fGB on the disk, and 9.0\u202fGB are free"),
    ],
)
def test_what_does_not_fit_or_takes_days_is_stated_with_its_figures(values: dict[str, object], words: str) -> None:
    assert words in str(doubts_about(changed(**values)))


def test_settings_that_fit_are_named() -> None:
    fitting = ("recovery.method=local", "recovery.optimiser=memory")
    words = str(doubts_about(changed(memory_needed=64 * GB, fits_with=fitting)))
    assert words.endswith(
        "With recovery.method=local and recovery.optimiser=memory, which holds only a few layers for training, it fits."
    )


def test_settings_that_take_less_than_half_as_long_are_named_with_their_time() -> None:
    faster = {"faster_with": ("recovery.method=local",), "faster_seconds": 7200.0}
    words = str(doubts_about(changed(seconds={"recover": 1e6}, **faster)))
    assert words.endswith("which trains only the layers around each gap, it takes about 2 h 00 min.")


def test_all_doubts_are_stated_together() -> None:
    said = str(doubts_about(changed(memory_needed=64 * GB, seconds={"search": 1e6})))
    assert "takes about" in said
    assert "of memory" in said


def test_the_estimate_of_the_device_that_the_engine_would_choose_counts() -> None:
    small, large = changed(device="cuda:0", memory_needed=64 * GB), ESTIMATE
    both = {"cuda:0": small, "cpu": large}
    assert chosen_estimate(both, "auto") is large
    assert chosen_estimate(both, "cuda:0") is small
    assert chosen_estimate({"cuda:0": small}, "auto") is small
    assert chosen_estimate({}, "auto") is None
