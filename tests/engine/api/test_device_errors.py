"""A GPU that fails is one sentence, whatever the error has become on its way."""

import pytest

from engine.api.control import StopRequested
from engine.api.device_errors import device_failure, failure_in
from engine.api.errors import BadInput
from engine.api.message import joined
from engine.pipeline.ending import Ending, conclude

FAILURES = [
    "CUDA error: unspecified launch failure\nCUDA kernel errors might be asynchronously reported",
    "CUDA error: an illegal memory access was encountered",
    "CUDA driver error: unknown error",
    "HIP error: the operation cannot be performed in the present state",
    "CUDA error: CUBLAS_STATUS_EXECUTION_FAILED when calling `cublasGemmEx(handle)`",
    "cuDNN error: CUDNN_STATUS_EXECUTION_FAILED",
    "NCCL error in: ProcessGroupNCCL.cpp:1275, unhandled cuda error",
    "level_zero backend failed with error: 20 (UR_RESULT_ERROR_DEVICE_LOST)",
    "Unable to determine the device handle for GPU 0000:01:00.0: GPU is lost.  Reboot the system to recover this GPU",
]


@pytest.mark.parametrize("message", FAILURES)
def test_the_failure_of_a_device_is_one_sentence(message: str) -> None:
    def work() -> Ending:
        raise RuntimeError(message)

    ending = conclude(work)
    assert ending.exit_code == 1
    assert ending.message.startswith(f'The device failed ("{message.splitlines()[0][:40]}')
    assert "Finished work is kept" in ending.message
    assert "\n" not in ending.message


@pytest.mark.parametrize("message", FAILURES)
def test_it_stays_one_behind_a_sentence_about_the_model(message: str) -> None:
    def work() -> Ending:
        try:
            raise RuntimeError(message)
        except RuntimeError as error:
            raise BadInput(joined("LlamaForCausalLM cannot read text alone.")) from error

    assert conclude(work).message.startswith("The device failed (")


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("CUDA error: out of memory"),
        RuntimeError("mat1 and mat2 shapes cannot be multiplied"),
        ValueError("CUDA error: not torch's"),
        BadInput(joined("A file named 'CUDA error: x.txt' is missing.")),
        OSError(28, "No space left on device"),
        StopRequested("pause"),
    ],
)
def test_other_errors_are_none(error: Exception) -> None:
    assert device_failure(error) == ""


def test_what_a_process_printed_is_searched_for_it() -> None:
    printed = "Traceback (most recent call last):\n  File ...\ntorch.AcceleratorError: CUDA error: unknown error\n"
    assert failure_in(printed).startswith('The device failed ("CUDA error: unknown error"). ')
    assert failure_in("ValueError: no\n") == ""
