"""Start programs that end when this process is killed, since nobody could stop them or use their result any more."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.api import tie
from engine.api.interpreter import is_frozen

_TIE = ["-I", "-S", str(Path(tie.__file__))]


def start_tied(command: Sequence[str], **options: Any) -> "subprocess.Popen[bytes]":
    """Start a command like ``subprocess.Popen``; on Linux it is killed when the calling thread ends, however that ends.

    The request to the system is made by a short Python program that becomes the command, because code between fork and
    exec is not safe in a process with threads. Call it in a thread that waits for the command. What the command itself
    starts is not tied. On other systems the command goes on to its own end.

    Args:
        command: The program and its arguments.
        options: As for ``subprocess.Popen``.
    """
    if sys.platform != "linux":
        return subprocess.Popen(command, **options)
    begin = [tie.ARGUMENT] if is_frozen() else _TIE
    return subprocess.Popen([sys.executable, *begin, str(os.getpid()), *command], **options)


def run_tied(
    command: Sequence[str], timeout: float | None = None, **options: Any
) -> "subprocess.CompletedProcess[bytes]":
    """Run a command like ``subprocess.run``, tied as by ``start_tied``, and return how it ended.

    Args:
        command: The program and its arguments.
        timeout: Seconds after which it is killed.
        options: As for ``subprocess.Popen``.

    Raises:
        OSError: The program cannot be started.
        subprocess.TimeoutExpired: It was killed.
    """
    with start_tied(command, **options) as process:
        try:
            printed, complaints = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return subprocess.CompletedProcess(command, process.returncode, printed, complaints)
