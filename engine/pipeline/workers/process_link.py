"""Start a worker as a process of this machine, and carry messages to it."""

import subprocess
import tempfile

from engine.api.device_errors import failure_in
from engine.api.errors import quoted
from engine.api.interpreter import child_environment, python_module
from engine.api.memory_errors import is_out_of_memory
from engine.api.message import Message, worded
from engine.fitness.crew import WorkerLost
from engine.pipeline.workers.frames import read_frame, write_frame

_MODULE = "engine.pipeline.workers.process"
_KILLED = -9


class ProcessLink:
    """A worker process; it ends with this object, or when this process ends."""

    def __init__(self) -> None:
        self._printed = tempfile.TemporaryFile()  # noqa: SIM115 - read when the process has ended
        self._process = subprocess.Popen(
            python_module(_MODULE),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._printed,
            env=child_environment(),
        )

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._process.pid

    def exchange(self, request: bytes) -> bytes:
        """Send a request and return its answer.

        Raises:
            WorkerLost: The process has ended.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            write_frame(self._process.stdin, request)
            answer = read_frame(self._process.stdout)
        except (OSError, ValueError):  # ValueError: closed by ``close``
            answer = None
        if answer is None:
            raise WorkerLost(self._reason())
        return answer

    def close(self) -> None:
        """Kill the process, which holds nothing that must be kept."""
        self._process.kill()
        self._process.wait()

    def _reason(self) -> Message:
        code = self._process.wait()
        self._printed.seek(0)
        printed = self._printed.read().decode(errors="replace")
        if sentence := failure_in(printed):
            return sentence
        if code == _KILLED or is_out_of_memory(RuntimeError(printed)):
            return worded("its process was ended from outside, most likely because memory ran out.")
        last = next((line for line in reversed(printed.splitlines()) if line.strip()), "")
        if not last:
            return worded("its process ended with exit code {0}.", code)
        return worded("its process ended with exit code {0} ({1}).", code, quoted(last, 200))
