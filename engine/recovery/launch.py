"""Train in several processes, one per GPU, started by accelerate's own launcher."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec
import torch

from engine.api.control import StopRequested
from engine.api.device_errors import failure_in
from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import Emit, Event, RunFinished, decode_event
from engine.api.files import write_atomically
from engine.api.interpreter import child_environment, python_module
from engine.api.memory_errors import is_out_of_memory
from engine.api.message import Message, joined, worded, worded_count
from engine.api.settings import RecoverySettings
from engine.api.socket_guard import LOOPBACK
from engine.api.temporary import ScratchFolder
from engine.recovery.training_job import STOP, TrainingJob
from engine.recovery.training_request import TrainingWindows

_CONFIG = """compute_environment: LOCAL_MACHINE
distributed_type: MULTI_GPU
mixed_precision: 'no'
num_machines: 1
machine_rank: 0
num_processes: {processes}
gpu_ids: all
use_cpu: false
"""
"""MULTI_GPU means one process per device on one machine; processes on a CPU are started in the same way."""
_LAUNCHER = "accelerate.commands.launch"
_MODULE, _LOG = "engine.recovery.process", "processes.log"


def process_count(settings: RecoverySettings, device: str) -> int:
    """Return how many processes train; 0 in the settings means one for each GPU of the device's kind.

    Raises:
        BadInput: There are fewer GPUs than that.
    """
    kind = torch.device(device).type
    gpus = {"cuda": torch.cuda.device_count, "xpu": torch.xpu.device_count}.get(kind, lambda: 1)()
    if kind != "cpu" and settings.processes > gpus:
        raise BadInput(
            worded_count(
                gpus,
                "recovery.processes is {1}, but there is {0} device of the kind {2}; set it to {0} or fewer.",
                "recovery.processes is {1}, but there are {0} devices of the kind {2}; set it to {0} or fewer.",
                settings.processes,
                kind,
            )
        )
    return settings.processes or gpus


def train_in_processes(
    job: TrainingJob, windows: TrainingWindows, processes: int, device: str, emit: Emit, control: Callable[[], None]
) -> None:
    """Train as ``TrainingJob.train`` does, with each batch shared among several processes.

    Args:
        job: The training.
        windows: What is learnt, and what chooses the best step.
        processes: Number of processes.
        device: Any device of the kind that they use.
        emit: Receives their events.
        control: Called after each event; raises to stop.

    Raises:
        StopRequested: To pause, when the checkpoint is on disk, or to discard.
        LayerSwarmError: The training failed.
        torch.OutOfMemoryError: Memory ran out in one of the processes.
    """
    log = Path(job.folder) / _LOG
    log.parent.mkdir(parents=True, exist_ok=True)
    with ScratchFolder() as folder, log.open("wb") as printed:
        job.write(folder, windows)
        command = [*_launcher(processes, folder), "--module", _MODULE, str(folder), torch.device(device).type]
        pipe = subprocess.PIPE
        environment = child_environment(**{LOOPBACK: "1"})
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=printed, env=environment) as launched:
            try:
                ending, stop = _follow(launched, folder, printed, emit, control)
            finally:
                if launched.stdin is not None:
                    launched.stdin.close()  # ends every process that still runs
    printed_text = "" if ending is not None else log.read_text(errors="replace")
    if is_out_of_memory(RuntimeError(printed_text)):
        raise torch.OutOfMemoryError
    if sentence := failure_in(printed_text):
        raise LayerSwarmError(sentence)
    if ending is None or ending.outcome == "failed":
        raise LayerSwarmError(_failure(ending, launched.returncode, log))
    if stop is not None and stop.mode != "keep_best":
        raise stop


def _launcher(processes: int, folder: Path) -> list[str]:
    """Return the launcher's command; a person's own accelerate configuration is not read."""
    config = folder / "accelerate.yaml"
    config.write_text(_CONFIG.format(processes=processes))
    # the module itself, since accelerate's program imports all its other commands first
    return python_module(_LAUNCHER, "--config_file", str(config), "--main_process_port", "0")


def _follow(
    launched: "subprocess.Popen[bytes]", folder: Path, log: BinaryIO, emit: Emit, control: Callable[[], None]
) -> tuple[RunFinished | None, StopRequested | None]:
    """Emit the processes' events until they end; ask the processes to stop when a person wants it."""
    ending: RunFinished | None = None
    stop: StopRequested | None = None
    for event in _events(launched, log):
        if isinstance(event, RunFinished):
            ending = event
            continue  # read until they close their output: a process that is cut off earlier reports an error
        emit(event)
        try:
            control()
        except StopRequested as request:
            if stop is None:
                stop = request
                write_atomically(folder / STOP, request.mode.encode())
    return ending, stop


def _events(launched: "subprocess.Popen[bytes]", log: BinaryIO) -> Iterator[Event]:
    """Yield the events among the printed lines, and write all other lines into the log."""
    assert launched.stdout is not None
    for line in launched.stdout:
        try:
            yield decode_event(line)
        except msgspec.MsgspecError:
            log.write(line)


def _failure(ending: RunFinished | None, code: int, log: Path) -> Message:
    if ending is not None:
        return joined(ending.message) if ending.template is None else Message.of(ending.template)
    return worded(
        "The processes that train together ended with exit code {0}; their output is in {1}. Set "
        "recovery.processes to 1 to train in one.",
        code,
        log,
    )
