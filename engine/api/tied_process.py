"""Start programs that end when this process is killed, since nobody could stop them or use their result any more."""

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

_TIE = """
import ctypes, os, signal, sys
ctypes.CDLL(None).prctl(1, signal.SIGKILL)
for name in ("SIGPIPE", "SIGXFSZ"):
    signal.signal(getattr(signal, name), signal.SIG_DFL)
parent, *command = sys.argv[1:]
if os.getppid() == int(parent):
    try:
        os.execvp(command[0], command)
    except OSError as error:
        sys.exit(f"{command[0]} cannot be run: {error.strerror}")
"""
"""A program that asks Linux to be killed with its parent (``PR_SET_PDEATHSIG``), which outlives ``exec``.

The parent may have ended before that, so it is looked for once more. Python ignores two signals that other programs
expect to end them.
"""


def start_tied(command: Sequence[str], **options: Any) -> "subprocess.Popen[bytes]":
    """Start a command like ``subprocess.Popen``; on Linux it is killed when the calling thread ends, however that ends.

    The request to the system is made by a short Python program that becomes the command, because code between fork and
    exec is not safe in a process with threads. Call it in a thread that waits for the command. What the command itself
    starts is not tied. On other systems, and from a program that was frozen with its Python, the command goes on to its
    own end.

    Args:
        command: The program and its arguments.
        options: As for ``subprocess.Popen``.
    """
    if sys.platform != "linux" or getattr(sys, "frozen", False):  # a frozen program is no Python
        return subprocess.Popen(command, **options)
    return subprocess.Popen([sys.executable, "-I", "-S", "-c", _TIE, str(os.getpid()), *command], **options)


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
