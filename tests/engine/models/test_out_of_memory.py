"""Work is retried in smaller batches when memory runs out."""

import pytest
import torch

from engine.models.out_of_memory import halve_until_it_fits


def work_that_fits(largest: int, tried: list[int]) -> object:
    def work(size: int) -> str:
        tried.append(size)
        if size > largest:
            raise torch.OutOfMemoryError
        return f"done in batches of {size}"

    return work


def test_the_size_is_halved_until_it_fits() -> None:
    tried: list[int] = []
    halved: list[int] = []
    assert halve_until_it_fits(10, work_that_fits(2, tried), halved.append) == "done in batches of 2"  # type: ignore[arg-type]
    assert tried == [10, 5, 3, 2]
    assert halved == [5, 3, 2]


def test_a_batch_of_one_that_does_not_fit_is_an_error() -> None:
    tried: list[int] = []
    with pytest.raises(torch.OutOfMemoryError):
        halve_until_it_fits(4, work_that_fits(0, tried))  # type: ignore[arg-type]
    assert tried == [4, 2, 1]
