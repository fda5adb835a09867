"""Run a worker of this machine: requests come from standard input, answers go to standard output, both in frames.

The process ends when its standard input ends, so it never outlives the run that started it, whatever it is doing.
"""

import os
import queue
import sys
import threading
from typing import NoReturn

from engine.api.exit_codes import STOPPED
from engine.api.offline import begin
from engine.api.private_output import private_stdout
from engine.models.waiting_threads import limit_spinning
from engine.pipeline.workers.frames import read_frame, write_frame


def main() -> NoReturn:
    """Answer requests until they end."""
    begin()
    limit_spinning()
    answers = private_stdout()
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(requests,), daemon=True).start()
    from engine.pipeline.workers.device_worker import DeviceWorker  # the libraries, once torch knows its limits

    worker = DeviceWorker()
    while True:
        write_frame(answers, worker.answer(requests.get()))


def _read(requests: "queue.SimpleQueue[bytes]") -> None:
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        requests.put(frame)
    os._exit(STOPPED)


if __name__ == "__main__":
    main()
