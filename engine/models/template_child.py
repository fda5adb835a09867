"""The process that renders chat templates, which are programs that come with a model: ``python -m`` this module.

It reads requests from standard input and answers on standard output, both as a length of eight bytes and the content.
The first byte of an answer states whether it is the text or an error. It imports no torch. The argument is the number
of seconds that a rendering may take before the process ends itself, for nobody else does if the engine is killed.
"""

import os
import pickle
import signal
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO

LENGTH = struct.Struct("<Q")
TEXT, FAULT = b"T", b"F"
ROOM = 1 << 30
"""Bytes that a template may use beyond what the process takes at its start."""


def main() -> None:
    """Answer requests until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the engine, which ends this process
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing else may be printed among the answers
    from transformers.utils.chat_template_utils import render_jinja_template

    _limit_memory()
    _send(answers, TEXT, "")
    while len(head := requests.read(LENGTH.size)) == LENGTH.size:
        arguments = pickle.loads(requests.read(*LENGTH.unpack(head)))  # from the engine itself
        with _ended_after(float(sys.argv[1])):
            try:
                rendered: Any = render_jinja_template(**arguments)
                kind, text = TEXT, rendered[0][0]
            except Exception as error:  # templates raise errors of their own, and run out of memory or recursion
                kind, text = FAULT, f"{type(error).__name__}: {error}"[:1000]
        _send(answers, kind, text)


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """Let the system end this process if the block takes longer, even inside a single call, where there are alarms."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)


def _send(answers: BinaryIO, kind: bytes, text: str) -> None:
    content = text.encode(errors="replace")
    answers.write(LENGTH.pack(len(content) + 1) + kind + content)
    answers.flush()


def _limit_memory() -> None:
    """Let allocations beyond ``ROOM`` fail, where the system has such limits."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        import psutil

        most = psutil.Process().memory_info().vms + ROOM
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    main()
