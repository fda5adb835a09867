"""The job that lists the devices; of the model libraries it needs torch only."""

from engine.api.events import Emit
from engine.api.message import worded_count
from engine.models.devices import list_devices
from engine.pipeline.ending import Ending, conclude


def perform(emit: Emit) -> int:
    """Emit each device, then ``RunFinished``, and return the exit code."""
    ending = conclude(lambda: _list_devices(emit))
    emit(ending.event)
    return ending.exit_code


def _list_devices(emit: Emit) -> Ending:
    devices = list_devices()
    for device in devices:
        emit(device)
    return Ending.finished(worded_count(len(devices), "{0} device.", "{0} devices."))
