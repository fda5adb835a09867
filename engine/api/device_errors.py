"""Recognise errors that mean that a GPU or its driver failed, without importing the libraries that raise them."""

import re

from engine.api.errors import quoted
from engine.api.memory_errors import is_out_of_memory
from engine.api.message import NO_WORDS, Message, worded

_WORDS = re.compile(
    r"\b(CUDA|HIP|XPU|MPS) (driver |backend |runtime )?error\b|\b(cuDNN|cuBLAS|NCCL|RCCL|oneDNN) error\b"
    r"|\b(CUBLAS|CUDNN|CUSOLVER|CUSPARSE|HIPBLAS|MIOPEN)_STATUS_|UR_RESULT_ERROR|level_zero backend failed"
    r"|command buffer exited|device[-_ ]lost|device-side assert|GPU is lost|fallen off the bus",
    re.IGNORECASE,
)
_KIND = re.compile(r"^(\[\w+\]: ?)?[\w.]*(Error|Exception): ")
"""The type of an error at the beginning of a traceback's last line."""
_REASON_LENGTH = 150


def device_failure(error: BaseException) -> Message:
    """Return the sentence for a failed device if an error, or what caused it, means that; empty otherwise."""
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        if _is_failure(each):
            return failure_sentence(str(each))
        each = each.__cause__ or each.__context__
    return NO_WORDS


def failure_in(printed: str) -> Message:
    """Return the sentence for a failed device if a process has printed such an error; empty otherwise."""
    lines = [line for line in printed.splitlines() if _WORDS.search(line)]
    return failure_sentence(_KIND.sub("", lines[-1].strip())) if lines else NO_WORDS


def failure_sentence(message: str) -> Message:
    """Return the sentence for a device that failed with an error message, of which the first line is shown."""
    reason = quoted(next(iter(message.strip().splitlines()), ""), _REASON_LENGTH)
    return worded(
        "The device failed ({0}). Finished work is kept; continue, after a restart of the computer if the device does "
        "not come back, or on another one (device.name).",
        reason,
    )


def _is_failure(error: BaseException) -> bool:
    if is_out_of_memory(error):
        return False
    named = any(kind.__name__ == "AcceleratorError" for kind in type(error).__mro__)
    return named or (isinstance(error, RuntimeError) and _WORDS.search(str(error)) is not None)
