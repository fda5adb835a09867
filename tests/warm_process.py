"""Processes of the engine that start with its libraries imported: each is forked from a server that has done so once.

A process that is killed, paused or watched is a real one with its own memory and signals; only the seconds of importing
torch and transformers are shared. The environment, the folder and the standard streams are those of the caller.
"""

import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from typing import BinaryIO

_PRELOADED = ["engine.pipeline.jobs", "engine.cli.main"]
_STANDARD_INPUT, _STANDARD_OUTPUT, _STANDARD_ERROR = 0, 1, 2


class WarmProcess:
    """A module's ``main()`` in a process of its own, with pipes for its input and output."""

    def __init__(self, module: str, arguments: Sequence[str] = (), environment: Mapping[str, str] = os.environ) -> None:
        context = _context()
        commands, stdin = context.Pipe(duplex=False)
        stdout, events = context.Pipe(duplex=False)
        given = (module, list(arguments), dict(environment), os.getcwd(), commands, events)
        self._process = context.Process(target=_run, args=given)
        self._process.start()
        self.stdin: BinaryIO = os.fdopen(os.dup(stdin.fileno()), "wb")
        self.stdout: BinaryIO = os.fdopen(os.dup(stdout.fileno()), "rb")
        for end in (commands, stdin, stdout, events):
            end.close()

    @property
    def pid(self) -> int:
        """The number of the process."""
        assert self._process.pid is not None
        return self._process.pid

    def send_signal(self, signal: int) -> None:
        """Send a signal to the process."""
        os.kill(self.pid, signal)

    def wait(self) -> int:
        """Wait for the end and return the exit code, negative for a signal."""
        self._process.join()
        assert self._process.exitcode is not None
        return self._process.exitcode

    def close(self) -> None:
        """Kill the process where it still runs, and close its pipes."""
        self._process.kill()
        self._process.join()
        self.stdin.close()
        self.stdout.close()


@cache
def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def _run(
    module: str,
    arguments: list[str],
    environment: dict[str, str],
    folder: str,
    commands: Connection,
    events: Connection,
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    os.dup2(commands.fileno(), _STANDARD_INPUT)
    os.dup2(events.fileno(), _STANDARD_OUTPUT)
    os.dup2(os.open(os.devnull, os.O_WRONLY), _STANDARD_ERROR)
    commands.close()
    events.close()
    sys.stdin, sys.stdout = os.fdopen(_STANDARD_INPUT), os.fdopen(_STANDARD_OUTPUT, "w")
    sys.stderr = os.fdopen(_STANDARD_ERROR, "w")
    sys.argv = [module, *arguments]
    import_module(module).main()
