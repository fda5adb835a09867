"""Several devices write the text of one, block for block, whatever becomes of them on the way."""

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
import torch
from torch import Tensor

from engine.calibration.generation import BLOCK, TextGenerator
from engine.calibration.shared_writing import WriterLost, write_together
from tests.engine.tiny_models import tiny_models, tiny_tokenizer

LENGTH, WINDOWS = 12, 10 * BLOCK


class Writer:
    """Another device, with a cache of its own."""

    def __init__(self, folder: Path, fails_at: int = 0) -> None:
        self._generator, self._fails_at = generator(folder), fails_at
        self.begun, self.asked = threading.Event(), 0

    def wait(self) -> None:
        """It is ready at once."""

    def written(self, stream: str, blocks: Sequence[int], count: int) -> Tensor:
        self.asked += 1
        self.begun.set()
        if self.asked == self._fails_at:
            raise WriterLost
        return torch.cat(list(self._generator.written(stream, blocks, count)))


def generator(folder: Path, *writers: Writer) -> TextGenerator:
    def report(_message: str, _done: float, _total: float) -> None:
        for writer in writers:
            assert writer.begun.wait(60)  # this process begins once the others have begun

    model, tokenizer = tiny_models()["llama"](), tiny_tokenizer()
    return TextGenerator(lambda: (model, tokenizer), folder, LENGTH, 0, report, None, lambda: writers)


def text(made: TextGenerator) -> Tensor:
    windows = made.windows("recovery", WINDOWS)
    return torch.stack([next(windows) for _ in range(WINDOWS)])


@pytest.mark.parametrize("fails_at", [0, 1])
def test_two_devices_write_what_one_does(fails_at: int, tmp_path: Path) -> None:
    other = Writer(tmp_path / "other", fails_at)
    assert torch.equal(text(generator(tmp_path / "two", other)), text(generator(tmp_path / "one")))
    assert other.asked == 1


def test_a_text_that_is_written_at_once_is_not_shared(tmp_path: Path) -> None:
    other = Writer(tmp_path / "other")
    other.begun.set()
    next(generator(tmp_path / "two", other).windows("calibration", BLOCK))
    assert not other.asked


def test_a_fault_of_another_device_ends_the_work() -> None:
    def broken(_group: object) -> None:
        raise OSError("The disk is full.")

    waited = threading.Event()
    with pytest.raises(OSError, match="full"):
        write_together([[0], [1]], lambda _group: waited.wait(1), [(lambda: None, broken)], lambda: None)
