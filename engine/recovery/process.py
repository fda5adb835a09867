"""Run one of several processes that train together, started by accelerate's launcher: ``process FOLDER KIND``.

The first process writes its events to standard output, one JSON line each, and ends with ``RunFinished``. All processes
end when their standard input ends, so none outlives the run that started them.
"""

import os
import sys
import threading
from pathlib import Path
from typing import NoReturn, cast

import torch
from accelerate import PartialState

from engine.api.commands import StopMode
from engine.api.control import StopRequested
from engine.api.errors import LayerSwarmError
from engine.api.events import Event, Outcome, RunFinished, encode_event
from engine.api.exit_codes import STOPPED
from engine.api.message import template_of
from engine.recovery.training_job import STOP, TrainingJob


def main() -> NoReturn:
    """Train this process's part and exit at once."""
    threading.Thread(target=_end_with_input, daemon=True).start()
    folder, kind = Path(sys.argv[1]), sys.argv[2]
    state = PartialState(cpu=kind == "cpu")
    _emit(_ending(folder, state), state)
    state.wait_for_everyone()
    torch.distributed.destroy_process_group()
    os._exit(0)  # an ordinary exit would wait for the thread that reads standard input


def _ending(folder: Path, state: PartialState) -> RunFinished:
    def control() -> None:
        if (folder / STOP).exists():
            raise StopRequested(cast(StopMode, (folder / STOP).read_text()))

    device = "cpu" if state.device.type == "cpu" else str(state.device)
    job, windows = TrainingJob.read(folder)
    outcome: Outcome = "finished"
    try:
        job.train(windows, device, lambda event: _emit(event, state), control)
    except StopRequested:
        outcome = "stopped"
    except LayerSwarmError as error:
        return RunFinished(outcome="failed", message=str(error), template=template_of(error.sentence))
    return RunFinished(outcome=outcome, message="")


def _emit(event: Event, state: PartialState) -> None:
    if state.is_main_process:
        sys.stdout.buffer.write(encode_event(event) + b"\n")
        sys.stdout.buffer.flush()


def _end_with_input() -> None:
    sys.stdin.buffer.read()
    os._exit(STOPPED)


if __name__ == "__main__":
    main()
