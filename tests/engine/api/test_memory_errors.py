"""Memory that runs out is recognised, whichever library reports it and however."""

import errno

import numpy as np
import pytest
import torch

from engine.api.memory_errors import is_out_of_memory

HUGE = 2**60


def raised_by_torch() -> None:
    torch.empty(HUGE, dtype=torch.uint8)


def raised_by_numpy() -> None:
    np.empty(HUGE, dtype=np.uint8)


def raised_by_python() -> None:
    bytearray(HUGE)


@pytest.mark.parametrize("allocate", [raised_by_torch, raised_by_numpy, raised_by_python])
def test_a_tensor_larger_than_the_machine_is(allocate: object) -> None:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - each library raises its own
        allocate()  # type: ignore[operator]
    assert is_out_of_memory(caught.value)


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
        MemoryError(),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        RuntimeError("std::bad_alloc"),
        RuntimeError("bad allocation"),
        RuntimeError("[enforce fail at alloc_cpu.cpp:81] data. DefaultCPUAllocator: not enough memory: you tried ..."),
        RuntimeError("MPS backend out of memory (MPS allocated: 8.00 GB)"),
        RuntimeError("Invalid buffer size: 24.00 GiB"),
        RuntimeError("CUDA error: out of memory"),
        RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
        RuntimeError("level_zero backend failed with error: 39 (UR_RESULT_ERROR_OUT_OF_DEVICE_MEMORY)"),
    ],
    ids=str,
)
def test_what_people_report_is(error: Exception) -> None:
    assert is_out_of_memory(error)


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("mat1 and mat2 shapes cannot be multiplied (4x8 and 4x8)"),
        ValueError("the text is about running out of memory"),
        OSError(errno.ENOSPC, "No space left on device"),
        KeyError("out of memory"),
    ],
    ids=str,
)
def test_anything_else_is_not(error: Exception) -> None:
    assert not is_out_of_memory(error)
