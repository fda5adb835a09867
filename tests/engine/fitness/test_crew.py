"""Several devices come to the scores of one, to the last bit, whatever becomes of them on the way."""

import random
import threading
from collections.abc import Callable, Sequence

import pytest
import torch

from engine.api.control import Control, StopRequested
from engine.api.events import RemovalSet
from engine.fitness.calibration_set import CalibrationWindows
from engine.fitness.crew import Crew, Tally, Walker, WorkerLost
from engine.fitness.evaluator import STATES_BYTES, Evaluator
from engine.fitness.pieces import Cut, Piece, Walked
from engine.fitness.replica import Replica
from engine.models.decoder_stack import DecoderStack
from tests.engine.fitness.cases import evaluator_of, token_windows
from tests.engine.tiny_models import LAYERS, VOCABULARY, tiny_models

WINDOWS = token_windows(40, 24, VOCABULARY)
LEVELS = (8, 40)
_DRAWN = random.Random(1)
POPULATION: list[RemovalSet] = sorted({tuple(sorted(_DRAWN.sample(range(LAYERS), 2))) for _ in range(20)})


class Device:
    """Another device: a copy of the model in a thread."""

    def __init__(self, before: Callable[[int], None] = lambda _number: None) -> None:
        calibration = CalibrationWindows(DecoderStack(tiny_models()["llama"]()), WINDOWS, 1)
        self.replica = Replica(calibration, STATES_BYTES)
        self.tally, self.reason, self.asked = Tally(), "", 0
        self.at_work = threading.Event()
        self._before = before

    @property
    def lost(self) -> bool:
        return bool(self.reason)

    def lose(self, reason: str) -> None:
        self.reason = reason
        self.at_work.set()

    def walker(self) -> Walker:
        return self

    def walk(self, cut: Cut, pieces: Sequence[Piece]) -> list[Walked]:
        self.asked += 1
        self.at_work.set()
        self._before(self.asked)
        return self.replica.walk(cut, pieces)


def alone() -> Evaluator:
    return evaluator_of(tiny_models()["llama"](), WINDOWS, levels=LEVELS)


def together(*devices: Device) -> Evaluator:
    """An evaluator that begins its own part only once all others have begun theirs."""

    def watch() -> None:
        for device in devices:
            assert device.at_work.wait(30)

    crew = Crew(devices, watch=watch)
    return evaluator_of(tiny_models()["llama"](), WINDOWS, levels=LEVELS, crew=crew)


def raced(evaluator: Evaluator) -> tuple[object, ...]:
    """All figures of a race, and what it cost."""
    first = evaluator.scores(POPULATION, LEVELS[0])
    return first, evaluator.scores(POPULATION[::3]), evaluator.evaluations, evaluator.layer_items


@pytest.mark.parametrize("others", [1, 3])
def test_several_devices_score_as_one_to_the_last_bit(others: int) -> None:
    devices = [Device() for _ in range(others)]
    assert raced(together(*devices)) == raced(alone())
    assert all(device.tally.layer_tokens > 0 for device in devices)


def test_the_part_of_a_device_that_is_lost_is_done_again_by_the_others() -> None:
    def fail(number: int) -> None:
        if number == 2:
            raise WorkerLost("The device failed.")

    failing, other = Device(fail), Device()
    evaluator = together(failing, other)
    assert raced(evaluator) == raced(alone())
    assert failing.reason == "The device failed."
    before = failing.asked
    evaluator.scores([(1, 2, 3)])
    assert failing.asked == before


def test_a_device_that_cannot_begin_is_left_out() -> None:
    class Refused(Device):
        def walker(self) -> Walker:
            raise WorkerLost("Other versions.")

    refused = Refused()
    assert raced(together(refused)) == raced(alone())
    assert refused.reason == "Other versions."


def test_memory_that_runs_out_on_one_device_makes_all_of_them_take_less_at_once() -> None:
    def full(number: int) -> None:
        if number <= 2:
            raise torch.OutOfMemoryError

    device = Device(full)
    scores, expected = together(device).scores(POPULATION), alone().scores(POPULATION)
    assert [score.kl for score in scores] == pytest.approx([score.kl for score in expected], rel=1e-5)
    assert not device.lost


def test_a_stop_does_not_wait_for_a_device_at_work() -> None:
    class Stopped(Exception):
        pass

    release = threading.Event()

    def hang(_number: int) -> None:
        assert release.wait(30)
        raise WorkerLost("Ended.")

    device = Device(hang)

    def check() -> None:
        if device.at_work.is_set():
            raise Stopped

    evaluator = evaluator_of(tiny_models()["llama"](), WINDOWS, crew=Crew([device], check=check))
    with pytest.raises(Stopped):
        evaluator.scores(POPULATION)
    release.set()


def test_no_load_begins_on_another_device_after_a_stop() -> None:
    """Also while this process's own device is in the middle of a piece, which may take long."""
    control, begun, over = Control(), list[int](), threading.Event()

    def stopped_at_the_second(number: int) -> None:
        begun.append(number)
        if number == 2:
            control.request_stop("pause")

    device = Device(stopped_at_the_second)

    class Busy(Replica):
        """The run's own device: at work until the other one was asked to go on."""

        def walk(self, cut: Cut, pieces: Sequence[Piece]) -> list[Walked]:
            assert over.wait(30)
            return super().walk(cut, pieces)

    def check() -> None:
        try:
            control.check()
        except StopRequested:
            over.set()
            raise

    evaluator = evaluator_of(tiny_models()["llama"](), WINDOWS, levels=LEVELS, crew=Crew([device], check=check))
    evaluator._replica = Busy(evaluator._replica.calibration, STATES_BYTES)
    with pytest.raises(StopRequested):
        evaluator.scores(POPULATION)
    assert begun == [1, 2]


def test_a_device_that_was_lost_before_the_work_is_reported_all_the_same() -> None:
    looked: list[str] = []
    device = Device()
    device.lose("Other versions.")
    crew = Crew([device], watch=lambda: looked.append(device.reason))
    evaluator_of(tiny_models()["llama"](), WINDOWS, crew=crew).scores(POPULATION[:1])
    assert looked == ["Other versions."]
