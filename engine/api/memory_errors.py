"""Recognise errors that mean that memory ran out, without importing the libraries that raise them."""

import errno

_WORDS = (
    "out of memory",  # CUDA, ROCm, MPS, XPU; "CUDA error: out of memory" is no OutOfMemoryError
    "can't allocate memory",  # torch's CPU allocator on Linux and macOS
    "not enough memory",  # the same on Windows
    "cannot allocate memory",  # the system: mmap, fork, safetensors
    "unable to allocate",  # numpy
    "bad_alloc",  # C++
    "bad allocation",  # C++ on Windows
    "alloc_failed",  # cuBLAS, cuDNN, cuSOLVER
    "out_of_device_memory",  # level zero
    "out_of_host_memory",
    "invalid buffer size",  # MPS, for a tensor that is larger than any buffer may be
)


def is_out_of_memory(error: BaseException) -> bool:
    """Return whether an error means that the memory of a device or of the machine ran out.

    A GPU raises ``torch.OutOfMemoryError``. On a CPU torch raises a plain ``RuntimeError`` whose text alone shows the
    cause, and other libraries raise ``MemoryError``, an ``OSError`` or an error of their own.
    """
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    if not isinstance(error, RuntimeError) and type(error).__name__ != "SafetensorError":
        return False
    text = str(error).lower()
    return any(words in text for words in _WORDS)
