"""The engine as a process: it reads one command, writes events as JSON lines, and exits.

It first reserves the real standard output for events and points file descriptor 1 at standard error, so that nothing a
library prints can break a line. It exits when its standard input ends, so it never outlives the process that started
it.
"""

import os
import sys
import threading
import time
import traceback
from typing import BinaryIO, NoReturn

import msgspec
import psutil

from engine.api.commands import AnyCommand, HubCommand, ListDevices, ListTasks, ReportCommand, StopRun, decode_command
from engine.api.control import Control
from engine.api.errors import quoted
from engine.api.events import Event, Heartbeat, RunFinished, encode_event
from engine.api.exit_codes import BAD_INPUT, FAILED, STOPPED
from engine.api.message import Message, worded
from engine.api.offline import begin
from engine.api.private_output import private_stdout
from engine.models.device_use import DeviceWatch
from engine.models.waiting_threads import limit_spinning

_BEAT_SECONDS = 1.0


class EventWriter:
    """Writes events as whole lines, from any thread."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._lock = threading.Lock()

    def __call__(self, event: Event) -> None:
        """Write one event and flush it."""
        line = encode_event(event) + b"\n"
        with self._lock:
            try:
                self._file.write(line)
                self._file.flush()
            except (BrokenPipeError, ValueError):
                os._exit(STOPPED)  # the reader is gone


def main() -> NoReturn:
    """Read a command, run it, and exit with its exit code."""
    begin()
    limit_spinning()
    emit = EventWriter(private_stdout())
    control = Control()
    line = sys.stdin.buffer.readline()
    if not line:
        os._exit(STOPPED)
    threading.Thread(target=_beat, args=(emit,), daemon=True).start()
    try:
        command = decode_command(line)
    except msgspec.MsgspecError as error:
        emit(_failed(worded("The engine received an unknown command: {0}.", quoted(error))))
        os._exit(BAD_INPUT)
    threading.Thread(target=_listen, args=(control,), daemon=True).start()
    try:
        exit_code = _perform(command, emit, control)
    except Exception as error:  # jobs report their own errors: here not even their modules could be imported
        traceback.print_exc()
        emit(_failed(worded("The engine cannot start ({0}); install LayerSwarm again.", quoted(error))))
        exit_code = FAILED
    sys.stderr.flush()
    os._exit(exit_code)  # a normal exit would wait for the listening thread, which blocks in a read


def _failed(message: Message) -> RunFinished:
    return RunFinished(outcome="failed", message=str(message), template=message.template)


def _perform(command: AnyCommand, emit: EventWriter, control: Control) -> int:
    """Run the job. Late imports let heartbeats start before any library loads, and Hub searches run without torch."""
    if isinstance(command, HubCommand):
        from engine.pipeline import hub_jobs

        return hub_jobs.perform(command, emit, control)
    if isinstance(command, ReportCommand):
        from engine.pipeline import report_job

        return report_job.perform(command, emit)
    if isinstance(command, ListDevices):
        from engine.pipeline import device_job

        return device_job.perform(emit)
    if isinstance(command, ListTasks):
        from engine.pipeline import task_job

        return task_job.perform(emit)
    from engine.pipeline import start

    return start.perform(command, emit, control)


def _listen(control: Control) -> None:
    """Handle stop commands until the input ends, then end the process."""
    for line in sys.stdin.buffer:
        try:
            command = decode_command(line)
        except msgspec.MsgspecError as error:
            print(f"Invalid command: {error}", file=sys.stderr)
            continue
        if isinstance(command, StopRun):
            control.request_stop(command.mode)
    os._exit(STOPPED)


def _beat(emit: EventWriter) -> None:
    """Emit a heartbeat every second, with the memory and load of the devices.

    Each is due a second after the last one was due, not after it was written, so that a busy machine skips none.
    """
    process, devices = psutil.Process(), DeviceWatch()
    due = time.monotonic()
    psutil.cpu_percent()  # the first value is meaningless: it starts the measurement
    load: float | None = None
    while True:
        held, used, total = devices.memory()
        emit(
            Heartbeat(
                process_memory=process.memory_info().rss,
                device_memory=held,
                device_used=used,
                device_total=total,
                cpu_load=load,
                device_load=devices.load(),
            )
        )
        now = time.monotonic()
        due = max(due + _BEAT_SECONDS, now)  # do not catch up after the computer was suspended
        time.sleep(due - now)
        load = psutil.cpu_percent() / 100


if __name__ == "__main__":
    main()
