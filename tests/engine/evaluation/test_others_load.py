"""The load of other programs is measured apart from that of the model."""

from collections.abc import Iterator

import pytest

from engine.evaluation.others_load import OthersLoad


class CoreTimes:
    """Seconds of all cores as psutil returns them on Linux."""

    def __init__(self, user: float, idle: float, iowait: float = 0.0, guest: float = 0.0) -> None:
        self._times = {"user": user, "system": 1.0, "idle": idle, "iowait": iowait, "guest": guest}

    def _asdict(self) -> dict[str, float]:
        return self._times


def measured(cores: list[CoreTimes], own: list[float]) -> float | None:
    readings: Iterator[CoreTimes] = iter(cores)
    seconds: Iterator[float] = iter(own)
    load = OthersLoad(lambda: next(readings), lambda: next(seconds))
    load.begin()
    return load.share()


def test_the_work_of_this_process_is_no_load() -> None:
    quiet = [CoreTimes(user=10.0, idle=50.0), CoreTimes(user=18.0, idle=52.0)]
    assert measured(quiet, [3.0, 11.0]) == 0.0
    assert measured(quiet, [3.0, 6.0]) == pytest.approx(0.5)


def test_waiting_for_a_disk_and_the_work_of_guests_count_once() -> None:
    waiting = [CoreTimes(user=0.0, idle=0.0), CoreTimes(user=4.0, idle=2.0, iowait=4.0, guest=4.0)]
    assert measured(waiting, [0.0, 0.0]) == pytest.approx(0.4)


def test_clocks_that_stand_still_or_disagree_leave_a_share() -> None:
    assert measured([CoreTimes(1.0, 1.0)] * 2, [0.0, 1.0]) is None
    assert measured([CoreTimes(1.0, 1.0), CoreTimes(2.0, 1.0)], [0.0, 1.5]) == 0.0
    assert OthersLoad().share() is None


def test_this_computer_can_be_read() -> None:
    load = OthersLoad()
    load.begin()
    sum(range(300_000))
    share = load.share()
    assert share is None or 0.0 <= share <= 1.0
