"""The engine as a process: one command in, events out as JSON lines, then it ends.

Its first act is to keep the real standard output for events and to point file descriptor 1 at standard error, so that
nothing a library prints can break a line. It ends when its standard input ends, so it never outlives who started it.
"""

import os
import sys
import threading
import time
import traceback
from typing import BinaryIO, NoReturn

import msgspec
import psutil

from engine.api.commands import AnyCommand, HubCommand, ReportCommand, StopRun, decode_command
from engine.api.control import Control
from engine.api.events import Event, Heartbeat, RunFinished, encode_event
from engine.api.exit_codes import BAD_INPUT, FAILED, STOPPED
from engine.models.device_use import DeviceWatch

_BEAT_SECONDS = 1.0


class EventWriter:
    """Writes whole lines, from any thread."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._lock = threading.Lock()

    def __call__(self, event: Event) -> None:
        """Write one event and let it go at once."""
        line = encode_event(event) + b"\n"
        with self._lock:
            try:
                self._file.write(line)
                self._file.flush()
            except (BrokenPipeError, ValueError):
                os._exit(STOPPED)  # nobody reads any more


def main() -> NoReturn:
    """Read the first command, do it, and leave with its exit code."""
    emit = EventWriter(_private_stdout())
    control = Control()
    line = sys.stdin.buffer.readline()
    if not line:
        os._exit(STOPPED)
    threading.Thread(target=_beat, args=(emit,), daemon=True).start()
    try:
        command = decode_command(line)
    except msgspec.MsgspecError as error:
        emit(RunFinished(outcome="failed", message=f"The engine was given a command that it does not know: {error}."))
        os._exit(BAD_INPUT)
    threading.Thread(target=_listen, args=(control,), daemon=True).start()
    try:
        exit_code = _perform(command, emit, control)
    except Exception as error:  # jobs tell their own faults: here not even their modules could be read
        traceback.print_exc()
        message = f"The engine cannot begin its work ({error}); install LayerSwarm again."
        emit(RunFinished(outcome="failed", message=message))
        exit_code = FAILED
    sys.stderr.flush()
    os._exit(exit_code)  # the listening thread sits in a read: an ordinary exit would wait for it


def _perform(command: AnyCommand, emit: EventWriter, control: Control) -> int:
    """Do the job; imports are late, so that the first sign of life waits for no library, and a search not for torch."""
    if isinstance(command, HubCommand):
        from engine.pipeline import hub_jobs

        return hub_jobs.perform(command, emit, control)
    if isinstance(command, ReportCommand):
        from engine.pipeline import report_job

        return report_job.perform(command, emit)
    from engine.pipeline import jobs

    return jobs.perform(command, emit, control)


def _private_stdout() -> BinaryIO:
    """The real standard output, for events alone; everything else that is printed goes to standard error."""
    events = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return events


def _listen(control: Control) -> None:
    """Take stop commands until the input ends, and with it the process."""
    for line in sys.stdin.buffer:
        try:
            command = decode_command(line)
        except msgspec.MsgspecError as error:
            print(f"Not a command: {error}", file=sys.stderr)
            continue
        if isinstance(command, StopRun):
            control.request_stop(command.mode)
    os._exit(STOPPED)


def _beat(emit: EventWriter) -> None:
    """A sign of life each second, with the memory and the processors in use.

    Each is due a second after the last one was, not after it was written, so that a busy machine loses none.
    """
    process, devices = psutil.Process(), DeviceWatch()
    due = time.monotonic()
    psutil.cpu_percent()  # the first answer means nothing: it starts the count
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
        due = max(due + _BEAT_SECONDS, now)  # a computer that was asleep does not catch up
        time.sleep(due - now)
        load = psutil.cpu_percent() / 100


if __name__ == "__main__":
    main()
