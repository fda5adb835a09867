"""Work is retried in smaller batches when memory runs out."""

import pytest
import torch

from engine.models.out_of_memory import halve_until_it_fits, one_memory_error


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


ERRORS = [
    RuntimeError("[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory"),
    RuntimeError("std::bad_alloc"),
    MemoryError(),
]


@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_memory_of_the_machine_that_runs_out_halves_too(error: Exception) -> None:
    tried: list[int] = []

    def work(size: int) -> int:
        tried.append(size)
        if size > 1:
            raise error
        return size

    assert halve_until_it_fits(4, work) == 1
    assert tried == [4, 2, 1]


@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_callers_see_one_error(error: Exception) -> None:
    with pytest.raises(torch.OutOfMemoryError), one_memory_error():
        raise error


def test_other_errors_are_left_as_they_are() -> None:
    with pytest.raises(RuntimeError, match="shapes") as caught:
        halve_until_it_fits(4, lambda _size: torch.ones(2, 3) @ torch.ones(2, 3))
    assert not isinstance(caught.value, torch.OutOfMemoryError)
